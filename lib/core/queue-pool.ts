import { Pool } from 'pg'
import { env } from './env'

type Shared = { readonly pool: Pool; users: number }
// `next dev` loads modules again on each change; without this every change would leave a pool behind.
const kept = globalThis as typeof globalThis & { posthornQueuePool?: Shared | undefined }

/**
 * The connections to Postgres that all queues, all workers and what processes tell each other share: BullMQ alone would
 * open a pool for each. Whoever listens keeps one of them, a worker for each of its queues; the rest are for questions
 * of a moment. Its tables are made by scripts/migrate.mjs. Whoever takes the pool gives it back by `leaveQueuePool`.
 */
export function queuePool(): Pool {
  const shared = (kept.posthornQueuePool ??= { pool: connect(), users: 0 })
  shared.users += 1
  return shared.pool
}

/** Closes the pool once nobody uses it any more. */
export async function leaveQueuePool(): Promise<void> {
  const shared = kept.posthornQueuePool
  if (!shared) return
  shared.users -= 1
  if (shared.users > 0) return
  kept.posthornQueuePool = undefined
  await shared.pool.end()
}

function connect(): Pool {
  const pool = new Pool({
    connectionString: env().DATABASE_URL,
    max: env().DATABASE_QUEUE_POOL,
    options: '-c search_path=bullmq',
    // A listener whose connection was dropped without a word would wait for ever.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  // Each queue and each worker listens for errors: more than Node's usual ten are no leak.
  pool.setMaxListeners(100)
  return pool
}
