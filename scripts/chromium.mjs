import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { at } from './place.mjs'
import { productNode, withNode } from './node.mjs'

/** What Chromium is started with: without a sandbox of its own (it refuses to run as root with it), and quiet on the network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-dev-shm-usage',
]

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const playwrightsOwn = async () => (await import('@playwright/test')).chromium.executablePath()

/** The Chromium of this machine: the one that CHROMIUM names, the system's, or Playwright's. */
export async function findChromium() {
  const named = process.env.CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM is ${named}, but there is no such file.`)
  }
  return [...usual, await playwrightsOwn()].find((file) => file && existsSync(file))
}

const works = (command, args, env = process.env) =>
  spawnSync(command, args, { cwd: at(), stdio: 'ignore', env }).status === 0

/** Runs apt-get as root, or by sudo that asks for nothing. @returns whether it did. */
export function aptInstall(name) {
  if (!works('sh', ['-c', 'command -v apt-get'])) return false
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  // RUNLEVEL=1 keeps a freshly installed service from being started.
  const [command, ...args] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get']
  const get = () => works(command, [...args, 'install', '-y', '--no-install-recommends', name])
  return get() || (works(command, [...args, 'update']) && get())
}

/** Finds Chromium or installs it. Throws with what to do when neither is possible. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) return found
  if (!aptInstall('chromium'))
    works(productNode(), [at('node_modules/@playwright/test/cli.js'), 'install', 'chromium'], withNode(process.env))
  const installed = await findChromium()
  if (installed) return installed
  throw new Error(
    'There is no Chromium, and it could not be installed. Install it (Debian: apt-get install chromium) or name one with CHROMIUM=/path.',
  )
}
