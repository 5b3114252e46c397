import type { Outcome, Proof } from '@/lib/sending/schema'
import type { PostCard, StateReason, VariantState } from '../lists/results'
import type { PostContent, PostOverride } from '../schema'

export type LedgerAttempt = {
  readonly id: string
  readonly purpose: 'send' | 'look' | 'ask' | 'upload' | 'card' | 'remove'
  readonly fence: number
  readonly worker: string
  readonly startedAt: string
  readonly durationMs: number | null
  readonly requestHash: string | null
  readonly outcome: Outcome | null
  /** What the network said, or why nothing came back. Never a secret. */
  readonly answer: unknown
}

export type LedgerStep = {
  readonly id: string
  readonly position: number
  readonly kind: 'post' | 'reply' | 'comment'
  readonly state: 'pending' | 'sending' | 'unknown' | 'done' | 'refused' | 'removed'
  readonly intent: unknown
  readonly requestHash: string | null
  readonly url: string | null
  readonly externalId: string | null
  readonly proof: Proof | null
  readonly attempts: readonly LedgerAttempt[]
}

export type VariantDetail = {
  readonly id: string
  readonly accountId: string
  readonly platform: string
  readonly handle: string
  readonly displayName: string
  readonly override: PostOverride | null
  readonly state: VariantState
  readonly publishAt: string | null
  readonly publishedAt: string | null
  readonly latenessMs: number | null
  readonly url: string | null
  readonly reason: StateReason | null
  readonly steps: readonly LedgerStep[]
  readonly metrics: readonly { readonly takenAt: string; readonly values: Readonly<Record<string, number>> }[]
}

export type PostDetail = PostCard & {
  readonly content: PostContent
  readonly authorName: string
  readonly wallTime: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly recurrence: {
    readonly id: string
    readonly rule: string
    readonly timeZone: string
    readonly endedAt: string | null
  } | null
  readonly variants: readonly VariantDetail[]
}

export type PostVersionRow = {
  readonly id: string
  readonly revision: number
  readonly actorName: string
  readonly createdAt: string
  readonly snapshot: unknown
}
