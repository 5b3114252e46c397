import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import { RateLimiterPostgres, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { env } from './env'
import { leavePool, takePool } from './shared-pool'
import { leaveRedis, redisAnswers, takeRedis } from './shared-redis'

/** The doors and what each lets through: `points` per `seconds`, per key. */
export const doors = {
  signIn: { points: 10, seconds: 300 },
  /** From all addresses together: many more, so that nobody is locked out because others try their name. */
  signInAnywhere: { points: 200, seconds: 3_600 },
  signUp: { points: 10, seconds: 3_600 },
  resetPassword: { points: 5, seconds: 3_600 },
  /** Mails to one address, whoever asks for them. */
  resetMail: { points: 5, seconds: 3_600 },
  invite: { points: 50, seconds: 3_600 },
  invitation: { points: 60, seconds: 3_600 },
  outbox: { points: 600, seconds: 3_600 },
  api: { points: 300, seconds: 60 },
  webhook: { points: 1_200, seconds: 60 },
  upload: { points: 120, seconds: 60 },
  /** A network fetches a video range by range, and all its servers may share an address. */
  publicMedia: { points: 3_000, seconds: 60 },
  linkPreview: { points: 60, seconds: 60 },
  networkQuestion: { points: 240, seconds: 60 },
} as const
export type Door = keyof typeof doors

const kept = globalThis as typeof globalThis & {
  posthornDoors?: Map<Door, RateLimiterAbstract>
  posthornDoorStore?: { readonly pool: Pool } | { readonly redis: Redis } | undefined
}
const limiters = (kept.posthornDoors ??= new Map())

async function limiter(door: Door): Promise<RateLimiterAbstract> {
  const store = (kept.posthornDoorStore ??= env().REDIS_URL ? { redis: takeRedis('prompt') } : { pool: takePool() })
  if ('redis' in store) await redisAnswers()
  const known = limiters.get(door)
  if (known) return known
  const { points, seconds } = doors[door]
  const common = { points, duration: seconds, keyPrefix: door }
  const made =
    'redis' in store
      ? new RateLimiterRedis({ ...common, storeClient: store.redis })
      : new RateLimiterPostgres({
          ...common,
          storeClient: store.pool,
          schemaName: 'public',
          tableName: 'RateLimit',
          tableCreated: true,
        })
  limiters.set(door, made)
  return made
}

export type Passage = {
  readonly open: boolean
  readonly limit: number
  readonly remaining: number
  readonly resetAt: Date
}

/** Counts one visit at a door. `key` is who comes: an address, a person, an API key. */
export async function pass(door: Door, key: string): Promise<Passage> {
  const of = (open: boolean, res: RateLimiterRes): Passage => ({
    open,
    limit: doors[door].points,
    remaining: Math.max(0, res.remainingPoints),
    resetAt: new Date(Date.now() + res.msBeforeNext),
  })
  try {
    return of(true, await (await limiter(door)).consume(key))
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return of(false, refusal)
    throw refusal
  }
}

/** How somebody stands at a door, without a visit. */
export async function standing(door: Door, key: string): Promise<Passage> {
  const { points, seconds } = doors[door]
  const res = await (await limiter(door)).get(key)
  const remaining = Math.max(0, res?.remainingPoints ?? points)
  const resetAt = new Date(Date.now() + (res?.msBeforeNext ?? seconds * 1_000))
  return { open: remaining > 0, limit: points, remaining, resetAt }
}

/** Takes back one visit: a sign-in that succeeded was no guess. */
export async function forgive(door: Door, key: string): Promise<void> {
  await (await limiter(door)).reward(key, 1)
}

export async function closeDoors(): Promise<void> {
  limiters.clear()
  const store = kept.posthornDoorStore
  kept.posthornDoorStore = undefined
  if (!store) return
  if ('redis' in store) leaveRedis('prompt')
  else await leavePool()
}
