import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a running process was started as, or undefined when there is none. Zombies do not count. */
export function commandLineOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return text === '' ? undefined : text
  } catch {
    // No /proc here (macOS), or no such process.
    if (process.platform === 'linux') return undefined
    const found = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return found.status === 0 ? found.stdout.trim() || undefined : undefined
  }
}

/** Whether the process runs and is what we think it is: numbers of dead processes are given out again. */
export const isRunning = (pid, mark) =>
  Number.isInteger(pid) && pid > 0 && (commandLineOf(pid)?.includes(mark) ?? false)

/** Asks until the answer is true. @returns false when `withinMs` have passed. */
export async function until(ask, withinMs, everyMs = 50) {
  const deadline = Date.now() + withinMs
  while (!(await ask())) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return true
}

/** Sends a signal to a process that may be gone already. */
export function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
