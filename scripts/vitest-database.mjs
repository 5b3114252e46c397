/**
 * Vitest's set-up of each test file: a fresh, migrated database of its own, so that what one file leaves due or queued
 * is never found by another. With REDIS_URL, an empty Redis database for each of Vitest's workers.
 */
import { afterAll, inject } from 'vitest'
import { scratchDatabaseOn } from './scratch-database.mjs'
import { testSettings } from './test-settings.mjs'

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
