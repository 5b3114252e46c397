import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)

export type Worker = {
  /** As by kill -9. */
  kill(): Promise<void>
}

/** A worker process of the product, on this file's database. What a dead one held is taken over after 3 s. */
export function startWorker(env: Readonly<Record<string, string>> = {}): Worker {
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './scripts/lifeline.mjs', 'worker/index.ts'], {
    cwd: root,
    env: { ...process.env, PUBLISH_LEASE_MS: '3000', NETWORK_TIMEOUT_MS: '2500', SWEEP_EVERY_MS: '500', ...env },
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = once(child, 'exit')
  return {
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
