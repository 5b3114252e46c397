import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { bundleWorker } from '@/scripts/bundle-worker.mjs'

const root = path.resolve(import.meta.dirname, '../..')

export type Workers = {
  /** How many were killed and replaced. */
  deaths(): number
  /** Throws when a worker ended by itself, which no fault may make it do. */
  check(): void
  /** With -9. Resolves when it is gone. */
  kill(pid: number): Promise<void>
  stop(): Promise<void>
}

/** Keeps `howMany` workers running: one that dies is replaced at once, as a supervisor would. `env` is added to ours. */
export async function keepWorkers(howMany: number, env: Readonly<Record<string, string>>): Promise<Workers> {
  const file = await bundleWorker()
  let deaths = 0
  let stopping = false
  let fell: string | undefined
  const running = new Set<ChildProcess>()
  const start = () => {
    const child = spawn(process.execPath, [file], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    running.add(child)
    child.once('exit', (code, signal) => {
      running.delete(child)
      if (stopping) return
      if (signal !== 'SIGKILL') fell = `A worker ended by itself (${signal ?? `code ${code}`})`
      deaths += 1
      start()
    })
  }
  for (let i = 0; i < howMany; i++) start()
  return {
    deaths: () => deaths,
    check() {
      if (fell) throw new Error(fell)
    },
    async kill(pid) {
      await Promise.all([...running].filter((child) => child.pid === pid).map(kill))
    },
    async stop() {
      stopping = true
      await Promise.all([...running].map(kill))
    },
  }
}

function kill(child: ChildProcess): Promise<unknown> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  return gone
}
