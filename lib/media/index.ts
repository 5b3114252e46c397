export { deleteMedia, describeMedia, getMedia, listMedia } from './library'
export { mediaFiles, openMedia, type StoredFile } from './open'
export { uploadMedia } from './upload'
