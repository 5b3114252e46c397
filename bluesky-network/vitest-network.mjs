import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { isNetworkInstalled, serverFolder } from '../scripts/bluesky-network.mjs'
import { at } from '../scripts/place.mjs'

/** Vitest's global set-up: one network for all files. Each file makes accounts of its own on it. */
export default async function setUp(project) {
  if (!isNetworkInstalled())
    throw new Error('The Bluesky network is not installed. `npm run test:bluesky` installs it and runs these tests.')
  const preloads = [path.join(serverFolder, 'loopback.mjs'), at('scripts/lifeline.mjs')]
  const child = spawn(
    process.execPath,
    [...preloads.flatMap((file) => ['--import', file]), path.join(serverFolder, 'network.mjs')],
    // The input is the lifeline: it closes when we die in whatever way.
    { cwd: serverFolder, env: { ...process.env, LOG_ENABLED: 'false' }, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
  }
  try {
    project.provide('pds', await addressFrom(child))
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Waits for the line that names its address; what its libraries print besides is not for us. */
function addressFrom(child) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The Bluesky network did not start within 2 minutes.')), 120_000)
    const settle = (act) => (value) => {
      clearTimeout(late)
      act(value)
    }
    const fell = (code, signal) =>
      settle(reject)(new Error(`The Bluesky network ended (${signal ?? code}) before it was ready.`))
    child.once('error', settle(reject))
    child.once('exit', fell)
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"pds":')) settle(resolve)(JSON.parse(line).pds)
    })
  })
}
