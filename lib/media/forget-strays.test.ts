import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, hour, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { bucketOf, startS3, type S3 } from '@/lib/core/s3.fixture'
import { sizeOf, store } from '@/lib/core/storage'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { desk, must, picture, streamOf } from './desk.fixture'
import { forgetStrays } from './forget-strays'
import { beginUpload, receivePiece } from './resume'
import { uploadMedia } from './upload'

let folder = ''
let s3: S3
let ctx: Ctx
let system: Ctx

/** Stored so long ago. */
type Age = (key: string, at: Date) => Promise<void>
const places: readonly { readonly name: string; begin(): Promise<void>; readonly age: Age; end(): Promise<void> }[] = [
  {
    name: 'a folder',
    async begin() {
      folder = await mkdtemp(path.join(tmpdir(), 'strays-'))
      Object.assign(env(), { STORAGE_DIR: folder })
    },
    age: (key, at) => utimes(path.join(folder, key), at, at),
    end: () => rm(folder, { recursive: true }),
  },
  {
    name: 'a bucket',
    async begin() {
      s3 = await startS3()
      Object.assign(env(), bucketOf(s3))
    },
    age: (key, at) => Promise.resolve(void s3.cameAt.set(`/media/${key}`, at)),
    async end() {
      Object.assign(env(), { S3_BUCKET: undefined })
      await s3.close()
    },
  },
]

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

describe.each(places)('in $name', ({ begin, age, end }) => {
  beforeAll(async () => {
    await begin()
    ctx = await desk()
    system = await systemIn(ctx.workspaceId)
  })
  afterAll(end)

  const old = inMs(-7 * day - hour)
  const isThere = async (key: string) => (await sizeOf(key)) !== undefined
  async function stray(key: string, at: Date): Promise<string> {
    await store(key, new Uint8Array(3))
    await age(key, at)
    return key
  }

  test('what nothing names is taken away when a running upload can name it no more, and nothing else is', async () => {
    const body = streamOf(await picture().png().toBuffer())
    const { id } = must(await uploadMedia(ctx, { name: 'a.png', alt: '', body }))
    const kept = await prisma.media.findUniqueOrThrow({ where: { id } })
    const upload = must(await beginUpload(ctx, { name: 'b.mp4', sizeBytes: 10, fingerprint: '' }))
    must(await receivePiece(ctx, { uploadId: upload.id, offset: 0, body: streamOf(new Uint8Array(4)) }))
    const { pieces } = await prisma.mediaUpload.findUniqueOrThrow({ where: { id: upload.id } })
    const named = [kept.storageKey, kept.thumbKey ?? '', ...pieces]
    expect(named).toHaveLength(3)
    for (const key of named) await age(key, old)

    const elsewhere = await stray(`media/${(await desk()).workspaceId}/gone.1`, old)
    const fresh = await stray(`media/${ctx.workspaceId}/coming.1`, inMs(-7 * day + hour))
    const strays = [
      await stray(`media/${ctx.workspaceId}/gone.1`, old),
      // A still, or a rendering, of a file that is there.
      await stray(`${kept.storageKey}.2.thumb.webp`, old),
      await stray(`media/${ctx.workspaceId}/gone.1.0b0e.part`, old),
    ]
    const piece = await stray(`uploads/${ctx.workspaceId}/${upload.id}.other`, old)

    expect(must(await forgetStrays(system, {}))).toEqual({ media: 3, uploads: 1 })
    expect(await Promise.all([...named, fresh, elsewhere].map(isThere))).toEqual(Array(5).fill(true))
    expect(await Promise.all([...strays, piece].map(isThere))).toEqual(Array(4).fill(false))
    expect(must(await forgetStrays(system, {}))).toEqual({ media: 0, uploads: 0 })
  })

  test('also of more than are looked at at once, and of a workspace without any', async () => {
    for (let n = 0; n < 620; n++) await stray(`media/${ctx.workspaceId}/many${n}.1`, old)
    expect(must(await forgetStrays(system, {}))).toEqual({ media: 620, uploads: 0 })
    expect(must(await forgetStrays(await systemIn((await desk()).workspaceId), {}))).toEqual({ media: 0, uploads: 0 })
  })
})
