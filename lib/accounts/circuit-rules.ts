import { day, inMs, second } from '@/lib/core/clock'
import type { PlatformError } from '@/lib/platforms/platform'

/** What is called, as networks count it: an account that may not read for a while may well be able to post. */
export const lanes = ['publishing', 'answering', 'settling', 'reading'] as const
export type Lane = (typeof lanes)[number]

/** How a circuit stands. Closed: `openUntil` is null. */
export type Standing = {
  readonly failures: number
  readonly openings: number
  readonly openUntil: Date | null
  readonly why: string | null
  readonly isLimit: boolean
}
export const closed: Standing = { failures: 0, openings: 0, openUntil: null, why: null, isLimit: false }

/** So many failures in a row open it. */
export const failuresToOpen = 5
/** A pause is never longer than this many first ones. */
const longest = 64

/**
 * How a circuit stands after a call. Pure. A network that refuses something answers, and so it is well; one that limits
 * us names when it goes on; one that fails is left alone, each time twice as long as before.
 * @param pauseMs the first pause
 * @param network its label, for people
 */
export function after(
  before: Standing,
  error: PlatformError | undefined,
  { at, pauseMs, network }: { readonly at: Date; readonly pauseMs: number; readonly network: string },
): Standing {
  if (error?.code === 'rate_limited') {
    const until = Math.min(inMs(7 * day, at).getTime(), Math.max(inMs(second, at).getTime(), error.retryAt.getTime()))
    const openUntil = new Date(Math.max(until, before.openUntil?.getTime() ?? 0))
    return { ...before, openUntil, why: error.why ?? `${network} asked us to slow down`, isLimit: true }
  }
  if (!isFailure(error)) return closed
  // Calls that were under way when it opened say nothing new.
  if (before.openUntil && before.openUntil > at) return before
  const failures = before.failures + 1
  // A limit that is over was no failure: what fails after it is the first to fail.
  const hadFailed = before.openUntil !== null && !before.isLimit
  if (!hadFailed && failures < failuresToOpen)
    return { ...before, failures, openUntil: null, why: null, isLimit: false }
  return {
    failures,
    openings: before.openings + 1,
    openUntil: inMs(pauseMs * Math.min(longest, 2 ** before.openings), at),
    why: `${network} failed ${failures} times in a row`,
    isLimit: false,
  }
}

/**
 * Work that the network has taken and goes on with is no failure, and a copy that does not tell yet is none. Nor is it
 * one that the network keeps what is brought to it for so long only.
 */
const isFailure = (error: PlatformError | undefined): boolean =>
  (error?.code === 'unavailable' && !error.copy && !error.lapsed) ||
  (error?.code === 'outcome_unknown' && error.processing === undefined)
