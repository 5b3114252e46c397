/**
 * The floor: BullMQ with the product's own settings, backend and concurrency, in a process of its own like the worker,
 * and a job that does nothing but note the time. The key of a job ends in the instant it was due.
 */
import { closeQueues, startWorkers } from '@/lib/core/queue'

const latenessMs: number[] = []
const stop = await startWorkers(async (job) => {
  latenessMs.push(Date.now() - Number(/-(\d+)$/.exec(job.id ?? '')?.[1]))
})
process.send?.({ ready: true })
process.on('message', () => process.send?.({ latenessMs }))
process.on('SIGTERM', () => {
  void stop()
    .then(closeQueues)
    .then(() => process.exit(0))
})
