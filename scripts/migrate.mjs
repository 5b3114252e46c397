import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeAdapters } from './adapters.mjs'
import { at } from './place.mjs'
import { query } from './postgres.mjs'
import { run } from './run.mjs'
import { hashOf } from './stamp.mjs'

const prisma = (args, env) =>
  run([at('node_modules/prisma/build/index.js'), ...args], {
    env: { ...env, PRISMA_SCHEMA_ENGINE_BINARY: at('scripts/schema-engine.mjs') },
  })

const migrations = () =>
  readdirSync(at('prisma/migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

/** Changes when any migration does, or the queue's own. */
export const migrationsHash = () => hashOf(['prisma/migrations', 'node_modules/bullmq/package.json'])

/**
 * Writes what is written from something else: the networks' adapters, and the database client in lib/core/prisma when
 * the schema changed. @returns whether the client had to be.
 */
export async function generateClient() {
  writeAdapters()
  const stamp = at('node_modules/.posthorn/prisma-client')
  const wanted = hashOf(['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  if (existsSync(at('lib/core/prisma/client.ts')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return false
  await prisma(['generate'], { DATABASE_URL: '' })
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
  return true
}

/** Applies the migrations that the database lacks. @returns how many. Safe when several processes do it at once. */
export async function migrate(url) {
  const missing = await missingIn(url)
  // The CLI takes seconds to find out that there is nothing to do.
  if (missing.length > 0) await prisma(['migrate', 'deploy'], { DATABASE_URL: url })
  await migrateQueue(url)
  return missing.length
}

/** Makes the queue's own tables, or brings them up to date. They are there with Redis, too: one may change back. */
async function migrateQueue(connectionString) {
  const { LATEST_SCHEMA_VERSION, runMigrations } = await import('bullmq')
  // Asked first: even what changes nothing wants the right to make a schema.
  if ((await queueVersion(connectionString)) >= LATEST_SCHEMA_VERSION) return
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await runMigrations(client, 'bullmq')
  } finally {
    await client.end()
  }
}

async function queueVersion(url) {
  try {
    const { rows } = await query(url, 'select max(version) as version from bullmq.migration')
    return rows[0].version ?? 0
  } catch (error) {
    // The table is made by the first migration.
    if (error.code === '42P01') return 0
    throw error
  }
}

async function missingIn(url) {
  const checksum = (name) =>
    createHash('sha256')
      .update(readFileSync(at('prisma/migrations', name, 'migration.sql')))
      .digest('hex')
  try {
    const { rows } = await query(
      url,
      'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    )
    const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
    return migrations().filter((name) => applied.get(name) !== checksum(name))
  } catch (error) {
    // The table is made by the first migration.
    if (error.code === '42P01') return migrations()
    throw error
  }
}
