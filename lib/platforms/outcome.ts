import type { z } from 'zod'
import { parseJsonClean } from '@/lib/core/clean'
import { day, second } from '@/lib/core/clock'
import type { HttpRequest } from '@/lib/core/http'
import { fail, ok, type Result } from '@/lib/core/result'
import type { PlatformError } from './platform'
import { ask } from './read-once'

/** A refusal in the network's own words, as far as they could be read. */
export type Refusal<P> = {
  readonly kind: 'refused'
  readonly status: number
  readonly headers: Headers
  readonly problem?: P
}

/** Why a call gave nothing to work with. `unreadable`: it was accepted, with an answer that is not what is documented. */
export type Trouble<P> =
  | Refusal<P>
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'not_sent'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

export type Reply<T, P> = Promise<Result<{ readonly body: T; readonly headers: Headers }, Trouble<P>>>

/** The JSON in a text, with clean texts, or undefined. Ids stay strings only when the network sends them as strings. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return parseJsonClean(text)
  } catch {
    return undefined
  }
}

/**
 * A network's report, as JSON; undefined where it is none. What stands there as null is left out: makers write that for
 * what is absent, and no words are to be lost for it.
 */
export const parseReport = (rawBody: Uint8Array): unknown =>
  withoutNulls(parseJson(new TextDecoder().decode(rawBody)), 0)

/** Deeper than any report. */
const deepest = 100

function withoutNulls(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  if (Array.isArray(value)) return value.map((each: unknown) => withoutNulls(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[name, withoutNulls(each, depth + 1)]])),
  )
}

/**
 * Makes one call and reads its answer by the given shapes. An empty answer is read as `undefined`. `parse` where plain
 * JSON would lose something: numbers beyond 2^53.
 */
export async function call<T, P>(
  asked: HttpRequest,
  shape: { success: z.ZodType<T>; problem: z.ZodType<P>; parse?: (text: string) => unknown },
): Reply<T, P> {
  const answer = await ask(asked)
  if (answer.kind !== 'answer') return fail(answer)
  const body = (shape.parse ?? parseJson)(answer.text())
  if (answer.status < 200 || answer.status > 299) {
    return fail({
      kind: 'refused',
      status: answer.status,
      headers: answer.headers,
      problem: shape.problem.safeParse(body).data,
    })
  }
  const read = shape.success.safeParse(body)
  if (!read.success)
    return fail({ kind: 'unreadable', reason: `it answered ${answer.status} in a form we do not know` })
  return ok({ body: read.data, headers: answer.headers })
}

/**
 * What doing a call twice would mean. `visible`: something would appear, vanish or be spent twice, so a doubtful outcome
 * must be settled. `none`: reads, and uploads that show nowhere: a doubtful outcome is only a failed try.
 */
export type Effect = 'none' | 'visible'

/**
 * The part of judging that is the same everywhere: no answer, an unreadable answer, an answer of the network's own
 * machinery (5xx, a redirect, 408). `refused` judges the rest: the network read the request and said no.
 */
export function judge<P>(
  label: string,
  trouble: Trouble<P>,
  effect: Effect,
  refused: (refusal: Refusal<P>) => PlatformError,
): PlatformError {
  const doubtful = (reason: string): PlatformError => ({
    code: effect === 'visible' ? 'outcome_unknown' : 'unavailable',
    reason,
  })
  switch (trouble.kind) {
    case 'not_sent':
      return { code: 'unavailable', reason: `${label} could not be reached: ${trouble.reason}.` }
    case 'unknown':
      return doubtful(`${label} was reached, but did not answer: ${trouble.reason}.`)
    case 'unreadable':
      return doubtful(`${label} gave an answer that cannot be read: ${trouble.reason}.`)
    case 'refused':
      if (trouble.status >= 500) return doubtful(`${label} had a fault of its own (HTTP ${trouble.status}).`)
      if (trouble.status < 400 || trouble.status === 408)
        return doubtful(`${label} answered in an unexpected way (HTTP ${trouble.status}).`)
      return refused(trouble)
  }
}

/** Whether a network that says so to one question would say it to any other, too. */
export const endsAll = ({ code }: PlatformError): boolean => code === 'auth_expired' || code === 'rate_limited'

/** For `IncomingPage.missing`: that a part of what is asked for is not to be had, and why. Nothing where that `endsAll`. */
export const whyMissing = (what: string, error: PlatformError): readonly string[] =>
  'reason' in error && !endsAll(error) ? [`${what} cannot be read now: ${error.reason}`] : []

/**
 * What was brought or prepared for something unpublished is gone at its network.
 * @param more `orUsed` and `said` as in `PlatformError`
 */
export const lapsed = (
  label: string,
  more: { readonly orUsed?: true; readonly said?: string } = {},
): PlatformError => ({
  code: 'unavailable',
  reason: `What was prepared for this has expired at ${label}.`,
  lapsed: true,
  ...more,
})

/** Whether that is so: it must be brought anew before anything can be sent. */
export const isLapsed = (error: PlatformError): boolean => error.code === 'unavailable' && error.lapsed === true

/** Whether it may be gone because it was used: then an earlier try in doubt may be there. */
export const isOrUsed = (error: PlatformError): boolean => error.code === 'unavailable' && error.orUsed === true

/** What became of taking something away: what was gone already (404) is as good as taken away. `judged` judges the rest. */
export const removed = <P>(
  answer: Result<unknown, Trouble<P>>,
  judged: (trouble: Trouble<P>) => PlatformError,
): Result<void, PlatformError> =>
  answer.ok || (answer.error.kind === 'refused' && answer.error.status === 404)
    ? ok(undefined)
    : fail(judged(answer.error))

/** What is said of a post that stands without what was to go with it. `what` goes on after “but”: “the playlist”. */
export const withoutExtra = (what: string, why: string): string =>
  `Published, but ${what} was refused: ${sentence(why)}`

/** Notes for `Published`; nothing where there are none. */
export const noting = (notes: readonly string[]): { readonly notes?: readonly string[] } =>
  notes.length > 0 ? { notes } : {}

/** A network is asked again after so long, whatever it said. */
const longestWaitMs = 7 * day

/**
 * The moment that somebody named for coming again, who may name anything: a date that is one, neither before `now` nor
 * more than seven days later. Undefined where they named none.
 * @param unixMs milliseconds since 1970; NaN for none
 */
export function liftedAt(unixMs: number, now: Date): Date | undefined {
  if (Number.isNaN(unixMs)) return undefined
  return new Date(Math.max(now.getTime(), Math.min(unixMs, now.getTime() + longestWaitMs)))
}

/** The same from so many seconds of waiting; undefined unless they are more than none. */
export const liftedAfter = (seconds: number, now: Date): Date | undefined =>
  seconds > 0 ? liftedAt(now.getTime() + Math.ceil(seconds * second), now) : undefined

/** The moment a limit is lifted, from a header in unix seconds or `retry-after` in seconds; else `fallback`. */
export function resetTime(headers: Headers, name: string, fallback: Date, now: Date): Date {
  const unix = Number(headers.get(name))
  const named = unix > 1_000_000_000 ? liftedAt(unix * second, now) : undefined
  return named ?? liftedAfter(Number(headers.get('retry-after')), now) ?? fallback
}

/** Ends a network's own sentence with a full stop, so that ours may follow. */
export const sentence = (text: string): string => {
  const trimmed = text.trim()
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
