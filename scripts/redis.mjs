import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { aptInstall } from './apt.mjs'
import { freePortFrom } from './ports.mjs'
import { until } from './processes.mjs'

const has = () => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0

const pings = (port) =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'))
    socket.once('data', (text) => {
      resolve(String(text).startsWith('+PONG'))
      socket.destroy()
    })
    socket.once('error', () => resolve(false))
  })

/**
 * Starts a Redis of the tests' own, which keeps nothing. Installs the server with apt where it is missing.
 * @returns undefined when there is none to be had.
 */
export async function startRedis() {
  if (!has() && !((await aptInstall('redis-server')) && has())) return undefined
  const folder = mkdtempSync(path.join(tmpdir(), 'posthorn-redis-'))
  const port = await freePortFrom(46_379)
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  )
  const stop = async () => {
    const gone =
      server.exitCode === null && server.signalCode === null
        ? new Promise((resolve) => server.once('exit', resolve))
        : undefined
    server.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', () => server.kill('SIGKILL'))
  const url = `redis://127.0.0.1:${port}`
  // One that is paused holds its connections and says nothing.
  const [pause, goOn] = [() => void server.kill('SIGSTOP'), () => void server.kill('SIGCONT')]
  if (await until(() => pings(port), 10_000)) return { url, stop, pause, goOn }
  await stop()
  throw new Error('redis-server started but does not answer.')
}
