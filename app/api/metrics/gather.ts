import { AggregatorRegistry } from 'prom-client'
import { z } from 'zod'
import { env } from '@/lib/core/env'
import { request, trustOrigin } from '@/lib/core/http'
import { log } from '@/lib/core/log'
import { gauge, registry } from '@/lib/core/metrics'
import { queueCounts } from '@/lib/core/queue'

const jobs = gauge('posthorn_queue_jobs', 'Jobs on the queue, by queue and state', ['queue', 'state'])
const workerSeen = gauge('posthorn_worker_metrics_seen', '1 when the worker of this machine told what it counts')

/** As prom-client gives and takes them; what is in them is its own affair. */
const Metrics = z.array(z.looseObject({ name: z.string(), values: z.array(z.unknown()) }))

async function countQueue(): Promise<void> {
  jobs.reset()
  try {
    for (const [queue, counts] of Object.entries(await queueCounts()))
      for (const [state, value] of Object.entries(counts)) jobs.set({ queue, state }, value)
  } catch (error) {
    // The rest is worth reading all the more when the queue cannot be asked.
    log.warn({ error: String(error) }, 'the queue could not be counted')
  }
}

async function askWorker(): Promise<readonly object[]> {
  const port = env().WORKER_METRICS_PORT
  if (port === undefined) return []
  const url = `http://127.0.0.1:${port}/json`
  trustOrigin(url, 'worker')
  const answer = await request({ url, mutation: false, allow: 'worker', timeoutMs: 2_000 })
  return answer.kind === 'answer' && answer.status === 200 ? Metrics.parse(JSON.parse(answer.text())) : []
}

/** What this process counts, how full the queue is, and what the worker beside it counts, in Prometheus' own format. */
export async function gatherMetrics(): Promise<string> {
  const [worker] = await Promise.all([askWorker(), countQueue()])
  workerSeen.set(worker.length > 0 ? 1 : 0)
  const own = await registry.getMetricsAsJSON()
  // Its type asks for the results of each process, and its declaration for one metric of each.
  const each = [own, worker] as unknown as Parameters<typeof AggregatorRegistry.aggregate>[0]
  return AggregatorRegistry.aggregate(each).metrics()
}
