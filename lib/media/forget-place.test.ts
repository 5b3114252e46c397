import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { sha256 } from '@/lib/core/crypto'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import { bytesOf, desk, filesIn, must, streamOf } from './desk.fixture'
import { findFfmpeg } from './ffmpeg'
import { openMedia } from './open'
import { uploadMedia } from './upload'

let ctx: Ctx
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'place-'))
})
beforeEach(async () => {
  ctx = await desk()
})
afterEach(() => {
  env().FFMPEG = undefined
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const program = findFfmpeg() ?? ''
const probe = path.join(path.dirname(program), 'ffprobe')
const place = '+47.3769+008.5417/'

function run(file: string, args: readonly string[]): string {
  const done = spawnSync(file, args, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout
}

/** A second of film that was held upright, made by ffmpeg with the given tags. */
async function film(name: string, tags: readonly string[], more: readonly string[] = []): Promise<Buffer> {
  const made = path.join(folder, name)
  const source = [
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=320x180:rate=10:duration=1',
    '-f',
    'lavfi',
    '-i',
    'sine=duration=1',
  ]
  const said = tags.flatMap((tag) => ['-metadata', tag])
  run(program, ['-y', ...source, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', ...said, ...more, made])
  const bytes = turned(await readFile(made))
  await writeFile(made, bytes)
  return bytes
}

/** Turned by a quarter: the matrix of the first track's header (ISO 14496-12), as a telephone writes it. Versions of ffmpeg differ in how they are asked for it. */
function turned(bytes: Buffer): Buffer {
  const at = bytes.indexOf('tkhd') + 44
  const matrix = [0, 0x10000, 0, -0x10000, 0, 0, 180 * 0x10000, 0, 0x40000000]
  matrix.forEach((value, place) => bytes.writeInt32BE(value, at + 4 * place))
  return bytes
}

type Seen = {
  format: { tags: Record<string, string> }
  streams: { codec_name: string; tags: Record<string, string>; side_data_list?: { rotation?: number }[] }[]
}
async function seen(bytes: Uint8Array): Promise<Seen> {
  const file = path.join(folder, 'seen')
  await writeFile(file, bytes)
  // ffprobe's own words for what it sees; only what is read here is named.
  return JSON.parse(run(probe, ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', file])) as Seen
}
const streamsIn = (file: string) =>
  run(program, ['-v', 'error', '-i', file, '-map', '0', '-c', 'copy', '-f', 'streamhash', '-'])

const add = async (bytes: Uint8Array, name: string) => {
  const card = must(await uploadMedia(ctx, { name, body: streamOf(bytes, 64_000) }))
  const opened = must(await openMedia(ctx, { mediaId: card.id }))
  const row = await prisma.media.findUniqueOrThrow({ where: { id: card.id } })
  return { card, row, kept: await bytesOf(opened.open()) }
}

describe.skipIf(program === '')('with ffmpeg (skipped where there is none)', () => {
  const told = ['title=The lake', 'creation_time=2026-05-01T10:00:00Z', `location=${place}`]
  test.each([
    ['a.mp4', told, []],
    ['a.mov', told, []],
    ['b.mov', [...told, `com.apple.quicktime.location.ISO6709=${place}`], ['-movflags', 'use_metadata_tags']],
  ] as const)(
    '%s loses the place where it was recorded, and neither a frame, its turn, title nor time',
    async (name, tags, more) => {
      const sent = await film(name, tags, more)
      const before = await seen(sent)
      expect(JSON.stringify(before)).toContain(place)
      const { row, kept } = await add(sent, name)
      const after = await seen(kept)
      expect(JSON.stringify(after)).not.toContain(place)
      expect(Buffer.from(kept).includes(place)).toBe(false)
      const { title, creation_time: made } = after.format.tags
      expect([title, Date.parse(made ?? '')]).toEqual(['The lake', Date.parse('2026-05-01T10:00:00Z')])
      expect(after.streams[0]?.side_data_list).toEqual(before.streams[0]?.side_data_list)
      expect(Math.abs(before.streams[0]?.side_data_list?.[0]?.rotation ?? 0)).toBe(90)
      expect(after.streams.map((stream) => stream.codec_name)).toEqual(['h264', 'aac'])
      expect(streamsIn(path.join(folder, 'seen'))).toBe(streamsIn(path.join(folder, name)))
      expect(row).toMatchObject({
        mime: name.endsWith('mov') ? 'video/quicktime' : 'video/mp4',
        sizeBytes: BigInt(kept.byteLength),
        sha256: sha256(kept),
        sentSha256: sha256(sent),
        width: 180,
        height: 320,
      })
    },
  )

  const box = (name: string, ...held: readonly Uint8Array[]): Buffer => {
    const bytes = Buffer.concat(held)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(bytes.length + 8)
    head.write(name, 4, 'latin1')
    return Buffer.concat([head, bytes])
  }
  const xmp = Buffer.from(`<rdf:Description exif:GPSLatitude="47,22.614N" note="${place}"/>`)
  // Adobe's number for XMP (XMP specification, part 3).
  const adobe = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex')
  const afterwards = (sent: Buffer) => Buffer.concat([sent, box('uuid', adobe, xmp)])
  /** Put at the end of the last box, which is the film's head: nothing in it says where it stands. */
  const inHead = (sent: Buffer, added: Buffer): Buffer => {
    const at = sent.lastIndexOf('moov') - 4
    const bytes = Buffer.concat([sent, added])
    bytes.writeUInt32BE(bytes.length - at, at)
    return bytes
  }
  test.each([
    ['in a box of XMP', afterwards],
    ['in a box of the camera’s own', (sent: Buffer) => inHead(sent, box('uuid', Buffer.alloc(16, 7), xmp))],
    ['in QuickTime’s user data', (sent: Buffer) => inHead(sent, box('udta', box('XMP_', xmp)))],
  ] as const)('one that may tell its place %s loses that', async (_where, hiding) => {
    const name = 'hidden.mp4'
    const sent = hiding(await film(name, ['title=The lake']))
    expect(sent.includes('GPSLatitude')).toBe(true)
    const { kept } = await add(sent, name)
    expect(Buffer.from(kept).includes('GPSLatitude')).toBe(false)
    await seen(kept)
    expect(streamsIn(path.join(folder, 'seen'))).toBe(streamsIn(path.join(folder, name)))
  })

  test('one with a track of a camera’s own data loses that, and captions stay', async () => {
    const captions = path.join(folder, 'captions.srt')
    await writeFile(captions, `1\n00:00:00,000 --> 00:00:01,000\n${place}\n`)
    const plain = path.join(folder, 'plain.mp4')
    await film('plain.mp4', [])
    const made = path.join(folder, 'data.mp4')
    run(program, ['-y', '-i', plain, '-i', captions, '-map', '0', '-map', '1', '-c', 'copy', '-c:s', 'mov_text', made])
    const captioned = await readFile(made)
    expect(Buffer.from((await add(captioned, 'captions.mp4')).kept).equals(captioned)).toBe(true)

    // The same track as a camera names its own: what it holds is then no caption.
    const named = captioned.toString('latin1').replace('sbtl', 'meta').replace('tx3g', 'gpmd')
    const sent = Buffer.from(named, 'latin1')
    expect((await seen(sent)).streams).toHaveLength(3)
    const { kept } = await add(sent, 'data.mp4')
    expect(Buffer.from(kept).includes(place)).toBe(false)
    expect((await seen(kept)).streams.map((stream) => stream.codec_name)).toEqual(['h264', 'aac'])
  })

  test('one that tells no place is kept byte for byte', async () => {
    const sent = await film('plain.mp4', ['title=The lake'])
    expect(Buffer.from((await add(sent, 'plain.mp4')).kept).equals(sent)).toBe(true)
  })

  test('one whose place cannot be taken out is refused and kept nowhere', async () => {
    const sent = await film('c.mp4', told)
    // A program that refuses whatever it is asked stands for a container that ffmpeg cannot write again.
    env().FFMPEG = '/bin/false'
    const refused = await uploadMedia(ctx, { name: 'c.mp4', body: streamOf(sent, 64_000) })
    expect(refused).toMatchObject({
      error: { code: 'VALIDATION_ERROR', message: expect.stringContaining('c.mp4 says where it was recorded') },
    })
    expect(await filesIn('media', ctx)).toEqual([])
  })

  test('without ffmpeg it is kept as it is', async () => {
    const sent = await film('d.mp4', told)
    env().FFMPEG = '/nowhere/ffmpeg'
    expect(Buffer.from((await add(sent, 'd.mp4')).kept).equals(sent)).toBe(true)
  })
})
