import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { prisma } from '@/lib/core/db'
import { bundleWorker } from '@/scripts/bundle-worker.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const readyWithinMs = 90_000

const start = (...args: readonly string[]) => {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // Nothing of ours may outlive the measurement.
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

const stopping = (child: ChildProcess) => async () => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** Asks every `everyMs` until it is so. Throws after `withinMs`, and when `child` has ended by itself. */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  { withinMs, everyMs = 250, child }: { withinMs: number; everyMs?: number; child?: ChildProcess },
): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await isSo())) {
    if (child && child.exitCode !== null) throw new Error(`A worker ended by itself while waiting until ${what}`)
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs / 1_000} s in vain until ${what}`)
    await wait(everyMs)
  }
}

/** The product's worker, as it is shipped. Ready when its queues are: that is when it first says that it is alive. */
export async function startProductWorker() {
  const child = start(await bundleWorker())
  const id = `${hostname()}:${child.pid}`
  await until('the worker is ready', async () => (await prisma.workerHeartbeat.count({ where: { id } })) > 0, {
    withinMs: readyWithinMs,
    child,
  })
  return { child, stop: stopping(child) }
}

/**
 * Milliseconds of processor time a process has used, in steps of ten: what it costs, however busy the machine is.
 * Read from /proc, so 0 where there is none.
 */
export function cpuMsOf({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return 0
  // After the name, which may hold spaces, utime and stime are the 12th and the 13th; Linux counts 100 a second.
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** A server in a process of its own, once it has said at which address it listens. */
export async function startServer(script: string) {
  const child = start('--import', 'tsx', script)
  let url = ''
  child.once('message', (said) => (url = String(said)))
  await until(`${script} listens`, async () => url !== '', { withinMs: readyWithinMs, everyMs: 20, child })
  return { url, child, stop: stopping(child) }
}

const Lateness = z.object({ latenessMs: z.array(z.number()) })

/** The floor's worker. `lateness()` says how late each job ran, in milliseconds. */
export async function startNoopWorker() {
  const child = start('--import', 'tsx', 'bench/queue/noop-worker.ts')
  let ready = false
  child.once('message', () => (ready = true))
  await until('the floor’s worker is ready', async () => ready, { withinMs: readyWithinMs, everyMs: 20, child })
  const lateness = async () => {
    const answer = new Promise<unknown>((resolve) => child.once('message', resolve))
    child.send('lateness')
    return Lateness.parse(await answer).latenessMs
  }
  return { child, lateness, stop: stopping(child) }
}
