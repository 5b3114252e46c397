import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { animationFile } from '@/lib/platforms/contract-files.fixture'
import type { Ctx } from '@/lib/workspace'
import { deleteMedia } from './delete'
import { describeMedia } from './describe'
import { bytesOf, desk, filesIn, must, pdf, picture, postShowing, streamOf, video } from './desk.fixture'
import { networkFits } from './fit'
import { getMedia, listMedia } from './library'
import { mediaFiles, openMedia } from './open'
import { uploadMedia } from './upload'

let ctx: Ctx
beforeEach(async () => {
  ctx = await desk()
})
afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const upload = (bytes: Uint8Array, name = 'a.jpg', more: object = {}) =>
  uploadMedia(ctx, { name, body: streamOf(bytes), ...more })
const filesOf = () => filesIn('media', ctx)
const refusal = (words: string | RegExp) => ({
  ok: false,
  error: {
    code: 'VALIDATION_ERROR',
    message: typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
  },
})

describe('uploading', () => {
  test('a picture is kept with its size and a thumbnail, upright, and without the place it was taken', async () => {
    const bytes = await picture()
      .jpeg()
      .withExif({ IFD3: { GPSLatitude: '47/1 22/1 0/1', GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const kept = await upload(bytes)
    expect(kept).toMatchObject({
      ok: true,
      value: { kind: 'image', mime: 'image/jpeg', width: 400, height: 600, thumb: expect.any(String) },
    })
    if (!kept.ok) return
    const opened = await openMedia(ctx, { mediaId: kept.value.id })
    if (!opened.ok) throw new Error(opened.error.message)
    const stored = await bytesOf(opened.value.open())
    expect(stored.byteLength).toBe(opened.value.sizeBytes)
    const seen = await sharp(stored).metadata()
    expect([seen.width, seen.height, seen.exif, seen.orientation ?? 1]).toEqual([400, 600, undefined, 1])
    const thumb = await openMedia(ctx, { mediaId: kept.value.id, thumb: true })
    const small = await sharp(thumb.ok ? await bytesOf(thumb.value.open()) : undefined).metadata()
    expect([small.format, small.width, small.height]).toEqual(['webp', 320, 480])
  })

  test('a picture that carries nothing is kept byte for byte', async () => {
    const bytes = await picture(10, 10).png().toBuffer()
    const kept = await upload(bytes, 'a.png')
    const [file] = kept.ok ? await filesFor([kept.value.id]) : []
    expect(file && Buffer.from(await bytesOf(file.open())).equals(bytes)).toBe(true)
  })

  test('a PNG that says where it was taken loses that, and none of its colours', async () => {
    const raw = { width: 64, height: 64, channels: 3 } as const
    const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (_, n) => (n * 7919) % 251)
    const bytes = await sharp(pixels, { raw })
      .png()
      .withExif({ IFD3: { GPSLatitude: '47/1 22/1 0/1', GPSLatitudeRef: 'N' } })
      .toBuffer()
    const kept = must(await upload(bytes, 'a.png'))
    const stored = await bytesOf(must(await openMedia(ctx, { mediaId: kept.id })).open())
    expect((await sharp(stored).metadata()).exif).toBeUndefined()
    expect(await sharp(stored).removeAlpha().raw().toBuffer()).toEqual(Buffer.from(pixels))
  })

  const chunk = (name: string, text: string): Buffer => {
    const held = Buffer.from(name + text, 'latin1')
    const bytes = Buffer.alloc(held.length + 8)
    bytes.writeUInt32BE(text.length)
    held.copy(bytes, 4)
    bytes.writeUInt32BE(crc32(held), held.length + 4)
    return bytes
  }
  /** A PNG's end is its last 12 bytes, and what may stand before its picture begins after 33. */
  const [pngHead, pngEnd] = [33, -12]
  test.each([
    ['in a profile of ImageMagick', chunk('tEXt', 'Raw profile type exif\0\nexif\n 8\n4749505331\n')],
    ['in a property', chunk('tEXt', 'exif:GPSLatitude\x0047/1, 22/1, 0/1')],
    ['in words', chunk('iTXt', 'Comment\0\0\0\0\0GPS 47.37, 8.54')],
  ])('a PNG that says %s where it was taken loses that, and nothing else', async (_where, said) => {
    const plain = await picture(10, 10).png().toBuffer()
    const cut = (at: number) => Buffer.concat([plain.subarray(0, at), said, plain.subarray(at)])
    for (const sent of [cut(pngHead), cut(plain.length + pngEnd), Buffer.concat([plain, said])]) {
      const kept = must(await upload(sent, 'a.png'))
      const stored = await bytesOf(must(await openMedia(ctx, { mediaId: kept.id })).open())
      expect(Buffer.from(stored).equals(plain)).toBe(true)
    }
  })

  /** Two frames that repeat: a picture that may not lose its time. */
  const gif = () => {
    const frame = (background: string) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer()
    return Promise.all(['#08f', '#f80'].map(frame)).then((frames) =>
      sharp(frames, { join: { animated: true } })
        .gif({ delay: [200, 300], loop: 3 })
        .toBuffer(),
    )
  }

  test('a GIF comes with the number of its frames, and is told beforehand where they are too many', async () => {
    expect(must(await upload(await gif(), 'two.gif')).frames).toBe(2)
    const long = animationFile(20, 20, 351)
    const { id: mediaId, frames } = must(await upload(await bytesOf(long.open()), 'long.gif'))
    expect(frames).toBe(351)
    const fits = must(await networkFits(ctx, { mediaId }))
    expect(fits.find(({ platform }) => platform === 'x')).toMatchObject({
      fit: 'never',
      reason: 'It has 351 frames; X takes up to 350. Choose a shorter one.',
    })
    expect(fits.find(({ platform }) => platform === 'mastodon')).toMatchObject({ fit: 'as_it_is' })
  })

  const place = '<exif:GPSLatitude>47,22N</exif:GPSLatitude>'
  /** XMP Specification, part 3, 1.1.2: the packet as it is, and a trailer of 258 bytes by which any reader finds its end. */
  const magic = Buffer.from([1, ...Array.from({ length: 256 }, (_, n) => 255 - n), 0])
  test.each([
    ['in its XMP', Buffer.concat([Buffer.from(`!\xff\x0bXMP DataXMP${place}`, 'latin1'), magic])],
    ['in a comment', Buffer.from(`!\xfe${String.fromCharCode(place.length)}${place}\0`, 'latin1')],
  ])('a GIF that says %s where it was taken loses that, and nothing else', async (_where, said) => {
    const plain = await gif()
    // Behind its colours, before its first block.
    const first = 13 + ((plain[10] ?? 0) & 0x80 ? 3 * 2 ** (((plain[10] ?? 0) & 7) + 1) : 0)
    const cut = (at: number) => Buffer.concat([plain.subarray(0, at), said, plain.subarray(at)])
    for (const sent of [cut(first), cut(plain.length - 1), Buffer.concat([plain, said])]) {
      const kept = must(await upload(sent, 'a.gif'))
      const stored = Buffer.from(await bytesOf(must(await openMedia(ctx, { mediaId: kept.id })).open()))
      expect(stored.equals(plain)).toBe(true)
      expect(await sharp(stored, { animated: true }).metadata()).toMatchObject({ pages: 2, delay: [200, 300], loop: 3 })
    }
  })

  test('a GIF that is cut off in the middle of what it says keeps its frames, and none of its words', async () => {
    const plain = await gif()
    const broken = Buffer.concat([plain.subarray(0, -1), Buffer.from(`!\xfe\xff${place}`, 'latin1')])
    const kept = must(await upload(broken, 'a.gif'))
    const stored = Buffer.from(await bytesOf(must(await openMedia(ctx, { mediaId: kept.id })).open()))
    expect(stored.includes('GPS')).toBe(false)
    expect(await sharp(stored, { animated: true }).metadata()).toMatchObject({ pages: 2, delay: [200, 300], loop: 3 })
  })

  test('what a file is, is judged by its content: a renamed one is told by what it is, and kept nowhere', async () => {
    const sound = new TextEncoder().encode(`fLaC${'x'.repeat(5_000)}`)
    expect(await upload(sound, 'holiday.jpg')).toMatchObject(
      refusal('holiday.jpg is a FLAC file, whatever its name says'),
    )
    const text = new TextEncoder().encode('<script>alert(1)</script>'.repeat(500))
    expect(await upload(text, 'a.png')).toMatchObject(refusal('neither a picture nor a video'))
    const svg = new TextEncoder().encode('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')
    expect(await upload(svg, 'a.svg')).toMatchObject(refusal('whatever its name says'))
    const gif = await picture(8, 8).gif().toBuffer()
    expect(await upload(gif, 'a.jpg')).toMatchObject({ ok: true, value: { kind: 'gif', mime: 'image/gif' } })
    expect((await filesOf()).filter((name) => !name.includes('thumb'))).toHaveLength(1)
  })

  test('a video is passed through as it is, with what its container says', async () => {
    const bytes = await video()
    const kept = await upload(bytes, 'a.mp4')
    expect(kept).toMatchObject({
      value: { kind: 'video', mime: 'video/mp4', width: 320, height: 240, durationMs: 3_000, thumb: null },
    })
    expect(kept).toMatchObject({ value: { codec: 'avc', soundCodec: null, fps: 30 } })
    const other = await upload(await video(2_000, { codec: 'vp9', fps: 120 }), 'b.mp4')
    expect(other).toMatchObject({ value: { codec: 'vp9', fps: 120 } })
    const [file] = kept.ok ? await filesFor([kept.value.id]) : []
    expect(file).toMatchObject({ durationMs: 3_000 })
    expect(file && Buffer.from(await bytesOf(file.open())).equals(Buffer.from(bytes))).toBe(true)
    expect(await upload(bytes.subarray(0, 200), 'cut.mp4')).toMatchObject({
      value: { width: null, durationMs: null, codec: null, fps: null },
    })
  })

  test('a document is kept byte for byte, and its name is its title until somebody gives it another', async () => {
    const bytes = new TextEncoder().encode(`%PDF-1.7\n${'x'.repeat(5_000)}`)
    const kept = await upload(bytes, 'Report 2026.pdf')
    expect(kept).toMatchObject({
      value: {
        kind: 'document',
        mime: 'application/pdf',
        alt: 'Report 2026',
        thumb: null,
        width: null,
        pages: null,
        frames: null,
      },
    })
    const [file] = kept.ok ? await filesFor([kept.value.id]) : []
    expect(file && Buffer.from(await bytesOf(file.open())).equals(Buffer.from(bytes))).toBe(true)
  })

  test('the pages of a PDF are counted as it comes in', async () => {
    expect(await upload(pdf(7), 'seven.pdf')).toMatchObject({ value: { kind: 'document', pages: 7 } })
    const { id: mediaId } = must(await upload(pdf(301), 'long.pdf'))
    expect(must(await networkFits(ctx, { mediaId })).find(({ platform }) => platform === 'linkedin')).toMatchObject({
      fit: 'never',
      reason: expect.stringContaining('301 pages'),
    })
  })

  test('a file that begins well and is damaged is refused and kept nowhere', async () => {
    const bytes = await picture(600, 400).png().toBuffer()
    expect(await upload(bytes.subarray(0, 60), 'a.png')).toMatchObject(refusal('damaged'))
    expect(await filesOf()).toEqual([])
  })

  test('a small file that would unfold to very many pixels is refused, and is not unfolded', async () => {
    const bytes = await picture(60, 40).png().toBuffer()
    // The size in its header, and the sum that covers it.
    bytes.writeUInt32BE(20_000, 16)
    bytes.writeUInt32BE(20_000, 20)
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
    expect(await upload(bytes, 'bomb.png')).toMatchObject(refusal('bomb.png has more than 110 million pixels'))
    expect(await filesOf()).toEqual([])
  })

  test('what is larger than any may be is refused by its announcement, before a byte of it is read', async () => {
    let pulled = false
    const body = new ReadableStream<Uint8Array>({ pull: () => void (pulled = true) }, { highWaterMark: 0 })
    const refused = await uploadMedia(ctx, { name: 'big.mp4', declaredBytes: 5_000_000_000, body })
    expect(refused).toMatchObject(refusal('This file has 5.0 GB; files up to 4.2 GB are taken'))
    expect(pulled).toBe(false)
  })

  test('one that was not announced is stopped where the limit is, and kept nowhere', async () => {
    const { UPLOAD_MAX_MB } = env()
    Object.assign(env(), { UPLOAD_MAX_MB: 50 })
    onTestFinished(() => void Object.assign(env(), { UPLOAD_MAX_MB }))
    const head = await picture(100, 100).jpeg().toBuffer()
    const chunk = new Uint8Array(1_000_000)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(out) {
        out.enqueue(sent++ === 0 ? head : chunk)
      },
    })
    expect(await uploadMedia(ctx, { name: 'a.jpg', body })).toMatchObject(refusal('more than 50.0 MB'))
    expect(sent).toBeLessThan(58)
    expect(await filesOf()).toEqual([])
  })

  test('one that is cut off on the way leaves nothing', async () => {
    const head = await picture(500, 500).jpeg().toBuffer()
    const body = new ReadableStream<Uint8Array>({
      start(out) {
        out.enqueue(head)
      },
      pull(out) {
        out.error(new Error('connection lost'))
      },
    })
    await expect(uploadMedia(ctx, { name: 'a.jpg', body })).rejects.toThrow('connection lost')
    expect(await filesOf()).toEqual([])
    expect(await prisma.media.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0)
  })
})

const filesFor = async (ids: string[]) => {
  const files = await mediaFiles(ctx, { ids })
  return files.ok ? files.value : []
}

describe('the library', () => {
  const one = async (name = 'a.png') => {
    const kept = await upload(await picture(10, 10).png().toBuffer(), name)
    if (!kept.ok) throw new Error(kept.error.message)
    return kept.value.id
  }

  test('is paged, newest first, and found by name and description', async () => {
    const ids = [await one('red.png'), await one('green.png'), await one('blue.png')]
    const first = await listMedia(ctx, { take: 2 })
    expect(first).toMatchObject({ value: { items: [{ id: ids[2] }, { id: ids[1] }], next: ids[1] } })
    expect(await listMedia(ctx, { take: 2, cursor: ids[1] })).toMatchObject({
      value: { items: [{ id: ids[0] }], next: null },
    })
    await describeMedia(ctx, { mediaId: ids[0] ?? '', alt: 'A Barn at dusk' })
    expect(await listMedia(ctx, { search: 'barn' })).toMatchObject({
      value: { items: [{ id: ids[0], alt: 'A Barn at dusk' }] },
    })
  })

  test('a file that a post shows cannot be deleted; another goes with its bytes', async () => {
    const [used, free] = [await one(), await one()]
    await postShowing(ctx, [used])
    expect(await deleteMedia(ctx, { mediaId: used })).toMatchObject({
      error: { code: 'CONFLICT', message: expect.stringContaining('A post shows this file') },
    })
    expect(await deleteMedia(ctx, { mediaId: free })).toMatchObject({ ok: true })
    expect((await filesOf()).filter((name) => name.startsWith(free))).toEqual([])
    expect((await filesOf()).filter((name) => name.startsWith(used))).toHaveLength(2)
  })

  test('another workspace’s files are not there', async () => {
    const mediaId = await one()
    ctx = await desk()
    for (const tried of [
      openMedia(ctx, { mediaId }),
      getMedia(ctx, { mediaId }),
      describeMedia(ctx, { mediaId, alt: 'mine' }),
      deleteMedia(ctx, { mediaId }),
    ])
      expect(await tried).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await filesFor([mediaId])).toEqual([])
    expect(await listMedia(ctx, {})).toMatchObject({ value: { items: [] } })
  })
})
