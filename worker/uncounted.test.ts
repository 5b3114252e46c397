import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { closeQueues, startWorkers } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { uploadMedia } from '@/lib/media'
import { desk, must, pdf, streamOf } from '@/lib/media/desk.fixture'
import { handle } from './handle'
import { routes, sweeps } from './routes'
import { sweepAll } from './sweep'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'worker-pages-'))
  Object.assign(env(), { STORAGE_DIR: folder })
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

test('the worker counts by itself the pages of PDFs that came before they were counted', async () => {
  const pagesOf = new Map<string, number>()
  for (const pages of [2, 12]) {
    const ctx = await desk()
    const { id } = must(await uploadMedia(ctx, { name: 'old.pdf', alt: '', body: streamOf(pdf(pages)) }))
    await prisma.media.update({ where: { id }, data: { pages: null, pagesCountAt: new Date(0) } })
    pagesOf.set(id, pages)
  }
  const stop = await startWorkers(handle(routes))
  await sweepAll(sweeps.filter(({ sweep }) => sweep.name === 'media.uncountedPages'))
  const counted = async () => {
    const rows = await prisma.media.findMany({ where: { id: { in: [...pagesOf.keys()] } } })
    return new Map(rows.map(({ id, pages }) => [id, pages]))
  }
  await expect.poll(counted).toEqual(pagesOf)
  await stop()
})
