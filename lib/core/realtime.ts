import { createPostgresRelayBackend, createRedisRelayBackend, Relay, type RelayBackendFactory } from 'bullmq'
import { Redis } from 'ioredis'
import { env } from './env'
import { log } from './log'

const kept = globalThis as typeof globalThis & { posthornRelay?: Relay<unknown> }

/** The fan-out between processes, on the same backend as the queue. */
function relay(): Relay<unknown> {
  if (kept.posthornRelay) return kept.posthornRelay
  const url = env().REDIS_URL
  const made = new Relay<unknown>({
    namespace: 'posthorn',
    connection: url
      ? new Redis(url, { maxRetriesPerRequest: null })
      : { connectionString: env().DATABASE_URL, schema: 'bullmq', migrate: true, max: 3 },
    // The two backends differ only in the type of connection they take, which the line above pairs with them.
    backend: (url ? createRedisRelayBackend : createPostgresRelayBackend) as unknown as RelayBackendFactory<unknown>,
  })
  made.on('error', (error: Error) => log.error({ error: error.message }, 'realtime'))
  return (kept.posthornRelay = made)
}

/** Tells everyone who listens to a topic. Best effort: what must not be lost is in the database. */
export async function announce(topic: string, data: unknown): Promise<void> {
  try {
    await relay().publish(topic, data)
  } catch (error) {
    log.warn({ topic, error: String(error) }, 'nobody could be told')
  }
}

/** Listens to a topic. @returns a function that stops listening. */
export async function listen(topic: string, hear: (data: unknown) => void): Promise<() => Promise<void>> {
  const subscription = await relay().subscribe(topic, ({ data }) => hear(data))
  return () => subscription.unsubscribe()
}

export async function closeRealtime(): Promise<void> {
  await kept.posthornRelay?.close()
  kept.posthornRelay = undefined
}
