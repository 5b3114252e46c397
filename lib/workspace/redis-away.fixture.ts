import { z } from 'zod'
import { closeQueues, defineJob, enqueueFor } from '@/lib/core/queue'
import { announce, closeRealtime } from '@/lib/core/realtime'
import { leaveRedis, takeRedis } from '@/lib/core/shared-redis'

/** Run by redis-away.test.ts with a Redis that is away, as a process of its own: its log is read, and that it ends. */
const job = defineJob({ name: 'test.away', payload: z.object({}), queue: 'publish' })
const other = defineJob({ name: 'test.away', payload: z.object({}) })

const client = takeRedis('prompt')
const enough = new Promise<void>((resolve) => {
  let tries = 0
  client.on('reconnecting', () => {
    if (++tries === 6) resolve()
  })
})
const outcomes = await Promise.allSettled([
  enqueueFor('w-1', { job, payload: {}, key: 'a' }),
  enqueueFor('w-1', { job: other, payload: {}, key: 'b' }),
  announce('topic', 'passes', { passes: true }),
])
await enough
await Promise.all([closeQueues(), closeRealtime()])
leaveRedis('prompt')
process.stdout.write(`${JSON.stringify({ outcomes: outcomes.map(({ status }) => status) })}\n`)
