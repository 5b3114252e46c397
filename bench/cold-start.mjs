/**
 * Seconds from a fresh clone to /api/ready by `npm start`, against `npm install` and `next build` alone in another
 * fresh clone. What is measured is the last commit. The floor goes first, so both find the same npm cache.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { root } from '../scripts/place.mjs'
import { freePortFrom } from '../scripts/ports.mjs'
import { head, ratio, shown } from './report.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '5290' } } })
const patienceMs = 900_000
const folder = mkdtempSync(path.join(tmpdir(), 'posthorn-cold-'))
// Postgres runs as another user when we are root, and must get to its data.
chmodSync(folder, 0o755)

// As a newcomer's terminal is: nothing of this checkout, of npm's run or of other databases.
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|DATABASE_|REDIS_|POSTHORN_|NODE_|INIT_CWD|APP_URL|SANDBOX_)/i.test(name),
  ),
)
env.PATH = env.PATH.split(path.delimiter)
  .filter((part) => !part.startsWith(root))
  .join(path.delimiter)

/** Runs a command to its end. @returns how many seconds it took. */
function timed(cwd, command, args, more = {}) {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve((performance.now() - started) / 1_000)
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.trim().slice(-3_000)}`)),
    )
  })
}

const clone = (name) => timed(folder, 'git', ['clone', '-q', '--no-hardlinks', root, name])

async function floor() {
  const cwd = path.join(folder, 'floor')
  await clone('floor')
  const installS = await timed(cwd, 'npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  // The build reads the generated client; making it is not counted.
  await timed(cwd, 'npm', ['run', '--silent', 'prisma', '--', 'generate'])
  const next = path.join(cwd, 'node_modules/next/dist/bin/next')
  const node = path.join(cwd, 'node_modules/.bin/node')
  const buildS = await timed(cwd, node, [next, 'build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  rmSync(cwd, { recursive: true, force: true })
  return { installS, buildS }
}

/** Starts the product and stops it once it is ready. @returns the seconds until then, and each step in its own words. */
async function start(cwd, port) {
  const started = performance.now()
  const child = spawn('npm', ['start'], {
    cwd,
    env: { ...env, PORT: String(port), SANDBOX_PORT: String(port + 1) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/api/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  try {
    while (!(await isReady())) {
      if (child.exitCode !== null) throw new Error(`npm start ended:\n${output.slice(-3_000)}`)
      if (performance.now() - started > patienceMs) throw new Error(`npm start was not ready in time:\n${output}`)
      await wait(100)
    }
    const seconds = (performance.now() - started) / 1_000
    // The last step's line comes when the script has seen the same.
    for (let n = 0; n < 50 && !output.includes('Posthorn is at'); n++) await wait(100)
    return { seconds, steps: output.split('\n').filter((line) => line.includes('✓')) }
  } finally {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGINT')
    await gone
  }
}

head('Cold start: a fresh clone of the last commit, to /api/ready')
try {
  const { installS, buildS } = await floor()
  console.log(`npm install alone ${shown(installS)} s, next build alone ${shown(buildS)} s`)
  const cwd = path.join(folder, 'clone')
  const cloneS = await clone('clone')
  const port = await freePortFrom(Number(values.port))
  const cold = await start(cwd, port)
  const again = await start(cwd, port)
  console.log(`npm start, by its own account:\n${cold.steps.join('\n')}`)
  console.table([
    { what: 'git clone', seconds: shown(cloneS) },
    { what: 'npm install alone', seconds: shown(installS) },
    { what: 'next build alone', seconds: shown(buildS) },
    { what: 'npm start, fresh clone to ready', seconds: shown(cold.seconds) },
    { what: 'npm start, again', seconds: shown(again.seconds) },
  ])
  ratio('fresh clone to ready / (npm install + next build alone)', cold.seconds / (installS + buildS))
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
}
