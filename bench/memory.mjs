/**
 * Memory of the idle product, demo and sandbox included, just ready and some time later, against the same processes
 * with nothing in them: a bare node:http server for each Node process, and an empty Postgres. A bare `next start` would
 * hide what Next itself takes, and that is of our choosing. Linux only: the figures are the kernel's.
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { buildForTests } from '../scripts/build.mjs'
import { generateClient, migrate } from '../scripts/migrate.mjs'
import { productNode } from '../scripts/node.mjs'
import { at } from '../scripts/place.mjs'
import { makeDatabase, startPostgres } from '../scripts/postgres.mjs'
import { startProduct } from '../scripts/product.mjs'
import { say, step } from '../scripts/progress.mjs'
import { head, ratio, shown } from './report.ts'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '5270' }, idle: { type: 'string', default: '60' } },
})
const [port, idleS] = [Number(values.port), Number(values.idle)]
const folder = at('.test/memory')

/** What the kernel says of a process; nothing when it is gone, as Postgres' and others' come and go. */
function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw error
  }
}

const parentOf = (pid) => Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1])

/** A process and all that it started. */
function familyOf(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)])
  const family = new Set([pid])
  for (let size = 0; size !== family.size;) {
    size = family.size
    for (const [child, parent] of parents) if (parent && family.has(parent)) family.add(child)
  }
  return [...family]
}

/** Resident and proportional memory in MiB; in the second, a page that n processes share counts as 1/n of one. */
function memoryOf(pids) {
  const sum = { rss: 0, pss: 0 }
  for (const pid of pids) {
    const text = read(pid, 'smaps_rollup')
    sum.rss += Number(/^Rss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1_024
    sum.pss += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1_024
  }
  return sum
}

const json = (file) => JSON.parse(readFileSync(file, 'utf8'))
const postgresIn = (data) => Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0])

/** One Node process with a web server and nothing else. */
function bareNode() {
  const script = `require('node:http').createServer((q, a) => a.end('hello')).listen(0, '127.0.0.1', () => process.send(1))`
  const child = spawn(productNode(), ['-e', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve) => child.once('message', () => resolve(child)))
}

async function floor(nodes) {
  const children = await Promise.all(Array.from({ length: nodes }, bareNode))
  const postgres = await startPostgres({ folder: path.join(folder, 'floor') })
  await wait(2_000)
  const node = memoryOf(children.map(({ pid }) => pid))
  const database = memoryOf(familyOf(postgresIn(postgres.data)))
  for (const child of children) child.kill()
  await postgres.stop()
  return [
    { name: `${nodes} × bare node:http`, ...node },
    { name: 'Postgres, empty', ...database },
  ]
}

const total = (rows, of) => rows.reduce((sum, row) => sum + row[of], 0)
const show = (when, rows) =>
  [...rows, { name: 'together', rss: total(rows, 'rss'), pss: total(rows, 'pss') }].map(({ name, rss, pss }) => ({
    when,
    what: name,
    'RSS, MiB': shown(rss),
    'PSS, MiB': shown(pss),
  }))

head(`Memory: the idle product, when ready and ${idleS} s later`)
rmSync(folder, { recursive: true, force: true })
await generateClient()
const dist = await buildForTests()
const postgres = await startPostgres({ folder })
let product
try {
  await makeDatabase(postgres.url, 'posthorn')
  await migrate(postgres.url('posthorn'))
  product = await startProduct({
    folder,
    given: {},
    databaseUrl: postgres.url('posthorn'),
    demo: true,
    dist,
    ports: { web: port, sandbox: port + 2 },
    say,
    step,
  })
  const keeper = json(path.join(folder, 'postgres-keeper.json')).pid
  const measure = () => [
    ...product.parts.map((part) => ({ name: part.name, ...memoryOf(familyOf(part.pid())) })),
    { name: 'Postgres', ...memoryOf(familyOf(postgresIn(postgres.data))) },
    { name: 'npm start itself, and the keeper of Postgres', ...memoryOf([process.pid, keeper]) },
  ]
  // Of Node: each part, this process in the place of npm start, and the keeper of Postgres.
  const nodes = product.parts.length + 2
  const ready = measure()
  await wait(idleS * 1_000)
  const later = measure()
  await product.stop()
  const bare = await floor(nodes)
  console.table([...show('ready', ready), ...show(`${idleS} s later`, later), ...show('floor', bare)])
  for (const of of ['RSS', 'PSS'])
    ratio(
      `${of} of the idle product after ${idleS} s / of the same processes with nothing in them`,
      total(later, of.toLowerCase()) / total(bare, of.toLowerCase()),
    )
} finally {
  await product?.stop()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
}
process.exit(0)
