import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { at } from './place.mjs'

const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined)

/** Whether a folder's node_modules holds what its lock asks for. npm keeps its own account of what is there. */
export function isInstalled(folder = at()) {
  const wanted = packagesOf(path.join(folder, 'package-lock.json')) ?? {}
  const present = packagesOf(path.join(folder, 'node_modules/.package-lock.json'))
  if (!present) return false
  return Object.entries(wanted).every(
    ([place, { version, optional, devOptional }]) =>
      place === '' || optional || devOptional || present[place]?.version === version,
  )
}

/**
 * Installs what the lock asks for, and leaves the lock as it is.
 * Throws with npm's own words when it cannot.
 */
export function install(folder = at()) {
  const npm = process.env.npm_execpath
  const args = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
  ]
  // npm names the file it runs from; without it (node scripts/start.mjs) npm is looked for on the PATH.
  const [command, all] = npm?.endsWith('.js')
    ? [process.execPath, [npm, ...args]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', args]
  return new Promise((resolve, reject) => {
    const child = spawn(command, all, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    child.once('error', (error) => reject(new Error(`npm could not be started: ${error.message}. It comes with Node.`)))
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`npm install ended with ${code}:\n${output.trim()}`)),
    )
  })
}
