import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { commandLineOf, until } from './processes.mjs'

const holder = (file) => {
  try {
    return { pid: Number(readFileSync(file, 'utf8')), ageMs: Date.now() - statSync(file).mtimeMs }
  } catch (error) {
    if (error.code === 'ENOENT') return { pid: 0, ageMs: Number.POSITIVE_INFINITY }
    throw error
  }
}

/**
 * Takes the lock, a file that names its process. @returns the number of the process that has it already, or undefined.
 * Only a process whose command line matches `mark` counts: numbers of dead processes are given out again.
 */
export function take(file, mark = /./) {
  mkdirSync(path.dirname(file), { recursive: true })
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return undefined
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const { pid, ageMs } = holder(file)
      // A file without a number is being written this instant, unless its writer died just then.
      if (pid === 0 ? ageMs < 5_000 : mark.test(commandLineOf(pid) ?? '')) return pid
      rmSync(file, { force: true })
    }
  }
}

/** Does the work while no other process does it. Waits its turn, two minutes at most; the dead are passed over. */
export async function withLock(file, work) {
  if (!(await until(() => take(file) === undefined, 120_000)))
    throw new Error(`Another process has held ${file} for two minutes. Remove it if nothing of Posthorn runs.`)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}
