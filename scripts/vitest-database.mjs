/**
 * Vitest's set-up of each test file: a process as if it were new, and a fresh, migrated database, so that what one file
 * leaves due or queued is never found by another. With REDIS_URL, an empty Redis database for each of Vitest's workers.
 */
import { afterAll, inject, vi } from 'vitest'
import { scratchDatabaseOn } from './scratch-database.mjs'
import { testSettings } from './test-settings.mjs'

startAnew()
for (const [name, value] of Object.entries(testSettings())) process.env[name] ??= value
const database = await scratchDatabaseOn(inject('scratchServer'))
process.env.DATABASE_URL = database.url
// The last hook to be registered first runs last: pools are closed by then, and the rest is forced.
afterAll(() => database.drop())

if (process.env.REDIS_URL) {
  const { Redis } = await import('ioredis')
  const url = new URL(process.env.REDIS_URL)
  url.pathname = `/${process.env.VITEST_POOL_ID ?? 1}`
  process.env.REDIS_URL = url.href
  const redis = new Redis(url.href)
  await redis.flushdb()
  redis.disconnect()
}

/** Forgets what the files before have set, kept and loaded of ours. Packages stay loaded: that is what takes long. */
function startAnew() {
  const first = (globalThis.environmentAtFirst ??= { ...process.env })
  for (const name of Object.keys(process.env)) if (!(name in first)) delete process.env[name]
  Object.assign(process.env, first)
  for (const name of Object.keys(globalThis)) if (name.startsWith('posthorn')) delete globalThis[name]
  // What is read anew listens anew for the end of the process.
  process.setMaxListeners(0)
  vi.unstubAllGlobals()
  vi.useRealTimers()
  vi.resetModules()
}
