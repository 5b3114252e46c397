import type { StoredFile } from '@/lib/media'
import { rangeOf } from './range'

const isShown = (mime: string): boolean =>
  /^(image\/(jpeg|png|webp|gif)|video\/(mp4|quicktime|webm)|audio\/(mpeg|ogg|mp4|x-m4a|aac|wav|webm))$/.test(mime)

/** A stored file, or the part of it that was asked for. What is no picture, film or sound is never shown in place. */
export function serveFile(file: StoredFile, { method, headers }: Request, cacheControl: string): Response {
  const range = rangeOf(headers.get('range'), file.sizeBytes)
  const named = encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  const common = {
    'content-type': file.mime,
    'accept-ranges': 'bytes',
    'content-disposition': `${isShown(file.mime) ? 'inline' : 'attachment'}; filename*=UTF-8''${named}`,
    'x-content-type-options': 'nosniff',
    // What people upload is shown, never run.
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': cacheControl,
  }
  if (range === 'outside')
    return new Response(null, { status: 416, headers: { ...common, 'content-range': `bytes */${file.sizeBytes}` } })
  const { start, end } = range === 'whole' ? { start: 0, end: file.sizeBytes - 1 } : range
  const body = method === 'HEAD' ? null : file.open(range === 'whole' ? undefined : range)
  return new Response(body, {
    status: range === 'whole' ? 200 : 206,
    headers: {
      ...common,
      'content-length': String(end - start + 1),
      ...(range === 'whole' ? {} : { 'content-range': `bytes ${start}-${end}/${file.sizeBytes}` }),
    },
  })
}
