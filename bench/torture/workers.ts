import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export type Workers = { deaths(): number; stop(): Promise<void> }

/** Keeps `howMany` workers running: one that dies is replaced at once, as a supervisor would. `env` is added to ours. */
export function keepWorkers(howMany: number, env: Readonly<Record<string, string>>): Workers {
  let deaths = 0
  let stopping = false
  const running = new Set<ChildProcess>()
  const start = () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'worker/index.ts'], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    running.add(child)
    child.once('exit', () => {
      running.delete(child)
      if (stopping) return
      deaths += 1
      start()
    })
  }
  for (let i = 0; i < howMany; i++) start()
  return {
    deaths: () => deaths,
    async stop() {
      stopping = true
      await Promise.all(
        [...running].map((child) => {
          const gone = new Promise((resolve) => child.once('exit', resolve))
          child.kill('SIGKILL')
          return gone
        }),
      )
    },
  }
}
