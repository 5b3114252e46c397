import { existsSync } from 'node:fs'
import { aptInstall, runs } from './apt.mjs'
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

/** The shell shows the same pages without a window's work, for a sixth less of the processor's time. */
const usual = [
  '/usr/bin/chromium-headless-shell',
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

/** Finds Chromium or installs it. Throws with what to do when neither is possible. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) return found
  if (!(await aptInstall('chromium-headless-shell')) && !(await aptInstall('chromium')))
    await runs(
      productNode(),
      [at('node_modules/@playwright/test/cli.js'), 'install', 'chromium'],
      withNode(process.env),
    )
  const installed = await findChromium()
  if (installed) return installed
  throw new Error(
    'There is no Chromium, and it could not be installed. Install it (Debian: apt-get install chromium) or name one with CHROMIUM=/path.',
  )
}
