import { createPostgresRelayBackend, createRedisRelayBackend, Relay, type RelayBackendFactory } from 'bullmq'
import { minute, second } from './clock'
import { env } from './env'
import { log } from './log'
import { leavePool, takePool } from './shared-pool'
import { leaveRedis, redisAnswers, takeRedis, tellTrouble } from './shared-redis'

const kept = globalThis as typeof globalThis & { posthornRelay?: Relay<unknown> }

const onRedis = () => env().REDIS_URL !== undefined

/** The fan-out between processes, on the same backend as the queue. */
function relay(): Relay<unknown> {
  if (kept.posthornRelay) return kept.posthornRelay
  const made = new Relay<unknown>({
    namespace: 'posthorn',
    connection: onRedis() ? takeRedis('prompt') : takePool(),
    // The two backends differ only in the type of connection they take, which the line above pairs with them.
    backend: (onRedis()
      ? createRedisRelayBackend
      : createPostgresRelayBackend) as unknown as RelayBackendFactory<unknown>,
    // Shorter than a prompt client waits for an answer: it would take one that has nothing to tell for one that is away.
    ...(onRedis() ? { blockTimeout: 2 * second } : {}),
  })
  made.on('error', (error: Error) => tellTrouble(error, 'realtime'))
  // Whoever listens hears of a gap by an ear of its own: more than Node's usual ten are no leak.
  made.setMaxListeners(0)
  kept.posthornRelay = made
  isEnding = false
  // It remembers for ever that it could not be reached at first: the next who asks gets another.
  made.waitUntilReady().catch(async () => {
    if (kept.posthornRelay === made) await closeRelay()
  })
  return made
}

/** The fan-out, as soon as it can be asked. On Redis it would wait for ever for one that is away. */
async function reached(): Promise<Relay<unknown>> {
  const via = relay()
  if (onRedis()) await redisAnswers()
  return via
}

/** What travels: all that was said of a topic while the last message was under way. */
type Message = { readonly said: readonly unknown[] }
type Word = { readonly data: unknown; readonly passes: boolean }
const atOnce = 100
/** How long it is known when something that lasts was last said of a topic. */
export const knownMs = 15 * minute
const unsaid = new Map<string, { words: Word[]; saying: Promise<void> }>()

/** Said in place of what could not be. */
const gap = null
const gapAfterMs = 2 * second
const gaps = new Map<string, NodeJS.Timeout>()
/** A process that ends opens no relay anew to tell of a gap. */
let isEnding = false

/**
 * Tells everyone who listens to a topic, in order. Best effort: what must not be lost is in the database. What could not
 * be told is told of as missed, as soon as that can be.
 * @param how.passes true of what is told again in a moment, or over by then: who begins to listen has missed nothing by it
 */
export function announce(topic: string, data: unknown, { passes = false } = {}): Promise<void> {
  const word = { data, passes }
  const under = unsaid.get(topic)
  if (under) {
    under.words.push(word)
    return under.saying
  }
  const words = [word]
  const saying = sayAll(topic, words)
  unsaid.set(topic, { words, saying })
  return saying
}

async function sayAll(topic: string, words: Word[]): Promise<void> {
  try {
    // What is said in the same turn of the loop goes together.
    await new Promise(setImmediate)
    while (words.length > 0) {
      const some = words.slice(0, atOnce)
      const message: Message = { said: some.map(({ data }) => data) }
      const via = await reached()
      await via.publish(topic, message, { retain: some.every(({ passes }) => passes) ? 0 : knownMs })
      words.splice(0, some.length)
    }
  } catch (error) {
    log.warn({ topic, error: String(error) }, 'nobody could be told')
    if (words.some(({ passes }) => !passes)) tellOfGap(topic)
  } finally {
    unsaid.delete(topic)
  }
}

function tellOfGap(topic: string): void {
  if (isEnding || gaps.has(topic)) return
  const timer = setTimeout(() => {
    gaps.delete(topic)
    void announce(topic, gap)
  }, gapAfterMs)
  gaps.set(topic, timer.unref())
}

type Beside = {
  /** Told first when something that lasts was last said of it, unless that is longer ago than `knownMs`: nothing is said in between. */
  readonly before?: (at: Date) => void
  /** Told when something was said that is not heard any more. */
  readonly missed?: () => void
}

/**
 * Listens to a topic from now on.
 * @returns a function that stops listening
 */
export async function listen(
  topic: string,
  hear: (data: unknown) => void,
  { before, missed = () => undefined }: Beside = {},
): Promise<() => Promise<void>> {
  const via = await reached()
  const subscription = await via.subscribe(topic, ({ data, retained, ts }) => {
    if (retained) return before?.(new Date(ts))
    // Only `announce` writes to our topics.
    for (const word of (data as Message).said) {
      if (word === gap) missed()
      else hear(word)
    }
  })
  // Nobody knew of this process for a while: what was said then passed it by.
  via.on('recovered', missed)
  return async () => {
    via.off('recovered', missed)
    await subscription.unsubscribe()
  }
}

export async function closeRealtime(): Promise<void> {
  isEnding = true
  for (const timer of gaps.values()) clearTimeout(timer)
  gaps.clear()
  await closeRelay()
}

async function closeRelay(): Promise<void> {
  const open = kept.posthornRelay
  kept.posthornRelay = undefined
  if (!open) return
  await open.close()
  if (onRedis()) leaveRedis('prompt')
  else await leavePool()
}
