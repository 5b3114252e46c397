import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { prisma } from '@/lib/core/db'
import { inMs, now, second } from '@/lib/core/clock'
import { queueCounts } from '@/lib/core/queue'
import { check, type Check } from './check'
import { fileTrouble, keyTrouble } from './installation'

export type Readiness = {
  readonly database: Check
  readonly queue: Check
  readonly worker: Check
  readonly migrations: Check
  readonly keys: Check
  readonly files: Check
}

const heartbeatMs = 30 * second

async function databaseTrouble(): Promise<undefined> {
  await prisma.$queryRaw`SELECT 1`
}

async function queueTrouble(): Promise<undefined> {
  await queueCounts()
}

async function workerTrouble(): Promise<string | undefined> {
  const latest = await prisma.workerHeartbeat.findFirst({ orderBy: { seenAt: 'desc' } })
  if (!latest) return 'no worker has ever been seen: start one'
  if (latest.seenAt >= inMs(-heartbeatMs)) return undefined
  return `no worker has been seen for ${Math.round((now().getTime() - latest.seenAt.getTime()) / second)} s: start one`
}

/** Compares what this build brings with what the database has been given. */
async function migrationTrouble(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true })
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
  const applied = new Set(rows.map(({ name }) => name))
  const missing = entries.filter((entry) => entry.isDirectory() && !applied.has(entry.name)).map(({ name }) => name)
  return missing.length === 0 ? undefined : `not applied yet: ${missing.join(', ')}`
}

/** Whether this installation can do its work now, part by part. Never throws, and answers within about 3 s. */
export async function readiness(migrations = path.join(process.cwd(), 'prisma/migrations')): Promise<Readiness> {
  const [database, queue, worker, applied, keys, files] = await Promise.all([
    check(databaseTrouble),
    check(queueTrouble),
    check(workerTrouble),
    check(() => migrationTrouble(migrations)),
    check(keyTrouble),
    check(fileTrouble),
  ])
  return { database, queue, worker, migrations: applied, keys, files }
}
