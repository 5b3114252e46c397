import { z } from 'zod'
import type { Failure } from '@/lib/core/result'
import { Proof, type Outcome } from '@/lib/sending/schema'
import type { JudgedAccount } from '../rules/rules'
import type { PostContent, PostOverride } from '../schema'

export { Proof }

export const variantStates = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'claimed',
  'sending',
  'unknown',
  'reconciling',
  'needs_person',
  'published',
  'refused',
  'cancelled',
  'removed',
] as const
export type VariantState = (typeof variantStates)[number]

/** A post's own state: the most pressing of its variants', or `partly_published` when they ended differently. */
export const postStates = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'sending',
  'unknown',
  'needs_person',
  'published',
  'partly_published',
  'refused',
  'cancelled',
  'removed',
] as const
export type PostState = (typeof postStates)[number]

/** Why a variant is where it is, for people. `message` says what happened and what to do. */
export const StateReason = z.object({
  kind: z.enum([
    'late',
    'unknown',
    'refused',
    'partly',
    'reconnect',
    'rate_limited',
    'media_processing',
    'network_down',
    'duplicate',
    'removal_failed',
  ]),
  message: z.string(),
  /** ISO instant before which nothing is tried. */
  retryAt: z.string().optional(),
})
export type StateReason = z.infer<typeof StateReason>

/** Where a saved post stands. */
export type SavedPost = {
  readonly postId: string
  readonly revision: number
  readonly state: PostState
  /** ISO instant; null for drafts. */
  readonly publishAt: string | null
}

/** What became of each post of a bulk action: one that could not be changed does not stop the others. */
export type BulkOutcome = {
  readonly done: readonly string[]
  readonly failed: readonly { readonly postId: string; readonly error: Failure }[]
}

/** A post as lists and the calendar show it: no body. */
export type PostCard = {
  readonly id: string
  readonly excerpt: string
  readonly state: PostState
  readonly platforms: readonly string[]
  readonly accountIds: readonly string[]
  readonly projectId: string | null
  /** ISO instant; null for drafts. */
  readonly publishAt: string | null
  readonly timeZone: string | null
  readonly recurring: boolean
  readonly mediaCount: number
  readonly revision: number
  /** False while it is being sent or once it is at the network; `whyFixed` says which. */
  readonly movable: boolean
  readonly whyFixed?: string
}
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }
/** `count` is of all drafts without a time, not of this page alone. */
export type DraftsTray = Page<PostCard> & { readonly count: number }

export type LedgerAttempt = {
  readonly id: string
  readonly purpose: 'send' | 'look' | 'upload' | 'remove'
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
/** Counts for a period, as of a moment. */
export type QuickStats = {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly byState: Readonly<Partial<Record<PostState, number>>>
}

type Counted = { readonly count: number; readonly items: readonly PostCard[] }
/** The first few of each list, and how many there are. */
export type Dashboard = {
  readonly asOf: string
  readonly due: Counted
  readonly failed: Counted
  readonly needsYou: Counted
}
export type PostPreview = PostCard & {
  /** At most 1000 characters. */
  readonly text: string
  readonly link?: string
  readonly threadLength: number
  readonly media: readonly {
    readonly id: string
    readonly kind: string
    readonly alt: string
    readonly hasThumb: boolean
  }[]
  readonly variants: readonly {
    readonly accountId: string
    readonly platform: string
    readonly handle: string
    readonly state: VariantState
    readonly url: string | null
    readonly publishAt: string | null
    readonly reason: string | null
  }[]
}
/** What a page says of itself; null where it says nothing. `url` is where it was found, after redirects. */
export type LinkPreview = {
  readonly url: string
  readonly title: string | null
  readonly description: string | null
  readonly imageUrl: string | null
}

/** An account to write for, with what its network allows. */
export type TargetAccount = JudgedAccount & {
  readonly kind: string
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl: string | null
  readonly projectId: string | null
  readonly hasSlots: boolean
  readonly needsReconnect: boolean
  /** Its network itself can say more: what stands against a post, or how much of a quota is used. */
  readonly isAskable: boolean
}

export type Problem = {
  /** Undefined when it concerns the post as a whole. */
  readonly accountId?: string
  readonly platform?: string
  readonly field:
    | 'text'
    | 'title'
    | 'link'
    | 'media'
    | 'thread'
    | 'firstComment'
    | 'poll'
    | 'options'
    | 'targets'
    | 'when'
    | 'alt'
  /** Which of the account's options it concerns. */
  readonly option?: string
  /** `refusal`: the network would refuse it, so it cannot be scheduled. `advice`: worth a look. */
  readonly severity: 'refusal' | 'advice'
  readonly message: string
  /** A picture that the network would take after these changes, in sentences without a full stop. */
  readonly fit?: { readonly mediaId: string; readonly changes: readonly string[] }
}

/** A moment from which an account's posts are more than its network takes within a window. */
export type Overrun = {
  readonly what: 'posts' | 'replies'
  readonly max: number
  readonly windowMs: number
  /** How many there would be in the window that ends at `at`. */
  readonly count: number
  /** ISO instant. */
  readonly at: string
  /** True when the network told its own limit; otherwise its pages do. */
  readonly isLive: boolean
}

/** Something worth knowing before a post goes out, in a sentence. */
export type Foreseen = {
  readonly kind: 'cost' | 'quota' | 'duty' | 'version'
  /** Undefined when it concerns several accounts. */
  readonly accountId?: string
  readonly platform?: string
  /** The day on the workspace's clock that it concerns, `2026-11-26`; undefined when it is no one day. */
  readonly day?: string
  readonly message: string
}

/** What is known of a post before it is scheduled. */
export type PostCheck = {
  readonly problems: readonly Problem[]
  readonly foreseen: readonly Foreseen[]
  /** All accounts and all times together, in millionths of a US dollar. */
  readonly costMicros: number
  /** How often it goes out. `goesOn` when its series has no end: then the next 60 days are counted. */
  readonly times: number
  readonly goesOn: boolean
  /** What each network said against it when it was asked, or why it could not be asked. */
  readonly network: readonly {
    readonly accountId: string
    readonly objections: readonly string[]
    readonly unasked?: string
  }[]
}

/** What lies ahead in a period. */
export type Outlook = {
  readonly from: string
  readonly to: string
  readonly foreseen: readonly Foreseen[]
  readonly costMicros: number
}

/** One post of a file, before anything is written. */
export type ImportedRow = {
  /** Where it stands in the file: a line of the table, or a place in the calendar. */
  readonly row: number
  /** `blocked`: it cannot be imported as it is. `done`: this row of this very file was imported before. */
  readonly state: 'ready' | 'blocked' | 'done'
  readonly excerpt: string
  /** `2026-11-30T09:30` on the wall of `timeZone`; what was written when that is no time; null for drafts. */
  readonly wallTime: string | null
  readonly timeZone: string
  readonly accounts: readonly { readonly id: string; readonly platform: string; readonly handle: string }[]
  readonly problems: readonly { readonly severity: Problem['severity']; readonly message: string }[]
}
export type ImportPreview = {
  readonly rows: readonly ImportedRow[]
  /** About the file as a whole. */
  readonly notes: readonly string[]
  /** What its scheduled posts mean together with what is queued: costs, quotas, duties. */
  readonly foreseen: readonly Foreseen[]
}
export type ImportOutcome = {
  readonly imported: readonly { readonly row: number; readonly postId: string }[]
  readonly skipped: readonly { readonly row: number; readonly message: string }[]
}

/** A page of news that is followed. Times are ISO instants. */
export type FeedCard = {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly template: string
  readonly accountIds: readonly string[]
  readonly projectId: string | null
  readonly isOn: boolean
  readonly checkedAt: string | null
  readonly nextCheckAt: string
  /** How often in a row it could not be read. */
  readonly failures: number
  readonly lastError: string | null
  /** How many of its items became drafts. */
  readonly drafts: number
}
