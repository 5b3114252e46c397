import { hostname } from 'node:os'
import { day, hour, now, second } from '@/lib/core/clock'
import { env, EnvError } from '@/lib/core/env'
import { log } from '@/lib/core/log'
import { closeQueues, startWorkers } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { startTracing } from '@/lib/core/trace'
import { checkNetworkSettings, versionsEnding } from '@/lib/platforms'
import { resealMail, tidyUp } from '@/lib/workspace'
import { misplaced } from '@/lib/workspace/installation'
import { beat } from '@/lib/workspace/system'
import { handle } from './handle'
import { showMetrics } from './metrics'
import { routes, sweeps } from './routes'
import { lookForStrays } from './strays'
import { keepStreams } from './streams'
import { sweepAll } from './sweep'

/** Does `work` again and again, never twice at once. A failure is logged and the next turn comes all the same. */
function every(ms: number, name: string, work: () => Promise<void>): () => void {
  let stopped = false
  let timer: NodeJS.Timeout
  const turn = async () => {
    await work().catch((error: unknown) => log.error({ error: String(error) }, `${name} failed`))
    if (!stopped) timer = setTimeout(turn, ms)
  }
  void turn()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** Calls with an API version that has ended are all refused: said in the log while there is time to update. */
async function warnOfEndingVersions(): Promise<void> {
  for (const ending of versionsEnding(60, now())) log.warn(ending, 'an API version of a network ends: update Posthorn')
}

/** After a new key was put first in ENCRYPTION_KEYS, everything is sealed with it, so that the old one may be taken out. */
async function leaveOldKeys(): Promise<void> {
  for (;;) {
    const batch = await resealMail({})
    if (!batch.ok) throw new Error(batch.error.message)
    if (batch.value.resealed === 0) return
    log.info({ resealed: batch.value.resealed }, 'mail sealed again with the current key')
  }
}

/** Keys or a folder that are not those of the database. */
class Misplaced extends Error {}

async function main(): Promise<void> {
  const { SWEEP_EVERY_MS, WORKER_METRICS_PORT } = env()
  checkNetworkSettings(process.env)
  const why = await misplaced()
  if (why !== undefined) throw new Misplaced(why)
  const workerId = `${hostname()}:${process.pid}`
  const flushTraces = await startTracing('worker')
  const stopWorkers = await startWorkers(handle(routes))
  const streams = keepStreams()
  const stops = [
    every(5 * second, 'heartbeat', () => beat(workerId, now())),
    every(SWEEP_EVERY_MS, 'sweep', () => sweepAll(sweeps)),
    every(5 * second, 'streams', streams.look),
    every(day, 'API versions', warnOfEndingVersions),
    every(day, 'old keys', leaveOldKeys),
    every(day, 'strays', lookForStrays),
    every(hour, 'what is over', async () => void (await tidyUp({}))),
  ]
  const hideMetrics = WORKER_METRICS_PORT === undefined ? undefined : showMetrics(WORKER_METRICS_PORT)
  log.info({ jobs: routes.length }, 'worker ready')

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    for (const end of stops) end()
    hideMetrics?.()
    await Promise.all([stopWorkers(), streams.stop()])
    await Promise.all([closeQueues(), closeRealtime(), flushTraces()])
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

main().catch((error: unknown) => {
  if (error instanceof EnvError || error instanceof Misplaced) {
    process.stderr.write(`${error.message}\n`)
    // EX_CONFIG of sysexits.h: whoever started us need not try again before something was changed.
    process.exit(78)
  }
  log.fatal({ error: error instanceof Error ? error.stack : String(error) }, 'the worker could not start')
  process.exit(1)
})
