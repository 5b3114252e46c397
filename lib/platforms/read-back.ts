import { fail, ok, type Result } from '@/lib/core/result'
import type { PlatformError } from './platform'

/** Our clock and a network's may differ by this much, in ms: what we sent may seem older there than its intent. */
export const clockSkewMs = 30_000

/** A list that does not end within its bound was not fully read: what is not in it may be there all the same. */
export const tooMuch: PlatformError = {
  code: 'unavailable',
  reason: 'There is too much since then to be read in full.',
}

/** The only one that was found. Two that look alike prove nothing about ours: a person compares them. */
export function alone<T, Ours>(found: readonly T[], toOurs: (one: T) => Ours): Result<Ours | undefined, PlatformError> {
  const [first, second] = found
  if (second !== undefined)
    return fail({ code: 'outcome_unknown', reason: 'There are two that look like this one: compare them by eye.' })
  return ok(first === undefined ? undefined : toOurs(first))
}
