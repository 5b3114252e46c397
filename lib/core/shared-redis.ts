import { Redis, type RedisOptions } from 'ioredis'
import { second } from './clock'
import { env } from './env'
import { log } from './log'

const answersWithinMs = 5 * second
const connectsWithinMs = 2 * second

/**
 * Who asks promptly is told at once that Redis is away, as somebody waits for the answer: those who queue and announce,
 * and the doors. Who is patient waits until it is back: the workers, whose clients BullMQ copies from this one.
 */
const manners = {
  prompt: {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: connectsWithinMs,
    commandTimeout: answersWithinMs,
    // One that holds the line and says nothing is away too.
    socketTimeout: answersWithinMs,
  },
  patient: { maxRetriesPerRequest: null },
} satisfies Record<string, RedisOptions>
type Manner = keyof typeof manners

/** `begun` ends as soon as it is known whether the first connection came about; it never fails. */
type Shared = { readonly client: Redis; readonly begun: Promise<void>; users: number }
// `next dev` loads modules again on each change; without this every change would leave connections behind.
const kept = globalThis as typeof globalThis & { posthornRedis?: Map<Manner, Shared> }
const shared = (kept.posthornRedis ??= new Map())

/**
 * The client that everything of this process shares which asks Redis in this manner: as shared-pool.ts does for
 * Postgres. Whoever takes it gives it back by `leaveRedis`.
 */
export function takeRedis(manner: Manner): Redis {
  const known = shared.get(manner) ?? connect(manner)
  shared.set(manner, known)
  known.users += 1
  return known.client
}

/** Closes the client once nobody uses it any more. */
export function leaveRedis(manner: Manner): void {
  const known = shared.get(manner)
  if (!known) return
  known.users -= 1
  if (known.users > 0) return
  shared.delete(manner)
  known.client.disconnect()
}

/** Ends when Redis can be asked promptly. Throws when it is away, within 2 s at first and at once from then on. */
export async function redisAnswers(): Promise<void> {
  const known = shared.get('prompt')
  if (!known) throw new Error('Nobody has taken Redis')
  await known.begun
  if (known.client.status !== 'ready') throw new Error('Redis is away')
}

let isTold = false
const isAway = () => [...shared.values()].some(({ client }) => client.status !== 'ready')

/** Logs trouble with queue or realtime. That Redis is away is said once until it is back, however many find out. */
export function tellTrouble(error: Error, what: string, of: Readonly<Record<string, unknown>> = {}): void {
  if (isTold) return
  isTold = isAway()
  log.error({ ...of, error: error.message }, what)
}

function connect(manner: Manner): Shared {
  const client = new Redis(env().REDIS_URL ?? '', manners[manner])
  // Each queue listens for errors: more than Node's usual ten are no leak.
  client.setMaxListeners(100)
  client.on('error', (error) => {
    tellTrouble(error, 'redis')
    // Queues and realtime hear of the same error next.
    isTold = true
  })
  client.on('ready', () => {
    if (!isAway()) isTold = false
  })
  const begun = new Promise<void>((resolve) => {
    client.once('ready', resolve)
    client.once('close', resolve)
    setTimeout(resolve, connectsWithinMs).unref()
  })
  return { client, begun, users: 0 }
}
