import type { MediaKind } from './part'

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
}

/** What no file system takes in a name, and what would end it in a form. */
const unfit = /[\p{Cc}\p{Cf}"*/:<>?\\|]+/gu

/** The name under which readers get a document: its title. `bare` is the name of any other file, without its ending. */
export function fileName({ kind, mime, alt }: { kind: MediaKind; mime: string; alt: string }, bare: string): string {
  const extension = extensions[mime] ?? 'bin'
  const title = kind === 'document' ? alt.replaceAll(unfit, ' ').replaceAll(/\s+/g, ' ').trim() : ''
  const named = title.toLowerCase().endsWith(`.${extension}`) ? title.slice(0, -extension.length - 1) : title
  return `${named.replace(/^\.+/, '') || bare}.${extension}`
}
