import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { prisma } from '@/lib/core/db'
import { inMs, now, second } from '@/lib/core/clock'
import { queueCounts } from '@/lib/core/queue'

export type Check = { readonly ok: boolean; readonly why?: string }
export type Readiness = {
  readonly database: Check
  readonly queue: Check
  readonly worker: Check
  readonly migrations: Check
}

const patienceMs = 3 * second
const heartbeatMs = 30 * second

/** Runs a check that answers with what is wrong, if anything. One that hangs or throws is wrong too. */
async function check(look: () => Promise<string | undefined>): Promise<Check> {
  const { promise: late, resolve } = Promise.withResolvers<string>()
  const timer = setTimeout(() => resolve(`no answer in ${patienceMs / second} s`), patienceMs)
  try {
    const why = await Promise.race([look(), late])
    return why === undefined ? { ok: true } : { ok: false, why }
  } catch (error) {
    // A driver's message may quote the address with its password; its code and class do not.
    const { name, code } = error as { name?: string; code?: string }
    return { ok: false, why: `it cannot be asked (${code ?? name ?? 'unknown'})` }
  } finally {
    clearTimeout(timer)
  }
}

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
  const [database, queue, worker, applied] = await Promise.all([
    check(databaseTrouble),
    check(queueTrouble),
    check(workerTrouble),
    check(() => migrationTrouble(migrations)),
  ])
  return { database, queue, worker, migrations: applied }
}
