export { countMissingPages, uncountedPages } from './count-missing'
export { deleteManyMedia, deleteMedia } from './delete'
export { describeMedia, renameMedia, setFocus } from './describe'
export { mediaDetails } from './details'
export { editMedia } from './edit'
export { findFfmpeg } from './ffmpeg'
export { fitMedia, networkFits, previewFit } from './fit'
export { createFolder, deleteFolder, moveFolder, renameFolder } from './folders'
export { countPagesJob, forgetStraysJob, forgetUploadJob, forgetWorkJob, workOnVideoJob } from './jobs'
export { forgetStrays } from './forget-strays'
export { forgetWork, oldWork } from './forget-work'
export { getMedia, listMedia, mediaShelves } from './library'
export { mediaFiles, openMedia, openPublicMedia, type StoredFile } from './open'
export {
  beginUpload,
  finishUpload,
  forgetUpload,
  listUploads,
  readUpload,
  receivePiece,
  staleUploads,
  stopUpload,
} from './resume'
export { pagePicture } from './page-picture'
export { moveMedia, tagMedia } from './sort'
export { uploadMedia } from './upload'
export { startWork, waitingWork, workOnVideo } from './work'
