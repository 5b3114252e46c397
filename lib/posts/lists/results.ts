import { z } from 'zod'
import type { Failure } from '@/lib/core/result'
import type { PostContent } from '../schema'

export { Proof } from '@/lib/sending/schema'

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

/** A post's own state: the most pressing of its variants', or `partly_published` when they ended differently, or some are still drafts. */
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
    'cut_off',
    'file_gone',
    'duplicate',
    'removal_failed',
  ]),
  message: z.string(),
  /** ISO instant before which nothing is tried. */
  retryAt: z.string().optional(),
})

export type StateReason = z.infer<typeof StateReason>

/** True when a network kept what was to be deleted there, and nothing is tried any more until a person says so. */
export const isStillThere = (reason: StateReason | null | undefined): boolean =>
  reason?.kind === 'removal_failed' && reason.retryAt === undefined

/** Where a saved post stands. */
export type SavedPost = {
  readonly postId: string
  readonly revision: number
  readonly state: PostState
  /** ISO instant; null for drafts. */
  readonly publishAt: string | null
}

/** When a post was to go out, exactly as it was kept. */
export type KeptTimes = {
  /** ISO instant: the earliest, as on the wall. */
  readonly publishAt: string
  readonly wallTime: string
  readonly timeZone: string
  /** ISO instants by account id. */
  readonly byAccount: Readonly<Record<string, string>>
}

/** A post that was moved, and where it was: null when it had no time, or cannot go back to it. */
export type MovedPost = SavedPost & { readonly before: KeptTimes | null }

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
  /** What it is to a series it was made for: one that `repeats`; `ended`, though this one is to come; `past` once this is. */
  readonly series: 'repeats' | 'ended' | 'past' | null
  readonly mediaCount: number
  readonly revision: number
  /** False while it is being sent or once it is at the network; `whyFixed` says which. */
  readonly movable: boolean
  readonly whyFixed?: string
}

/**
 * A post on the calendar at one of its times, with the networks, accounts and state of what goes out then: it is there
 * once for each. `publishAt` is the post's own.
 */
export type CalendarCard = PostCard & {
  /** ISO instant. */
  readonly shownAt: string
}

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }

/** `count` is of all drafts without a time, not of this page alone. */
export type DraftsTray = Page<PostCard> & { readonly count: number }

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
  readonly poll?: PostContent['poll']
  /** The files of its parts as they were written for all accounts, in their order. */
  readonly media: readonly {
    readonly id: string
    readonly kind: string
    readonly alt: string
    readonly thumb: string | null
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
