import { createPostgresRelayBackend, createRedisRelayBackend, Relay, type RelayBackendFactory } from 'bullmq'
import { Redis } from 'ioredis'
import { minute } from './clock'
import { env } from './env'
import { log } from './log'
import { leavePool, takePool } from './shared-pool'

const kept = globalThis as typeof globalThis & { posthornRelay?: Relay<unknown> }

/** The fan-out between processes, on the same backend as the queue. */
function relay(): Relay<unknown> {
  if (kept.posthornRelay) return kept.posthornRelay
  const url = env().REDIS_URL
  const made = new Relay<unknown>({
    namespace: 'posthorn',
    connection: url ? new Redis(url, { maxRetriesPerRequest: null }) : takePool(),
    // The two backends differ only in the type of connection they take, which the line above pairs with them.
    backend: (url ? createRedisRelayBackend : createPostgresRelayBackend) as unknown as RelayBackendFactory<unknown>,
  })
  made.on('error', (error: Error) => log.error({ error: error.message }, 'realtime'))
  kept.posthornRelay = made
  // It remembers for ever that it could not be reached at first: the next who asks gets another.
  made.waitUntilReady().catch(async () => {
    if (kept.posthornRelay === made) await closeRealtime()
  })
  return made
}

/** What travels: all that was said of a topic while the last message was under way. */
type Message = { readonly said: readonly unknown[] }
const atOnce = 100
/** How long it is known when something was last said of a topic. */
export const knownMs = 15 * minute
const unsaid = new Map<string, { words: unknown[]; saying: Promise<void> }>()

/** Tells everyone who listens to a topic, in order. Best effort: what must not be lost is in the database. */
export function announce(topic: string, data: unknown): Promise<void> {
  const under = unsaid.get(topic)
  if (under) {
    under.words.push(data)
    return under.saying
  }
  const words = [data]
  const saying = sayAll(topic, words)
  unsaid.set(topic, { words, saying })
  return saying
}

async function sayAll(topic: string, words: unknown[]): Promise<void> {
  try {
    // What is said in the same turn of the loop goes together.
    await new Promise(setImmediate)
    while (words.length > 0)
      await relay().publish(topic, { said: words.splice(0, atOnce) } satisfies Message, { retain: knownMs })
  } catch (error) {
    log.warn({ topic, error: String(error) }, 'nobody could be told')
  } finally {
    unsaid.delete(topic)
  }
}

/**
 * Listens to a topic from now on. `before` is told first when something was last said of it, unless that is longer ago
 * than `knownMs`: nothing is said in between.
 * @returns a function that stops listening
 */
export async function listen(
  topic: string,
  hear: (data: unknown) => void,
  before?: (at: Date) => void,
): Promise<() => Promise<void>> {
  const subscription = await relay().subscribe(topic, ({ data, retained, ts }) => {
    if (retained) return before?.(new Date(ts))
    // Only `announce` writes to our topics.
    for (const word of (data as Message).said) hear(word)
  })
  return () => subscription.unsubscribe()
}

export async function closeRealtime(): Promise<void> {
  const open = kept.posthornRelay
  kept.posthornRelay = undefined
  if (!open) return
  await open.close()
  if (env().REDIS_URL === undefined) await leavePool()
}
