import { crc32, deflateSync } from 'node:zlib'
import type { World } from './network'
import type { Attachment } from './state'

/** A file that a reader sends. */
export type SampleFile = {
  readonly kind: 'image' | 'video' | 'audio' | 'file'
  readonly name: string
  readonly mime: string
  readonly bytes: Buffer
}

export const sampleNames = ['image', 'video', 'audio', 'file', 'page', 'large'] as const
export type SampleName = (typeof sampleNames)[number]

/** Files as people send them. `page` is a web page that calls itself a picture; `large` has 26 MB. */
export const sampleFile = (name: SampleName): SampleFile =>
  ({
    image: () => ({ kind: 'image', name: 'cup.png', mime: 'image/png', bytes: picture() }) as const,
    video: () => ({ kind: 'video', name: 'pour.mp4', mime: 'video/mp4', bytes: film() }) as const,
    audio: () => ({ kind: 'audio', name: 'question.wav', mime: 'audio/wav', bytes: tone() }) as const,
    file: () => ({ kind: 'file', name: 'invoice.pdf', mime: 'application/pdf', bytes: paper() }) as const,
    page: () =>
      ({
        kind: 'image',
        name: 'picture.png',
        mime: 'image/png',
        bytes: Buffer.from('<!doctype html><script>alert(1)</script>'),
      }) as const,
    large: () =>
      ({ kind: 'file', name: 'film.zip', mime: 'application/zip', bytes: Buffer.alloc(26 * 1024 * 1024) }) as const,
  })[name]()

/** A file of a reader’s, kept as what comes with a message; its name stands where a description would. */
export const attached = (world: World, { bytes, mime, name }: SampleFile): Attachment => ({
  blob: world.blobs.put(bytes),
  mime,
  alt: name,
})

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A cup's worth of brown, 240 by 160, as a PNG. */
function picture(): Buffer {
  const [width, height] = [240, 160]
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([
      0,
      ...Array.from({ length: width }, (_x, x) => {
        const isCup = Math.hypot(x - width / 2, y - height / 2) < 60
        return isCup ? [92, 58, 33] : [214 - (y >> 1), 190 - (y >> 1), 160 - (y >> 1)]
      }).flat(),
    ]),
  )
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Half a second of the note A, as a WAV. */
function tone(): Buffer {
  const [rate, samples] = [8_000, 4_000]
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples, 40)
  const wave = Array.from(
    { length: samples },
    (_, n) => 128 + Math.round(60 * Math.sin((2 * Math.PI * 440 * n) / rate)),
  )
  return Buffer.concat([head, Buffer.from(wave)])
}

/** The beginning of an MP4, by which it is known; there is no picture in it. */
const film = (): Buffer =>
  Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), Buffer.alloc(100)])

const paper = (): Buffer =>
  Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  )
