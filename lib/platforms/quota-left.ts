import { AsyncLocalStorage } from 'node:async_hooks'
import { z } from 'zod'
import { inMs, minute, now } from '@/lib/core/clock'

/** How many more calls a network takes until `resetAt`, by its own count. */
export type QuotaLeft = { readonly calls: number; readonly resetAt: Date }

export type Watched<T> = {
  readonly value: T
  /** How many calls it took. */
  readonly calls: number
  /** Of all the quotas that were told of, the one with the fewest calls left. */
  readonly left: QuotaLeft | undefined
}

const watching = new AsyncLocalStorage<{ calls: number; left: QuotaLeft | undefined }>()

/** Does something that calls a network, and says what its answers told of its quotas. No adapter needs to pass that on. */
export async function watchQuota<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const heard: { calls: number; left: QuotaLeft | undefined } = { calls: 0, left: undefined }
  const value = await watching.run(heard, work)
  return { value, ...heard }
}

/** Does something that keeps a pace of its own: what is left of its quota slows nothing else that is watched. */
export const unwatched = <T>(work: () => Promise<T>): Promise<T> => watching.run({ calls: 0, left: undefined }, work)

/** Notes one answer of a network for whoever watches. */
export function noteQuota(headers: Headers): void {
  const heard = watching.getStore()
  if (!heard) return
  heard.calls += 1
  const left = quotaLeft(headers, now())
  if (left) noteLeft(left)
}

/** Notes what is left of a quota for whoever watches, where we count it ourselves. */
export function noteLeft(left: QuotaLeft): void {
  const heard = watching.getStore()
  if (heard && (!heard.left || left.calls <= heard.left.calls)) heard.left = left
}

/** What whoever watches has been told is left by now. */
export const heardLeft = (): QuotaLeft | undefined => watching.getStore()?.left

/**
 * X, Discord and Reddit, Mastodon, Bluesky. Each counts down in `-remaining`; `-reset` is in unix seconds (X, Bluesky,
 * Discord), in seconds from now (Reddit) or a moment in words (Mastodon).
 */
const prefixes = ['x-rate-limit', 'x-ratelimit', 'ratelimit']

/** What the headers of an answer say is left of a quota; undefined where they say nothing. */
export function quotaLeft(headers: Headers, at: Date): QuotaLeft | undefined {
  for (const prefix of prefixes) {
    const calls = Number.parseFloat(headers.get(`${prefix}-remaining`) ?? '')
    const resetAt = momentOf(headers.get(`${prefix}-reset`) ?? '', at)
    if (calls >= 0 && resetAt && resetAt > at) return { calls, resetAt }
  }
  return isNearlySpent(headers) ? { calls: 0, resetAt: inMs(decayMs, at) } : undefined
}

function momentOf(text: string, at: Date): Date | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const seconds = Number(text)
    return seconds > 1_000_000_000 ? new Date(seconds * 1_000) : inMs(seconds * 1_000, at)
  }
  const moment = Date.parse(text)
  return Number.isNaN(moment) ? undefined : new Date(moment)
}

/**
 * Meta tells percentages of an hour that rolls on, and takes no more calls at 100
 * (developers.facebook.com/docs/graph-api/overview/rate-limiting, read 2026-11-21).
 */
const spentFrom = 80
const decayMs = 10 * minute
const Use = z.object({
  call_count: z.number().optional(),
  total_time: z.number().optional(),
  total_cputime: z.number().optional(),
})
const Uses = z.union([z.record(z.string(), z.array(Use)), Use])

function isNearlySpent(headers: Headers): boolean {
  const told = ['x-app-usage', 'x-business-use-case-usage'].flatMap((name) => {
    const uses = Uses.safeParse(parsed(headers.get(name))).data
    if (!uses) return []
    return Object.values(uses).flatMap((use) => (typeof use === 'number' ? use : (use ?? []).flatMap(Object.values)))
  })
  return told.some((percent) => typeof percent === 'number' && percent >= spentFrom)
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
