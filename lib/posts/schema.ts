import { z } from 'zod'
import type { Failure } from '@/lib/core/result'
import type { JudgedAccount } from './rules'

// The composer judges as it is typed in, by the very rules that the server refuses by.
export { countedText, mergedContent, priceMicros, problems, type JudgedAccount, type JudgedMedia } from './rules'
export { tagged, tagLinks } from './tags'

const id = z.string().min(1).max(64)
const utmField = z.string().trim().max(100).optional()

/** Tags put on links when the intent is written, so that every retry carries the same. */
export const Utm = z.object({
  source: utmField,
  medium: utmField,
  campaign: utmField,
  term: utmField,
  content: utmField,
})
export type Utm = z.infer<typeof Utm>

/** One more post below the first. */
export const ThreadPart = z.object({ text: z.string().max(70_000), mediaIds: z.array(id).max(20).default([]) })

/** What is written once for all accounts. Lengths are judged by `problems`, network by network; these are only bounds. */
export const PostContent = z.object({
  text: z.string().max(70_000).default(''),
  link: z.url({ protocol: /^https?$/, error: 'must be a full http(s) address' }).optional(),
  linkTitle: z.string().max(300).optional(),
  linkDescription: z.string().max(600).optional(),
  mediaIds: z.array(id).max(20).default([]),
  /** Alt text for this post only, by media id; otherwise the library's. */
  alts: z.record(id, z.string().max(2_000)).default({}),
  thread: z.array(ThreadPart).max(25).default([]),
  firstComment: z.string().max(10_000).optional(),
  utm: Utm.optional(),
})
export type PostContent = z.infer<typeof PostContent>

/** What one account says differently. An absent field is the post's own. */
export const PostOverride = z.object({
  text: PostContent.shape.text.unwrap().optional(),
  link: PostContent.shape.link.nullable(),
  mediaIds: z.array(id).max(20).optional(),
  thread: z.array(ThreadPart).max(25).optional(),
  firstComment: z.string().max(10_000).nullable().optional(),
})
export type PostOverride = z.infer<typeof PostOverride>

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

/** How we know that something is at the network. */
export const Proof = z.object({
  by: z.enum(['answer', 'own_key', 'read_back', 'webhook', 'person']),
  at: z.string(),
  note: z.string().optional(),
})
export type Proof = z.infer<typeof Proof>

/** A wall-clock time, `2026-03-29T09:30`, in an IANA zone. `fold` chooses between the two when clocks go back. */
export const WallTime = z.object({
  wallTime: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'must look like 2026-03-29T09:30'),
  timeZone: z.string().min(1).max(64),
  fold: z.enum(['earlier', 'later']).default('earlier'),
})

/** When a post should go out. */
export const When = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('at') }).extend(WallTime.shape),
  /** An instant, for programs: it is kept with the workspace's zone. */
  z.object({ kind: z.literal('instant'), at: z.coerce.date() }),
  z.object({ kind: z.literal('next_slot') }),
  z.object({ kind: z.literal('now') }),
])
export type When = z.input<typeof When>

const Target = z.object({
  accountId: id,
  /** Where the caller believes the account to be: another network refuses, so that a mix-up of ids posts nothing. */
  platform: z.string().max(40).optional(),
  override: PostOverride.optional(),
})

export const CreatePost = z.object({
  content: PostContent,
  targets: z.array(Target).max(50).default([]),
  projectId: id.optional(),
  /** When given, the post is scheduled in the same step. */
  when: When.optional(),
  recurrence: z.string().max(500).optional(),
})
export const EditPost = z.object({
  postId: id,
  /** The revision the editor started from; another one answers CONFLICT with what changed. */
  revision: z.number().int().positive(),
  content: PostContent,
  targets: z.array(Target).max(50),
  projectId: id.nullable().optional(),
  /** Autosaves by one person within ten minutes share a version. */
  autosave: z.boolean().default(false),
  /** For a post of a series: whether those after it change with it. */
  scope: z.enum(['this', 'following']).default('this'),
})
/** What is to change in a post's content: what is absent stays, null takes away. */
export const ContentChange = PostOverride.extend({
  linkTitle: PostContent.shape.linkTitle.nullable(),
  linkDescription: PostContent.shape.linkDescription.nullable(),
  alts: PostContent.shape.alts.unwrap().optional(),
  utm: Utm.nullable().optional(),
})
export type ContentChange = z.output<typeof ContentChange>
const changes = {
  content: ContentChange.optional(),
  /** When given, the accounts from now on. */
  targets: z.array(Target).max(50).optional(),
  projectId: id.nullable().optional(),
}
export const UpdatePost = z.object({
  postId: id,
  /** When given, a post that was saved since answers CONFLICT. */
  revision: z.number().int().positive().optional(),
  ...changes,
  when: When.optional(),
})
/** The accounts meant by the names of networks, each with the network's only account there unless named by its id. */
export const AccountsMeant = z.object({
  platforms: z.array(z.string().max(40)).max(20).default([]),
  accountIds: z.array(id).max(50).default([]),
  projectId: id.optional(),
})
export const SchedulePost = z.object({ postId: id, when: When, recurrence: z.string().max(500).optional() })
export const ReschedulePost = z.object({ postId: id, when: When })
export const BulkReschedule = z.object({
  postIds: z.array(id).min(1).max(200),
  shiftMinutes: z
    .number()
    .int()
    .min(-525_600)
    .max(525_600)
    .refine((n) => n !== 0, 'must not be 0'),
})
export const OnePost = z.object({ postId: id })
export const DeletePost = z.object({ postId: id, alsoAtNetwork: z.boolean().default(false) })
export const BulkPosts = z.object({ postIds: z.array(id).min(1).max(200) })
export const BulkSchedule = BulkPosts.extend({ when: When })
export const BulkUpdate = BulkPosts.extend(changes)
export const BulkDelete = BulkPosts.extend({ alsoAtNetwork: z.boolean().default(false) })
export const SettleVariant = z.discriminatedUnion('answer', [
  z.object({
    variantId: id,
    answer: z.literal('there'),
    url: z.url({ protocol: /^https?$/, error: 'must be the post’s full address' }),
  }),
  z.object({ variantId: id, answer: z.literal('send_again') }),
  z.object({ variantId: id, answer: z.literal('give_up') }),
])

export type SettleVariant = z.output<typeof SettleVariant>

/** Where a saved post stands. */
export type SavedPost = {
  readonly postId: string
  readonly revision: number
  readonly state: PostState
  /** ISO instant; null for drafts. */
  readonly publishAt: string | null
}

/** A time of the week on the workspace's wall clock: `weekday` 0 is Sunday, `minute` counts from midnight. */
export const Slot = z.object({ weekday: z.number().int().min(0).max(6), minute: z.number().int().min(0).max(1_439) })
export type Slot = z.infer<typeof Slot>
export const SetSlots = z.object({ accountId: id, slots: z.array(Slot).max(168) })

export const ListVersions = z.object({
  postId: id,
  cursor: z.string().max(200).optional(),
  take: z.number().int().min(1).max(100).default(20),
})
export const RestoreVersion = z.object({ postId: id, versionId: id, revision: z.number().int().positive() })
/** What became of each post of a bulk action: one that could not be changed does not stop the others. */
export type BulkOutcome = {
  readonly done: readonly string[]
  readonly failed: readonly { readonly postId: string; readonly error: Failure }[]
}

/** Filters of lists and the calendar; all in the address. */
export const PostFilter = z.object({
  states: z.array(z.enum(postStates)).optional(),
  accountIds: z.array(id).optional(),
  platforms: z.array(z.string()).optional(),
  projectId: id.optional(),
  search: z.string().trim().max(200).optional(),
})
export type PostFilter = z.infer<typeof PostFilter>
export const ListPosts = PostFilter.extend({
  /** `newest`: by creation, latest first. `due`: by time, earliest first, without drafts. */
  sort: z.enum(['newest', 'due']).default('newest'),
  cursor: z.string().max(200).optional(),
  take: z.number().int().min(1).max(100).default(50),
  /** Only posts due from this instant on, and before that one. Drafts have no time and are left out then. */
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
})
/** At most 62 days at once. */
export const CalendarWindow = PostFilter.extend({
  from: z.coerce.date(),
  to: z.coerce.date(),
  take: z.number().int().min(1).max(2_000).default(1_000),
})

export const Period = z.object({ from: z.coerce.date(), to: z.coerce.date(), projectId: id.optional() })

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

export type LedgerAttempt = {
  readonly id: string
  readonly purpose: 'send' | 'look' | 'upload' | 'remove'
  readonly fence: number
  readonly worker: string
  readonly startedAt: string
  readonly durationMs: number | null
  readonly requestHash: string | null
  readonly outcome:
    | 'accepted'
    | 'refused'
    | 'unknown'
    | 'not_sent'
    | 'parked'
    | 'found'
    | 'absent'
    | 'unreadable'
    | 'died'
    | null
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
export const LinkPreviewOf = z.object({ url: PostContent.shape.link.unwrap() })
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
}

export type Problem = {
  /** Undefined when it concerns the post as a whole. */
  readonly accountId?: string
  readonly platform?: string
  readonly field: 'text' | 'link' | 'media' | 'thread' | 'firstComment' | 'targets' | 'when' | 'alt'
  /** `refusal`: the network would refuse it, so it cannot be scheduled. `advice`: worth a look. */
  readonly severity: 'refusal' | 'advice'
  readonly message: string
}
