import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { take } from './lock.mjs'

/**
 * Makes this process the only one that runs the product, or one part of it alone, from this folder.
 * @returns `other` when there is one already, with its address as soon as it has one; otherwise `at(url)` to say where
 * this one is, and `leave()`.
 */
export function claimFolder(folder, only) {
  const lock = path.join(folder, only ? `running-${only}` : 'running')
  const note = `${lock}.json`
  const pid = take(lock, /(start|dev)\.mjs/)
  if (pid !== undefined) {
    const known = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : {}
    return { other: { pid, url: known.pid === pid ? known.url : undefined } }
  }
  return {
    at: (url) => {
      writeFileSync(`${note}.new`, JSON.stringify({ pid: process.pid, url }))
      renameSync(`${note}.new`, note)
    },
    leave: () => {
      for (const file of [note, lock]) rmSync(file, { force: true })
    },
  }
}
