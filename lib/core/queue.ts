import {
  createPostgresBackend,
  createRedisBackend,
  setDefaultBackendFactory,
  Queue,
  Worker,
  type ConnectionOptions,
  type Processor,
  type QueueOptions,
} from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import type { z } from 'zod'
import { env } from './env'
import { log, requestId } from './log'
import { leavePool, takePool } from './shared-pool'
import { leaveRedis, redisAnswers, takeRedis, tellTrouble } from './shared-redis'

/**
 * Publishing, and what else people do at networks, has a queue of its own, so that slow upkeep never makes a post late; so
 * has media, which takes minutes of a whole core. What waits long for others has queues of its own, too, so that a network
 * or a server that does not answer holds up nothing that others told us: asking networks, AI, and webhooks with mail.
 */
const queueNames = ['publish', 'upkeep', 'asking', 'media', 'ai', 'webhooks'] as const
export type QueueName = (typeof queueNames)[number]

/** How many jobs of each queue one worker does at a time. */
const atOnce = (name: QueueName): number =>
  ({ publish: env().WORKER_CONCURRENCY, upkeep: 8, asking: 8, media: 2, ai: 4, webhooks: 16 })[name]

export type Job<P extends z.ZodType = z.ZodType> = {
  readonly name: string
  readonly payload: P
  readonly attempts: number
  readonly queue: QueueName
}

/** Names a job and the shape of its payload. What it does is bound in worker/routes.ts, so enqueueing never loads the handler. */
export const defineJob = <P extends z.ZodType>(job: {
  name: string
  payload: P
  attempts?: number
  queue?: QueueName
}): Job<P> => ({
  attempts: 5,
  queue: 'upkeep',
  ...job,
})

/** What travels on the queue: ids only, never a body and never a secret. */
export type Envelope = { readonly workspaceId: string; readonly requestId: string; readonly payload: unknown }

export type Enqueued<P extends z.ZodType = z.ZodType> = {
  readonly job: Job<P>
  readonly payload: z.input<P>
  /** A second job with the same key is dropped while the first is kept. */
  readonly key: string
  /** Milliseconds from now. */
  readonly delayMs?: number
  /** Nothing is kept of it when it has ended, well or badly, so that its key may be queued again at once. */
  readonly isForgotten?: boolean
}

const onRedis = () => env().REDIS_URL !== undefined

/**
 * BullMQ on Postgres, or on Redis when REDIS_URL is set. Who uses a queue cannot tell which.
 * A worker waits for Redis as long as it takes, and BullMQ refuses it a client that does not; who queues must not wait.
 */
function connection(of: 'queue' | 'worker'): ConnectionOptions {
  setDefaultBackendFactory((onRedis() ? createRedisBackend : createPostgresBackend) as typeof createRedisBackend)
  // BullMQ's own type names only Redis; the Postgres backend takes a pool.
  return (onRedis() ? takeRedis(of === 'queue' ? 'prompt' : 'patient') : takePool()) as ConnectionOptions
}

const shared = (of: 'queue' | 'worker'): Pick<QueueOptions, 'connection' | 'telemetry'> => ({
  connection: connection(of),
  ...(env().OTEL_EXPORTER_OTLP_ENDPOINT ? { telemetry: new BullMQOtel({ tracerName: 'posthorn' }) } : {}),
})

const kept = globalThis as typeof globalThis & { posthornQueues?: Map<QueueName, Queue<Envelope>> }
const queues = (kept.posthornQueues ??= new Map())

export function queueNamed(name: QueueName): Queue<Envelope> {
  const made =
    queues.get(name) ??
    new Queue<Envelope>(name, {
      ...shared('queue'),
      defaultJobOptions: { removeOnComplete: { age: 3_600, count: 5_000 }, removeOnFail: { age: 7 * 86_400 } },
    })
  if (queues.has(name)) return made
  made.on('error', (error: Error) => tellTrouble(error, 'queue', { queue: name }))
  queues.set(name, made)
  // BullMQ remembers for ever that it could not be reached at first: the next who asks gets another.
  made.waitUntilReady().catch(async () => {
    if (queues.get(name) !== made) return
    queues.delete(name)
    await close(made)
  })
  return made
}

/** A queue that can be asked now. On Redis BullMQ would wait for ever for one that is away. */
async function reached(name: QueueName): Promise<Queue<Envelope>> {
  const queue = queueNamed(name)
  if (onRedis()) await redisAnswers()
  return queue
}

/** Puts a job on the queue for one workspace. Rooms call it through `transact`, after their commit. */
export const enqueueFor = <P extends z.ZodType>(workspaceId: string, job: Enqueued<P>): Promise<void> =>
  enqueueMany(workspaceId, [job])

/** Like `enqueueFor`, for many jobs in one round trip per queue. Throws, and soon, when the queue is away. */
export async function enqueueMany(workspaceId: string, jobs: readonly Enqueued[]): Promise<void> {
  for (const name of queueNames) {
    const mine = jobs.filter(({ job }) => job.queue === name)
    if (mine.length === 0) continue
    const queue = await reached(name)
    await queue.addBulk(
      mine.map(({ job, payload, key, delayMs, isForgotten = false }) => ({
        name: job.name,
        data: { workspaceId, requestId: requestId(), payload: job.payload.parse(payload) },
        // BullMQ keeps ':' for itself.
        opts: {
          jobId: `${job.name}/${key}`.replaceAll(':', '_'),
          // Postgres refuses a part of a millisecond.
          delay: Math.max(0, Math.ceil(delayMs ?? 0)),
          attempts: job.attempts,
          backoff: { type: 'exponential', delay: 1_000, jitter: 0.3 },
          ...(isForgotten ? { removeOnComplete: true, removeOnFail: true } : {}),
        },
      })),
    )
  }
}

/** How many workers of this process keep a connection of the shared pool to listen. */
let listening = 0
/** Places that must be left in it: for what processes tell each other, and for questions. */
const fewestPlaces = 2

function listenWith(workers: number): void {
  if (onRedis()) return
  if (listening + workers + fewestPlaces > env().DATABASE_SHARED_POOL)
    throw new Error(
      `DATABASE_SHARED_POOL is too small for ${listening + workers} workers in one process. Raise it to ${listening + workers + fewestPlaces} or more.`,
    )
  listening += workers
}

/**
 * Starts taking jobs off every queue. A worker that dies holds its jobs for `lockMs` more; then others take them again.
 * @returns a function that finishes what is under way and stops.
 */
export async function startWorkers(process: Processor<Envelope>, lockMs = 30_000): Promise<() => Promise<void>> {
  listenWith(queueNames.length)
  const workers = queueNames.map((name) => {
    const worker = new Worker<Envelope>(name, process, {
      ...shared('worker'),
      concurrency: atOnce(name),
      lockDuration: lockMs,
      stalledInterval: lockMs,
    })
    worker.on('error', (error) => tellTrouble(error, 'worker', { queue: name }))
    worker.on('failed', (job, error) =>
      log.warn(
        { queue: name, job: job?.name, jobId: job?.id, attempt: job?.attemptsMade, error: error.message },
        'job failed',
      ),
    )
    return worker
  })
  const stop = async () => {
    await Promise.all(workers.map(close))
    if (!onRedis()) listening -= queueNames.length
  }
  try {
    await Promise.all(workers.map((worker) => worker.waitUntilReady()))
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Jobs waiting, delayed, active and failed, by queue; also how `/api/ready` asks whether the queue answers. */
export async function queueCounts(): Promise<Record<QueueName, Record<string, number>>> {
  const counts = await Promise.all(
    queueNames.map(
      async (name) =>
        [name, await (await reached(name)).getJobCounts('waiting', 'delayed', 'active', 'failed')] as const,
    ),
  )
  return Object.fromEntries(counts) as Record<QueueName, Record<string, number>>
}

export async function closeQueues(): Promise<void> {
  const open = [...queues.values()]
  queues.clear()
  await Promise.all(open.map(close))
}

async function close(one: Queue | Worker): Promise<void> {
  await one.close()
  if (onRedis()) leaveRedis(one instanceof Worker ? 'patient' : 'prompt')
  else await leavePool()
}
