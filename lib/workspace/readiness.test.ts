import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { readiness } from './readiness'
import { beat } from './system'

const migrations = path.resolve(import.meta.dirname, '../../prisma/migrations')

afterAll(async () => {
  await closeQueues()
  await prisma.$disconnect()
})

test('a worker that was seen in the last 30 s makes an up-to-date installation ready', async () => {
  await beat('worker-1', new Date())
  // A part that does not answer in 3 s counts as missing, and a busy machine can be that slow at first.
  await expect
    .poll(() => readiness(migrations))
    .toEqual({
      database: { ok: true },
      queue: { ok: true },
      worker: { ok: true },
      migrations: { ok: true },
      keys: { ok: true },
      files: { ok: true },
    })
})

test('a worker that has been silent for longer is named as what is missing', async () => {
  await prisma.workerHeartbeat.deleteMany()
  await expect
    .poll(async () => (await readiness(migrations)).worker)
    .toMatchObject({ ok: false, why: expect.stringContaining('ever') })
  await beat('worker-1', new Date(Date.now() - 31_000))
  await expect
    .poll(async () => (await readiness(migrations)).worker)
    .toMatchObject({ ok: false, why: expect.stringContaining('start one') })
})

test('a migration that this build brings and the database has not been given is named', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'))
  await cp(migrations, folder, { recursive: true })
  await mkdir(path.join(folder, '29990101000000_to_come'))
  const { migrations: check } = await readiness(folder)
  await rm(folder, { recursive: true })
  expect(check).toMatchObject({ ok: false, why: 'not applied yet: 29990101000000_to_come' })
})

test('a check that throws is a no, and shows no address of ours', async () => {
  const { migrations: check } = await readiness('/no/such/folder')
  expect(check).toEqual({ ok: false, why: 'it cannot be asked (ENOENT)' })
})
