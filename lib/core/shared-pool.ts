import { Pool } from 'pg'
import { env } from './env'

type Shared = { readonly pool: Pool; users: number }
// `next dev` loads modules again on each change; without this every change would leave a pool behind.
const kept = globalThis as typeof globalThis & { posthornSharedPool?: Shared | undefined }

/**
 * The connections to Postgres, besides those of lib/core/db, that everything in this process shares: all queues, all
 * workers, what processes tell each other, and the doors. BullMQ alone would open a pool for each. Whoever listens keeps
 * one of them; the rest are for questions of a moment. Whoever takes the pool gives it back by `leavePool`.
 */
export function takePool(): Pool {
  const shared = (kept.posthornSharedPool ??= { pool: connect(), users: 0 })
  shared.users += 1
  return shared.pool
}

/** Closes the pool once nobody uses it any more. */
export async function leavePool(): Promise<void> {
  const shared = kept.posthornSharedPool
  if (!shared) return
  shared.users -= 1
  if (shared.users > 0) return
  kept.posthornSharedPool = undefined
  await shared.pool.end()
}

function connect(): Pool {
  const url = new URL(env().DATABASE_URL)
  // What the address brings along would take the place of ours, not stand beside it.
  const options = [url.searchParams.get('options'), '-c search_path=bullmq'].filter(Boolean).join(' ')
  url.searchParams.delete('options')
  const pool = new Pool({
    connectionString: url.href,
    options,
    max: env().DATABASE_SHARED_POOL,
    // Who waits longer is told so; what was to be queued is found again by the sweeps.
    connectionTimeoutMillis: 30_000,
    // A listener whose connection was dropped without a word would wait for ever.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  // Each queue and each worker listens for errors: more than Node's usual ten are no leak.
  pool.setMaxListeners(100)
  return pool
}
