import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import { asSystem } from '@/lib/workspace/system'
import { bytesOf, desk, must, streamOf } from './desk.fixture'
import { mediaDetails } from './details'
import type { MediaTask } from './edits'
import { findFfmpeg } from './ffmpeg'
import { networkFits } from './fit'
import { openMedia } from './open'
import { uploadMedia } from './upload'
import { startWork, workOnVideo } from './work'

let ctx: Ctx
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'webm-'))
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

const upload = (bytes: Uint8Array, name: string) =>
  uploadMedia(ctx, { name, alt: 'A film', body: streamOf(bytes, 64_000) })

test('a picture of an iPhone is refused with what to do there', async () => {
  const heic = Buffer.concat([Buffer.from('0000001866747970686569630000000068656963', 'hex'), Buffer.alloc(600)])
  const refused = await upload(heic, 'IMG_0001.HEIC')
  expect(refused).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } })
  expect(JSON.stringify(refused)).toContain('Most Compatible')
})

const program = findFfmpeg() ?? ''
const place = '+47.3769+008.5417/'
const pictures = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10:duration=2', '-c:v', 'libvpx']
const sound = ['-f', 'lavfi', '-i', 'sine=duration=2', '-c:a', 'libopus']

async function webm(name: string, args: readonly string[]): Promise<Buffer> {
  const made = path.join(folder, name)
  const done = spawnSync(program, ['-y', ...args, made], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  return readFile(made)
}

describe.skipIf(!program)('a WebM', () => {
  async function work(mediaId: string, task: MediaTask) {
    const { workId } = must(await startWork(ctx, { mediaId, task }))
    const system = await asSystem(ctx.workspaceId, 'test')
    if (!system) throw new Error('no workspace')
    expect(must(await workOnVideo(system, { workId }))).toEqual({ state: 'done' })
    const done = await prisma.mediaWork.findUniqueOrThrow({ where: { id: workId } })
    return must(await mediaDetails(ctx, { mediaId: done.resultId ?? '' }))
  }
  const bytesOfMedia = async (mediaId: string) =>
    Buffer.from(await bytesOf(must(await openMedia(ctx, { mediaId })).open()))

  test('is taken as it is, gets its still, and becomes an MP4 beside it when somebody asks', async () => {
    const bytes = await webm('a.webm', pictures)
    const card = must(await upload(bytes, 'a.webm'))
    expect(card).toMatchObject({ kind: 'video', mime: 'video/webm', width: 320, height: 180, durationMs: 2_000 })
    expect(card).toMatchObject({ codec: 'vp8', soundCodec: null, fps: 10 })
    expect(await bytesOfMedia(card.id)).toEqual(bytes)
    expect((await work(card.id, { kind: 'still' })).card.thumb).not.toBeNull()
    const { card: made, changes, original } = await work(card.id, { kind: 'convert', shorterMax: 1_080 })
    expect(made).toMatchObject({ name: 'a (converted).mp4', mime: 'video/mp4', width: 320, height: 180 })
    expect((await bytesOfMedia(made.id)).toString('latin1', 4, 8)).toBe('ftyp')
    expect(made).toMatchObject({ codec: 'avc', fps: 30 })
    expect(changes).toEqual(['Turned from 10 into 30 frames a second', 'Converted to MP4 with H.264 and AAC'])
    expect(original).toMatchObject({ id: card.id, mime: 'video/webm' })
    const cut = await work(card.id, { kind: 'trim', startMs: 500, endMs: 1_500 })
    expect(cut.card).toMatchObject({ name: 'a (trimmed).mp4', mime: 'video/mp4' })
    expect(cut.changes).toContain('Turned from WebM into MP4')
  })

  test('goes as it is where a network takes it, and is to be converted for the others', async () => {
    const bytes = await webm('b.webm', [...pictures, '-t', '3'])
    const { id: mediaId } = must(await upload(bytes, 'b.webm'))
    const fits = must(await networkFits(ctx, { mediaId }))
    const of = (platform: string) => fits.find((one) => one.platform === platform && one.format === undefined)
    for (const platform of ['mastodon', 'discord', 'youtube']) expect(of(platform)).toMatchObject({ fit: 'as_it_is' })
    expect(of('x')).toMatchObject({ fit: 'never', reason: 'X does not take WebM. Convert it to MP4 or MOV.' })
  })

  test('loses the place where it was recorded', async () => {
    const bytes = await webm('c.webm', [...pictures, '-metadata', `RECORDING_LOCATION=${place}`])
    expect(bytes.includes(place)).toBe(true)
    const { id } = must(await upload(bytes, 'c.webm'))
    const kept = await bytesOfMedia(id)
    expect(kept.includes(place)).toBe(false)
    const file = path.join(folder, 'kept.webm')
    await writeFile(file, kept)
    expect(spawnSync(program, ['-v', 'error', '-i', file, '-f', 'null', '-'], { encoding: 'utf8' }).stderr).toBe('')
  })

  test('of sound alone is refused', async () => {
    const refused = await upload(await webm('d.webm', sound), 'd.webm')
    expect(refused).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } })
    expect(JSON.stringify(refused)).toContain('without moving pictures')
  })

  test('is taken without ffmpeg, which is asked for when it shall be converted', async () => {
    const bytes = await webm('e.webm', pictures)
    env().FFMPEG = '/nowhere/ffmpeg'
    const { id: mediaId } = must(await upload(bytes, 'e.webm'))
    const answer = await startWork(ctx, { mediaId, task: { kind: 'convert', shorterMax: 1_080 } })
    expect(answer).toMatchObject({ ok: false, error: { code: 'SERVICE_UNAVAILABLE' } })
  })
})
