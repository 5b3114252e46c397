import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, inMs, now } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { bucketOf, startS3 } from '@/lib/core/s3.fixture'
import { discard } from '@/lib/core/storage'
import type { Ctx } from '@/lib/workspace'
import { findEverywhere } from '@/lib/workspace/system'
import { systemIn } from '@/lib/workspace/testing'
import { countMissingPages, uncountedPages } from './count-missing'
import { desk, must, pdf, streamOf } from './desk.fixture'
import { networkFits } from './fit'
import { uploadMedia } from './upload'

let folder = ''
let ctx: Ctx
let system: Ctx
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uncounted-'))
  Object.assign(env(), { STORAGE_DIR: folder })
  ctx = await desk()
  system = await systemIn(ctx.workspaceId)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

/** A PDF that came before pages were counted, as the migration left it. */
async function cameBefore(bytes: Uint8Array): Promise<string> {
  const { id } = must(await uploadMedia(ctx, { name: 'old.pdf', alt: '', body: streamOf(bytes, 100_000) }))
  await prisma.media.update({ where: { id }, data: { pages: null, pagesCountAt: inMs(-day) } })
  return id
}

const row = (id: string) => prisma.media.findUniqueOrThrow({ where: { id } })
const isFound = async (id: string) =>
  (await findEverywhere(uncountedPages, now(), 10_000)).some((found) => found.id === id)
const count = async (mediaId: string) => must(await countMissingPages(system, { mediaId })).did

test('a PDF that came before pages were counted is counted once, and judged by them', async () => {
  const id = await cameBefore(pdf(301))
  expect(await isFound(id)).toBe(true)
  const elsewhere = await systemIn((await desk()).workspaceId)
  expect(must(await countMissingPages(elsewhere, { mediaId: id })).did).toBe('skipped')
  expect(await Promise.all([count(id), count(id)]).then((all) => all.toSorted())).toEqual(['counted', 'skipped'])
  expect(await row(id)).toMatchObject({ pages: 301, pagesCountAt: null })
  expect(await isFound(id)).toBe(false)
  expect(must(await networkFits(ctx, { mediaId: id })).find(({ platform }) => platform === 'linkedin')).toMatchObject({
    fit: 'never',
    reason: expect.stringContaining('301 pages'),
  })
})

test('one that cannot be read, or is lost, is tried once and never again', async () => {
  const locked = await cameBefore(pdf(3, { trailer: '/Encrypt << /Filter /Standard /V 9 >> /ID [<00> <00>]' }))
  const lost = await cameBefore(pdf(4))
  await discard((await row(lost)).storageKey)
  for (const id of [locked, lost]) {
    expect(await count(id)).toBe('unreadable')
    expect(await row(id)).toMatchObject({ pages: null, pagesCountAt: null })
    expect(await isFound(id)).toBe(false)
    expect(await count(id)).toBe('skipped')
  }
})

test('one whose store does not answer is counted when it does', async () => {
  const s3 = await startS3()
  Object.assign(env(), bucketOf(s3))
  try {
    const id = await cameBefore(pdf(5))
    Object.assign(env(), { S3_ENDPOINT: 'http://127.0.0.1:1' })
    await expect(countMissingPages(system, { mediaId: id })).rejects.toThrow('ECONNREFUSED')
    Object.assign(env(), bucketOf(s3))
    const { pages, pagesCountAt } = await row(id)
    expect(pages).toBeNull()
    expect(pagesCountAt?.getTime()).toBeGreaterThan(Date.now())
    expect(await count(id)).toBe('skipped')
    await prisma.media.update({ where: { id }, data: { pagesCountAt: now() } })
    expect(await count(id)).toBe('counted')
    expect(await row(id)).toMatchObject({ pages: 5 })
  } finally {
    Object.assign(env(), { S3_BUCKET: undefined })
    await s3.close()
  }
})
