import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { withLock } from './lock.mjs'
import { migrate, migrationsHash } from './migrate.mjs'
import { at } from './place.mjs'
import { query, startPostgres } from './postgres.mjs'

/** Three products of the journeys and a run of the tests may be on it at once, each with up to 44 connections. */
const roomy = [['max_connections', '400']]
// What the tests write need not survive a power cut.
const forgetful = [...roomy, ['fsync', 'off'], ['synchronous_commit', 'off'], ['full_page_writes', 'off']]

/**
 * Starts the Postgres of the tests, or joins it, and holds it until `letGo()`; soon after the last one has let go it
 * stops by itself. Any number of processes may do this at once. A `durable` one is another server, which writes as the
 * product's does: what is committed is on the disk.
 * @returns `name`, which other processes give to `scratchDatabaseOn`.
 */
export async function scratchServer({ durable = false } = {}) {
  const folder = durable ? at('.test/durable') : at('.test')
  const postgres = await startPostgres({ folder, graceMs: 20_000, options: durable ? roomy : forgetful })
  const template = await withLock(path.join(folder, 'template.lock'), () => templateOn(postgres))
  return { name: { address: postgres.url('postgres'), template }, letGo: postgres.letGo }
}

/** Makes a fresh, migrated database. @returns its `url`, and `drop()`. */
export async function scratchDatabaseOn({ address, template }) {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await query(address, `create database "${name}" template "${template}" strategy file_copy`)
  const url = new URL(address)
  url.pathname = `/${name}`
  async function drop() {
    await query(address, untilLeft(name))
    await query(address, `drop database if exists "${name}" with (force)`)
  }
  return { url: url.href, drop }
}

/**
 * Waits for at most a second: a pool that was closed says so before its connections are; one that was cut off then would
 * throw into nobody's hands.
 */
const untilLeft = (name) => `do $$ begin
  for try in 1..50 loop
    exit when not exists (select from pg_stat_activity where datname = '${name}');
    perform pg_sleep(0.02), pg_stat_clear_snapshot();
  end loop;
end $$`

/** A fresh, migrated database together with its server. @returns its `url`, and `drop()`, which lets go of the server. */
export async function scratchDatabase({ durable = false } = {}) {
  const server = await scratchServer({ durable })
  const database = await scratchDatabaseOn(server.name)
  const drop = async () => {
    await database.drop()
    server.letGo()
  }
  return { url: database.url, drop }
}

/** A migrated database to copy from: a copy takes a tenth of a second, migrating takes three. */
async function templateOn({ url }) {
  const name = `template_${migrationsHash().slice(0, 12)}`
  const found = await query(url('postgres'), 'select 1 from pg_database where datname = $1', [name])
  if (found.rowCount > 0) return name
  await sweep(url)
  const draft = `${name}_${process.pid}`
  await query(url('postgres'), `create database "${draft}"`)
  await migrate(url(draft))
  await query(url('postgres'), `alter database "${draft}" rename to "${name}"`)
  return name
}

/** Drops what killed runs left behind, and templates of older migrations. */
async function sweep(url) {
  const { rows } = await query(
    url('postgres'),
    `select datname as name from pg_database where datname ~ '^(test|template)_' and not exists (select 1 from pg_stat_activity a where a.datname = pg_database.datname)`,
  )
  for (const { name } of rows) {
    const pid = /^test_(\d+)_/.exec(name)?.[1]
    if (pid && isAlive(Number(pid))) continue
    await query(url('postgres'), `drop database if exists "${name}"`)
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
