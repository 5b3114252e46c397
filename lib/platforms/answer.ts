import type { Result } from '@/lib/core/result'
import type { Published } from './part'

/** What went wrong at the network, in our words. Every adapter maps its own codes onto these and no others. */
export type PlatformError =
  | { readonly code: 'auth_expired'; readonly reason: string }
  /** Nothing was done; asking again before `retryAt` is useless. `why` ends a sentence with “because”, where it is ours. */
  | { readonly code: 'rate_limited'; readonly retryAt: Date; readonly why?: string }
  /** Refused for certain. `reason` is a sentence for the author of the post. */
  | {
      readonly code: 'rejected'
      readonly reason: string
      /** The network says it has this already; `duplicateOf` when it names which. */
      readonly duplicate?: boolean
      readonly duplicateOf?: Published
    }
  /**
   * For certain nothing was done: the connection was never made, or the question was only a read. `copy`: what was asked
   * for is not in a copy that is so old, and a newer one may be had after `nextInMs`. `lapsed`: the network has forgotten
   * what was brought or prepared for this, and for certain published nothing of it; it is brought and prepared anew.
   * `orUsed`: it says the same of what stands in a post already, so after an earlier try in doubt that may be ours.
   * `said`: its own sentence, where that may mean something else: brought anew in vain, it was a refusal.
   */
  | {
      readonly code: 'unavailable'
      readonly reason: string
      readonly copy?: { readonly ageMs: number; readonly nextInMs: number }
      readonly lapsed?: true
      readonly orUsed?: true
      readonly said?: string
    }
  /**
   * The request may have gone through: look before trying again. `processing`: the network has taken it for certain and
   * is still at work on it; `findPublished` tells how that ended, and is worth asking after `checkAfterMs`. `ref`, where
   * it is there, is the name the network gave it: to be kept as the part's `prepared` before `findPublished` is asked.
   */
  | {
      readonly code: 'outcome_unknown'
      readonly reason: string
      readonly processing?: { readonly checkAfterMs: number; readonly ref?: unknown }
    }

export type Answer<T> = Promise<Result<T, PlatformError>>
