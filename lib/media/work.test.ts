import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues, queueNamed } from '@/lib/core/queue'
import { closeRealtime, listen } from '@/lib/core/realtime'
import { bucketOf, startS3 } from '@/lib/core/s3.fixture'
import type { Ctx } from '@/lib/workspace'
import { asSystem, findEverywhere } from '@/lib/workspace/system'
import { bytesOf, desk, filesIn, must, picture, streamOf, video } from './desk.fixture'
import { mediaDetails } from './details'
import type { MediaTask } from './edits'
import { findFfmpeg } from './ffmpeg'
import { openMedia } from './open'
import { uploadMedia } from './upload'
import { forgetWork, oldWork } from './forget-work'
import { startWork, waitingWork, workOnVideo } from './work'

let ctx: Ctx
let system: Ctx
beforeEach(async () => {
  ctx = await desk()
  const found = await asSystem(ctx.workspaceId, 'test')
  if (!found) throw new Error('no workspace')
  system = found
})
afterEach(() => {
  env().FFMPEG = undefined
})
afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const add = async (bytes: Uint8Array, name: string) =>
  must(await uploadMedia(ctx, { name, alt: 'A film', body: streamOf(bytes, 64_000) })).id
const works = (mediaId: string) => prisma.mediaWork.findMany({ where: { mediaId }, orderBy: { id: 'asc' } })
/** Does everything that is waiting for a file, as a worker would. */
async function work(mediaId: string) {
  for (const { id, state } of await works(mediaId))
    if (state === 'waiting') must(await workOnVideo(system, { workId: id }))
}

test('work that ended is forgotten after a month, and no sooner, nor while it waits', async () => {
  const mediaId = await add(await video(), 'a.mp4')
  const [made] = await works(mediaId)
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
  const rows = [
    { id: 'old', state: 'failed', updatedAt: daysAgo(31) },
    { id: 'young', state: 'done', updatedAt: daysAgo(29) },
    { id: 'waiting', state: 'waiting', updatedAt: daysAgo(31) },
  ].map(({ id, ...row }) => ({ ...row, id: `${id}-${mediaId}` }))
  await prisma.mediaWork.createMany({
    data: rows.map((row) => ({
      ...row,
      workspaceId: ctx.workspaceId,
      mediaId,
      task: { kind: 'still' },
      createdById: 'c1',
    })),
  })
  const found = await findEverywhere(oldWork, new Date(), 500)
  expect(found.filter(({ workspaceId }) => workspaceId === ctx.workspaceId)).toMatchObject([{ id: rows[0]?.id }])
  expect(must(await forgetWork(system, { workId: rows[0]?.id ?? '' }))).toEqual({ forgotten: 1 })
  expect((await works(mediaId)).map(({ id }) => id).toSorted()).toEqual([made?.id, rows[1]?.id, rows[2]?.id].toSorted())
})

describe('without ffmpeg', () => {
  beforeEach(() => {
    env().FFMPEG = '/nowhere/ffmpeg'
  })

  test('a video is passed through without a still, and who asks for more is told what is missing', async () => {
    const mediaId = await add(await video(), 'a.mp4')
    await work(mediaId)
    expect(must(await mediaDetails(ctx, { mediaId }))).toMatchObject({
      card: { thumb: null },
      works: [{ state: 'done', problem: null }],
      canConvert: false,
    })
    expect(await startWork(ctx, { mediaId, task: { kind: 'convert' } })).toMatchObject({
      error: {
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringMatching(/place where they were recorded.*apt-get install ffmpeg/),
      },
    })
  })

  test('a store that does not answer says nothing about the film: it is tried as often as it takes', async () => {
    const s3 = await startS3()
    Object.assign(env(), bucketOf(s3))
    try {
      const mediaId = await add(await video(), 'a.mp4')
      const [made] = await works(mediaId)
      Object.assign(env(), { S3_ENDPOINT: 'http://127.0.0.1:1' })
      for (let times = 0; times < 6; times += 1)
        await expect(workOnVideo(system, { workId: made?.id ?? '' })).rejects.toThrow('ECONNREFUSED')
      expect(await works(mediaId)).toMatchObject([{ state: 'waiting', claims: 0, problem: null }])
      Object.assign(env(), bucketOf(s3))
      await work(mediaId)
      expect(await works(mediaId)).toMatchObject([{ state: 'done' }])
    } finally {
      Object.assign(env(), { S3_BUCKET: undefined })
      await s3.close()
    }
  })
})

test('what several workers began and did not end is given up, with what to do instead', async () => {
  const mediaId = await add(await video(), 'a.mp4')
  await prisma.mediaWork.updateMany({ where: { mediaId }, data: { claims: 5 } })
  await work(mediaId)
  expect(must(await mediaDetails(ctx, { mediaId })).works).toMatchObject([
    { state: 'failed', problem: expect.stringContaining('Convert it on your own computer') },
  ])
})

const program = findFfmpeg()
describe.skipIf(!program)('with ffmpeg (skipped where there is none)', () => {
  let folder: string
  let film: Buffer
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'film-'))
    const file = path.join(folder, 'film.mp4')
    const source = [
      '-f',
      'lavfi',
      '-i',
      'testsrc=size=640x360:rate=10:duration=4',
      '-f',
      'lavfi',
      '-i',
      'sine=duration=4',
    ]
    const made = spawnSync(program ?? '', [...source, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file])
    if (made.status !== 0) throw new Error(String(made.stderr))
    film = await readFile(file)
  })
  afterAll(() => rm(folder, { recursive: true }))

  const ask = async (mediaId: string, task: MediaTask) => {
    must(await startWork(ctx, { mediaId, task }))
    await work(mediaId)
    return must(await mediaDetails(ctx, { mediaId }))
  }

  test('a video gets a still by itself, and another when somebody chooses one', async () => {
    const mediaId = await add(film, 'film.mp4')
    const [asked] = await works(mediaId)
    expect(await queueNamed('media').getJob(`media.workOnVideo/${asked?.id}`)).toMatchObject({
      name: 'media.workOnVideo',
      data: { workspaceId: ctx.workspaceId, payload: { workId: asked?.id } },
    })
    await work(mediaId)
    const still = async () => Buffer.from(await bytesOf(must(await openMedia(ctx, { mediaId, thumb: true })).open()))
    const first = await still()
    expect(await sharp(first).metadata()).toMatchObject({ format: 'webp', width: 480, height: 270 })
    const thumb = must(await mediaDetails(ctx, { mediaId })).card.thumb
    const { card } = await ask(mediaId, { kind: 'still', atMs: 3_500 })
    expect((await still()).equals(first)).toBe(false)
    // Browsers keep a picture by its address.
    expect(card.thumb).not.toBe(thumb)
  })

  test('a part is cut out at the very frame, into a file of its own that says so', async () => {
    const mediaId = await add(film, 'film.mp4')
    const heard: unknown[] = []
    const stop = await listen(`workspace.${ctx.workspaceId}`, (event) => heard.push(event))
    const { derived, works: done } = await ask(mediaId, { kind: 'trim', startMs: 1_000, endMs: 2_500 })
    await stop()
    expect(derived).toMatchObject([{ name: 'film (trimmed).mp4', width: 640, height: 360, alt: 'A film' }])
    expect(Math.abs((derived[0]?.durationMs ?? 0) - 1_500)).toBeLessThanOrEqual(120)
    expect(done[0]).toMatchObject({ state: 'done', percent: 100, resultId: derived[0]?.id })
    expect(must(await mediaDetails(ctx, { mediaId: derived[0]?.id ?? '' })).changes[0]).toBe(
      'Trimmed to 1.000–2.500 s (1.5 s)',
    )
    expect(heard).toContainEqual({ type: 'media.progressed', subject: { type: 'media', id: mediaId } })
  })

  test('a worker that was taken for dead keeps nothing of what it made', async () => {
    const mediaId = await add(film, 'film.mp4')
    await work(mediaId)
    const { workId } = must(await startWork(ctx, { mediaId, task: { kind: 'trim', startMs: 0, endMs: 1_000 } }))
    // As another worker does that finds it silent.
    const takeOver = async () => {
      await prisma.mediaWork.updateMany({
        where: { id: workId, state: 'working' },
        data: { claims: { increment: 1 } },
      })
    }
    const taken: Promise<unknown>[] = []
    const stop = await listen(`workspace.${ctx.workspaceId}`, () => taken.push(takeOver()))
    expect(must(await workOnVideo(system, { workId }))).toEqual({ state: 'not ours' })
    await stop()
    await Promise.all(taken)
    const { derived, works: all } = must(await mediaDetails(ctx, { mediaId }))
    expect(derived).toEqual([])
    expect(all[0]).toMatchObject({ state: 'working', resultId: null })
    expect(await filesIn('media', ctx)).toHaveLength(2)
  })

  test('a video is converted to a smaller MP4, and never to a larger one', async () => {
    const mediaId = await add(film, 'film.mp4')
    const smaller = await ask(mediaId, { kind: 'convert', shorterMax: 180 })
    expect(smaller.derived).toMatchObject([{ mime: 'video/mp4', width: 320, height: 180 }])
    expect(smaller.derived[0]).toMatchObject({ codec: 'avc', soundCodec: 'aac', fps: 30 })
    const larger = await ask(mediaId, { kind: 'convert', shorterMax: 1_080 })
    expect(larger.derived).toHaveLength(2)
    expect(larger.derived[0]).toMatchObject({ width: 640, height: 360 })
  })

  test('an upright film keeps its size as a lying one does: the shorter side is what is bounded', async () => {
    const file = path.join(folder, 'upright.mp4')
    const upright = spawnSync(program ?? '', ['-f', 'lavfi', '-i', 'testsrc=size=360x640:rate=5:duration=1', file])
    if (upright.status !== 0) throw new Error(String(upright.stderr))
    const mediaId = await add(await readFile(file), 'upright.mp4')
    const whole = await ask(mediaId, { kind: 'convert', shorterMax: 360 })
    expect(whole.derived[0]).toMatchObject({ width: 360, height: 640 })
    const smaller = await ask(mediaId, { kind: 'convert', shorterMax: 180 })
    expect(smaller.derived[0]).toMatchObject({ width: 180, height: 320 })
  })

  test('what cannot be done is said, and leaves nothing', async () => {
    const mediaId = await add(await video(), 'broken.mp4')
    const { works: done, derived } = await ask(mediaId, { kind: 'convert', shorterMax: 720 })
    expect(done[0]).toMatchObject({ state: 'failed', resultId: null, problem: expect.stringMatching(/\w/) })
    expect(derived).toEqual([])
    const late = await ask(mediaId, { kind: 'trim', startMs: 60_000, endMs: 61_000 })
    expect(late.works[0]?.problem).toContain('after the end')
    const still = await add(await picture().png().toBuffer(), 'a.png')
    expect(await startWork(ctx, { mediaId: still, task: { kind: 'convert' } })).toMatchObject({
      error: { code: 'VALIDATION_ERROR' },
    })
  })

  test('two workers do a work once, and one that died is found and done again', async () => {
    const mediaId = await add(film, 'film.mp4')
    await work(mediaId)
    const { workId } = must(await startWork(ctx, { mediaId, task: { kind: 'trim', startMs: 0, endMs: 500 } }))
    await Promise.all([workOnVideo(system, { workId }), workOnVideo(system, { workId })])
    expect(must(await mediaDetails(ctx, { mediaId })).derived).toHaveLength(1)
    const dead = must(await startWork(ctx, { mediaId, task: { kind: 'trim', startMs: 0, endMs: 600 } })).workId
    const { where } = waitingWork.find(new Date(), 10)
    const found = async () =>
      (await prisma.mediaWork.findMany({ where: { AND: [{ mediaId }, where] } })).map(({ id }) => id)
    expect(await found()).toEqual([])
    await prisma.mediaWork.update({
      where: { id: dead },
      data: { state: 'working', updatedAt: new Date(Date.now() - 300_000) },
    })
    expect(await found()).toEqual([dead])
    must(await workOnVideo(system, { workId: dead }))
    expect(must(await mediaDetails(ctx, { mediaId })).derived).toHaveLength(2)
  })

  test('nobody but the worker does works, and nobody works on another workspace’s video', async () => {
    const mediaId = await add(film, 'film.mp4')
    const [first] = await works(mediaId)
    expect(await workOnVideo(ctx, { workId: first?.id ?? '' })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await startWork(await desk(), { mediaId, task: { kind: 'convert' } })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    })
  })
})
