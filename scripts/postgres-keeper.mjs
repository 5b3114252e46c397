/**
 * Stands between Posthorn and its Postgres: starts it, and shuts it down cleanly when nobody holds it any more.
 * To hold Postgres is to keep a connection to this process open, so a holder killed with -9 lets go as well.
 */
import { spawn } from 'node:child_process'
import { openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { isRunning, signal, until } from './processes.mjs'

/** `adopt` is the number of a Postgres that runs already; otherwise `start` says what to run. */
const { adopt, start, data, note, logFile, graceMs } = JSON.parse(process.argv[2])

let postgres = adopt
if (start) {
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn(start.command, start.args, {
    ...start.user,
    cwd: data,
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.once('error', (error) => {
    writeFileSync(log, `${error.message}\n`)
    leave(1)
  })
  child.once('exit', (code) => leave(code ?? 1))
  postgres = child.pid
} else {
  setInterval(() => isRunning(postgres, data) || leave(0), 1_000)
}

function leave(code) {
  rmSync(note, { force: true })
  process.exit(code)
}

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  server.close()
  // SIGINT is Postgres' fast shutdown: open transactions are rolled back and everything is on disk.
  signal(postgres, 'SIGINT')
  if (!(await until(() => !isRunning(postgres, data), 20_000))) signal(postgres, 'SIGQUIT')
  await until(() => !isRunning(postgres, data), 5_000)
  leave(0)
}

const holders = new Set()
let grace = setTimeout(stop, 15_000)
const server = createServer((holder) => {
  if (stopping) return holder.destroy()
  clearTimeout(grace)
  holders.add(holder)
  holder.on('error', () => holder.destroy())
  holder.on('data', () => {
    const last = holders.size === 1
    holder.end(last ? 'stopping' : 'kept')
    if (last) void stop()
  })
  holder.on('close', () => {
    holders.delete(holder)
    if (holders.size === 0) grace = setTimeout(stop, graceMs)
  })
  holder.write('held\n')
})
server.listen(0, '127.0.0.1', () => {
  // Whoever started us looks for it all the time, and must never read half of it.
  writeFileSync(`${note}.new`, JSON.stringify({ pid: process.pid, port: server.address().port }), { mode: 0o600 })
  renameSync(`${note}.new`, note)
})
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, stop)
