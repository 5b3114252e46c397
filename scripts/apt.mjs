import { spawn } from 'node:child_process'
import { at } from './place.mjs'

/** Runs a program and says nothing. @returns whether it ended well. */
export const runs = (command, args, env = process.env) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: at(), stdio: 'ignore', env })
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })

/** Installs a Debian package with apt-get, as root or by sudo that asks for nothing. @returns whether it did. */
export async function aptInstall(name) {
  if (!(await runs('sh', ['-c', 'command -v apt-get']))) return false
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  // RUNLEVEL=1 keeps a freshly installed service from being started.
  const [command, ...args] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get']
  const get = () => runs(command, [...args, 'install', '-y', '--no-install-recommends', name])
  return (await get()) || ((await runs(command, [...args, 'update'])) && (await get()))
}
