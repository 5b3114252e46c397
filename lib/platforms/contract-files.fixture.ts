import { createServer, type Server } from 'node:http'
import sharp from 'sharp'
import type { MediaFile } from '.'

type Served = { readonly bytes: Buffer; readonly mime: string }
const served = new Map<string, Served>()
let base = ''

/** Serves the tests' files over HTTP, for networks that fetch them. Ranges are answered, as our own door does. */
export async function serveFiles(): Promise<{ close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const file = served.get((request.url ?? '').slice(1))
    if (!file) return response.writeHead(404).end()
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const start = Number(from ?? 0)
    const end = Math.min(to ? Number(to) : Number.POSITIVE_INFINITY, file.bytes.byteLength - 1)
    const part = file.bytes.subarray(start, end + 1)
    const range = from === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${file.bytes.byteLength}` }
    response.writeHead(from === undefined ? 200 : 206, {
      'content-type': file.mime,
      'content-length': part.byteLength,
      'accept-ranges': 'bytes',
      ...range,
    })
    return response.end(request.method === 'HEAD' ? undefined : part)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  base = at !== null && typeof at === 'object' ? `http://127.0.0.1:${at.port}` : ''
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A picture of one colour. 1080 by 1080 JPEG is what every network takes; say otherwise to see one refuse. */
export async function imageFile(
  colour: string,
  alt: string,
  q: { width?: number; height?: number; format?: 'jpeg' | 'png' } = {},
): Promise<MediaFile> {
  const { width = 1080, height = 1080, format = 'jpeg' } = q
  const bytes = await sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer()
  return fileOf(bytes, {
    id: `${colour}-${width}x${height}.${format}`,
    kind: 'image',
    mime: `image/${format}`,
    alt,
    width,
    height,
  })
}

/** A GIF of one frame. */
export async function gifFile(colour: string, alt: string): Promise<MediaFile> {
  const [width, height] = [300, 300]
  const bytes = await sharp({ create: { width, height, channels: 3, background: colour } })
    .gif()
    .toBuffer()
  return fileOf(bytes, { id: `${colour}.gif`, kind: 'gif', mime: 'image/gif', alt, width, height })
}

/** A GIF of so many frames, each a pixel in its corner. */
export function animationFile(width: number, height: number, frames: number): MediaFile {
  const head = Buffer.from('47494638396100000000800000ffffff000000', 'hex')
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  const frame = Buffer.from('21f904000a0000002c0000000001000100000202440100', 'hex')
  const bytes = Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
  return fileOf(bytes, {
    id: `${width}x${height}x${frames}.gif`,
    kind: 'gif',
    mime: 'image/gif',
    alt: 'A corner',
    width,
    height,
  })
}

/** The smallest bytes that are recognised as an MP4, and noise behind them: each call makes a file of its own. */
export const videoFile = (sizeBytes: number, noise: string): MediaFile => {
  const head = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex')
  const bytes = Buffer.concat([head, Buffer.alloc(sizeBytes - head.byteLength, noise)])
  return fileOf(bytes, {
    id: `video-${encodeURIComponent(noise)}-${sizeBytes}`,
    kind: 'video',
    mime: 'video/mp4',
    alt: '',
    width: 1080,
    height: 1920,
    durationMs: 4_000,
  })
}

/** An MP4 that says how long and how large it is, and has nothing to show. */
export const filmFile = (durationMs: number, { width = 1280, height = 720 } = {}): MediaFile => {
  const head = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex')
  // ISO/IEC 14496-12: the header of the movie, counted in milliseconds, and that of its track, sides as 16.16 numbers.
  const movie = Buffer.alloc(216)
  movie.writeUInt32BE(216, 0)
  movie.write('moov', 4, 'latin1')
  movie.writeUInt32BE(108, 8)
  movie.write('mvhd', 12, 'latin1')
  movie.writeUInt32BE(1000, 28)
  movie.writeUInt32BE(durationMs, 32)
  movie.writeUInt32BE(100, 116)
  movie.write('trak', 120, 'latin1')
  movie.writeUInt32BE(92, 124)
  movie.write('tkhd', 128, 'latin1')
  movie.writeUInt16BE(width, 208)
  movie.writeUInt16BE(height, 212)
  return fileOf(Buffer.concat([head, movie]), {
    id: `film-${width}x${height}-${durationMs}`,
    kind: 'video',
    mime: 'video/mp4',
    alt: '',
    width,
    height,
    durationMs,
  })
}

/** The beginning of a PDF, and nothing to read behind it. */
export const documentFile = (title: string): MediaFile =>
  fileOf(Buffer.from(`%PDF-1.7\n${'x'.repeat(9_000)}`), {
    id: `document-${encodeURIComponent(title)}.pdf`,
    kind: 'document',
    mime: 'application/pdf',
    alt: title,
  })

const chunkBytes = 64 * 1024

function fileOf(bytes: Buffer, about: Omit<MediaFile, 'open' | 'sizeBytes' | 'publicUrl'>): MediaFile {
  served.set(about.id, { bytes, mime: about.mime })
  const open = (range: { start: number; end: number } = { start: 0, end: bytes.byteLength - 1 }) => {
    let at = range.start
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at > range.end) return controller.close()
        controller.enqueue(new Uint8Array(bytes.subarray(at, Math.min(at + chunkBytes, range.end + 1))))
        at += chunkBytes
      },
    })
  }
  return { ...about, sizeBytes: bytes.byteLength, ...(base ? { publicUrl: `${base}/${about.id}` } : {}), open }
}
