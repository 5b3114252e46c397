/**
 * The floor: BullMQ with the product's own settings, backend and concurrency, in a process of its own like the worker,
 * and a job that does nothing but note the time. The key of a job ends in the instant it was due.
 */
import { closeQueues, startWorkers } from '@/lib/core/queue'

const latenessMs: number[] = []
const stop = await startWorkers(async (job) => {
  // What another measurement on this database left to be done later is none of ours.
  const due = /floor-\d+-(?:\d+-)?(\d+)$/.exec(job.id ?? '')?.[1]
  if (due) latenessMs.push(Date.now() - Number(due))
})
process.send?.({ ready: true })
process.on('message', () => process.send?.({ latenessMs }))
process.on('SIGTERM', () => {
  void stop()
    .then(closeQueues)
    .then(() => process.exit(0))
})
