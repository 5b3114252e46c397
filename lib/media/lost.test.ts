import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { bucketOf, startS3, type S3 } from '@/lib/core/s3.fixture'
import { discard } from '@/lib/core/storage'
import type { Ctx } from '@/lib/workspace'
import { desk, must, picture, streamOf } from './desk.fixture'
import { editMedia } from './edit'
import { previewFit } from './fit'
import { mediaFiles, openMedia } from './open'
import { uploadMedia } from './upload'

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

let folder = ''
let s3: S3
const places = [
  {
    name: 'a folder',
    async begin() {
      folder = await mkdtemp(path.join(tmpdir(), 'lost-'))
      Object.assign(env(), { STORAGE_DIR: folder })
    },
    end: () => rm(folder, { recursive: true }),
  },
  {
    name: 'a bucket',
    async begin() {
      s3 = await startS3()
      Object.assign(env(), bucketOf(s3))
    },
    async end() {
      await s3.close()
      Object.assign(env(), { S3_BUCKET: undefined })
    },
  },
]

describe.each(places)('a file whose bytes are gone from $name', ({ begin, end }) => {
  let ctx: Ctx
  let mediaId = ''
  let kept = ''
  beforeAll(async () => {
    await begin()
    ctx = await desk()
    const add = async (side: number) =>
      must(
        await uploadMedia(ctx, { name: 'a.png', alt: '', body: streamOf(await picture(side, 400).png().toBuffer()) }),
      ).id
    kept = await add(500)
    mediaId = await add(600)
    const { storageKey, thumbKey } = await prisma.media.findUniqueOrThrow({ where: { id: mediaId } })
    await discard(storageKey)
    await discard(thumbKey ?? '')
  })
  afterAll(end)

  const lost = { ok: false, error: { code: 'NOT_FOUND', message: expect.stringContaining('gone from where files') } }

  test('is said to be lost by whoever opens it, before any of it is sent', async () => {
    expect(await openMedia(ctx, { mediaId })).toMatchObject(lost)
    expect(await openMedia(ctx, { mediaId, thumb: true })).toMatchObject(lost)
    expect(await openMedia(ctx, { mediaId: kept })).toMatchObject({ ok: true })
  })

  test('is said to be lost by whoever would make another of it', async () => {
    const edit = { turn: 90 as const }
    expect(await editMedia(ctx, { mediaId, edit })).toMatchObject(lost)
    expect(await previewFit(ctx, { mediaId, platform: 'instagram' })).toMatchObject(lost)
    expect(await editMedia(ctx, { mediaId: kept, edit })).toMatchObject({ ok: true })
  })

  test('is not among those that can be sent', async () => {
    const ids = [mediaId, kept]
    expect(must(await mediaFiles(ctx, { ids, stored: true })).map(({ id }) => id)).toEqual([kept])
    expect(must(await mediaFiles(ctx, { ids })).map(({ id }) => id)).toEqual(ids)
  })
})
