import type { PlatformError } from '@/lib/platforms'

/** What follows when a network did not take what was sent to it. */
export type AfterAnswer =
  /** Refused for certain. */
  | { readonly next: 'refuse'; readonly why: string }
  /** For certain nothing was sent: it goes out again by itself. */
  | { readonly next: 'pause'; readonly kind: 'rate_limited' | 'network_down'; readonly until?: Date }
  /** Nothing was sent, and nothing will be with this token. */
  | { readonly next: 'renew' }
  /**
   * It may be there: only a look, a report or a person can say. `taken` when the network has it for certain and is still
   * at work on it, with the name it gave it.
   */
  | { readonly next: 'look'; readonly inMs: number; readonly taken?: { readonly ref?: unknown } }

/**
 * @param triedBefore an earlier try of the same may be at the network
 * @param lagMs how long what was sent may be missing from what is read
 */
export function afterAnswer(error: PlatformError, triedBefore: boolean, lagMs: number): AfterAnswer {
  switch (error.code) {
    case 'rejected':
      // Refused as a repetition after a try in doubt: that try may well be the one it repeats.
      return error.duplicate && triedBefore ? { next: 'look', inMs: lagMs } : { next: 'refuse', why: error.reason }
    case 'rate_limited':
      return { next: 'pause', kind: 'rate_limited', until: error.retryAt }
    case 'unavailable':
      // Files that stand in a post already: that may be the try in doubt.
      return error.orUsed && triedBefore ? { next: 'look', inMs: lagMs } : { next: 'pause', kind: 'network_down' }
    case 'auth_expired':
      return { next: 'renew' }
    case 'outcome_unknown': {
      const { processing: taken } = error
      return taken ? { next: 'look', inMs: taken.checkAfterMs, taken } : { next: 'look', inMs: lagMs }
    }
  }
}
