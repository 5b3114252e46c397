import { hour, inMs } from '@/lib/core/clock'
import { isLapsed, isOrUsed, type PlatformError } from '@/lib/platforms'

/** How often files are brought anew before a network's word on them is taken for a refusal. */
const anewAtMost = 2
/** No network forgets files so soon. */
const soonMs = hour

/** Tries before this one, as the ledger has them. */
export type Tried = { readonly startedAt: Date; readonly outcome: string | null; readonly answer: unknown }

const isAnew = ({ startedAt, outcome, answer }: Tried): boolean =>
  outcome === 'not_sent' &&
  startedAt > inMs(-soonMs) &&
  typeof answer === 'object' &&
  answer !== null &&
  'said' in answer &&
  'lapsed' in answer

/** What a network said, taken for the refusal it is when files were brought anew for it again and again just now. */
export function unlessInVain(error: PlatformError, triedBefore: boolean, tries: readonly Tried[]): PlatformError {
  if (error.code !== 'unavailable' || !isLapsed(error) || error.said === undefined) return error
  // Files that may stand in an earlier try in doubt are looked for.
  if (triedBefore && isOrUsed(error)) return error
  return tries.filter(isAnew).length >= anewAtMost ? { code: 'rejected', reason: error.said } : error
}
