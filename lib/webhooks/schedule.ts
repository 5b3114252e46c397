import { day, inMs, second } from '@/lib/core/clock'
import { retrySeconds } from './schema'

/** A receiver may ask for patience, but not for ever. */
const longestMs = day

/**
 * When to try again after so many tries that failed; undefined when that was the last.
 * @param notBefore what the receiver asked for
 */
export function nextTry(tries: number, at: Date, notBefore?: Date): Date | undefined {
  const seconds = retrySeconds[tries - 1]
  if (seconds === undefined) return undefined
  const due = inMs(seconds * second, at)
  if (!notBefore || notBefore <= due) return due
  return new Date(Math.min(notBefore.getTime(), inMs(longestMs, at).getTime()))
}
