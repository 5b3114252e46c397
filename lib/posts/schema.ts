import { z } from 'zod'
import { postStates } from './lists/results'

// The composer judges as it is typed in, by the very rules that the server refuses by.
export type { Choice, OptionField, OptionValue, OptionValues, PollLimits } from '@/lib/platforms/platform'
export { chosenFormat, isAsked, limitsOf, valueOf } from './rules/option-rules'
export { strictestAlt } from './rules/alt-rules'
export { priceMicros } from './rules/price'
export { countedText, mergedContent, placeOfLink, problems, textRule, type JudgedMedia } from './rules/rules'
export { farthestDay, farthestMs } from './times/farthest'
export { tagged, tagLinks } from './write/tags'
export * from './feeds/feed-card'
export * from './import/preview'
export * from './lists/results'
export * from './publish/ledger'
export * from './rules/judgement'

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

/** A question to readers. How many options it needs, and how long each may be, is judged network by network. */
export const Poll = z.object({
  options: z.array(z.string().trim().max(200)).max(20),
  minutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 60),
  multiple: z.boolean().default(false),
})

/** What only one network has about a post (privacy, board, format), by the names of its adapter's options. */
export const Options = z.record(
  z.string().max(40),
  z.union([z.string().max(2_000), z.boolean(), z.array(z.string().max(200)).max(60)]),
)

/** What is written once for all accounts. Lengths are judged by `problems`, network by network; these are only bounds. */
export const PostContent = z.object({
  text: z.string().max(70_000).default(''),
  title: z.string().trim().max(300).optional(),
  link: z.url({ protocol: /^https?$/, error: 'must be a full http(s) address' }).optional(),
  linkTitle: z.string().max(300).optional(),
  linkDescription: z.string().max(600).optional(),
  mediaIds: z.array(id).max(20).default([]),
  /** Alt text for this post only, by media id; otherwise the library's. */
  alts: z.record(id, z.string().max(2_000)).default({}),
  thread: z.array(ThreadPart).max(25).default([]),
  firstComment: z.string().trim().max(10_000).optional(),
  poll: Poll.optional(),
  utm: Utm.optional(),
})
export type PostContent = z.infer<typeof PostContent>

/** What one account says differently. An absent field is the post's own. */
export const PostOverride = z.object({
  text: PostContent.shape.text.unwrap().optional(),
  title: PostContent.shape.title,
  link: PostContent.shape.link.nullable(),
  /** The post's own are of the post's link: beside another link they are not meant. */
  linkTitle: PostContent.shape.linkTitle,
  linkDescription: PostContent.shape.linkDescription,
  mediaIds: z.array(id).max(20).optional(),
  thread: z.array(ThreadPart).max(25).optional(),
  firstComment: PostContent.shape.firstComment.nullable(),
  poll: Poll.nullable().optional(),
  options: Options.optional(),
})
export type PostOverride = z.infer<typeof PostOverride>

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

/** How a browser tells its saves apart, whose answers may be lost. */
const save = {
  saveId: id.optional(),
  /** Its earlier saves of the same that nobody answered, the first first. */
  unanswered: z.array(id).max(100).optional(),
}
export const CreatePost = z.object({
  content: PostContent,
  targets: z.array(Target).max(50).default([]),
  projectId: id.optional(),
  /** When given, the post is scheduled in the same step. */
  when: When.optional(),
  recurrence: z.string().max(500).optional(),
  ...save,
})
/** The time its editor has seen, null for none: a post with another one answers SCHEDULE_CONFLICT. Not given, it may have any. */
const knownPublishAt = z.iso.datetime().nullable().optional()
/** For a post of a series: whether what is done is done to those after it, too. */
export const Scope = z.enum(['this', 'following'])
export type Scope = z.infer<typeof Scope>
export const EditPost = z.object({
  postId: id,
  /** The revision the editor started from; another one answers CONFLICT with what changed. */
  revision: z.number().int().positive(),
  knownPublishAt,
  content: PostContent,
  targets: z.array(Target).max(50),
  projectId: id.nullable().optional(),
  ...save,
  /** Autosaves by one person within ten minutes share a version. They are refused once the post has a time. */
  autosave: z.boolean().default(false),
  scope: Scope.default('this'),
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
export const SchedulePost = z.object({
  postId: id,
  when: When,
  recurrence: z.string().max(500).optional(),
  knownPublishAt,
})
export const PublishNow = z.object({ postId: id, knownPublishAt })
export const ReschedulePost = z.object({ postId: id, when: When })
/** Another time for one account alone. */
export const MoveAccount = z.object({
  postId: id,
  accountId: id,
  when: When.refine(({ kind }) => kind !== 'now', 'must be a time: only a whole post is published at once'),
})
/** Puts a post back where a move or a cancellation said it was. */
export const PutBackPost = z.object({
  postId: id,
  times: WallTime.omit({ fold: true }).extend({
    publishAt: z.iso.datetime(),
    byAccount: z.record(id, z.iso.datetime()),
  }),
})
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
export const CancelPost = OnePost.extend({ scope: Scope.default('this') })
export const OneVariant = z.object({ variantId: id })
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
/** The posts of a filter, as a file. */
export const ExportPosts = PostFilter.extend({
  format: z.enum(['csv', 'ics']),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
})
/** At most 62 days at once. */
export const CalendarWindow = PostFilter.extend({
  from: z.coerce.date(),
  to: z.coerce.date(),
  cursor: z.string().max(200).optional(),
  take: z.number().int().min(1).max(2_000).default(1_000),
})

/** A post that is yet to be saved or scheduled, to be told what stands against it and what it would mean. */
export const CheckPost = z.object({
  content: PostContent,
  targets: z.array(Target).max(50).default([]),
  when: When.optional(),
  recurrence: z.string().max(500).optional(),
  /** The post as it is saved: it is not counted a second time. */
  postId: id.optional(),
  /** Asks the networks, too: what they say against it, and how much of their limits is used. Takes seconds. */
  askNetworks: z.boolean().default(false),
})
export const PostChoices = z.object({
  accountId: id,
  field: z.string().max(40),
  given: Options.default({}),
  afresh: z.boolean().default(false),
})

/** The most characters of a file that are imported at once. */
export const mostTogether = 800_000

/** A file of posts, whole: a table or a calendar. */
export const ImportFile = z.object({
  format: z.enum(['csv', 'ics']),
  text: z.string().min(1, 'is empty').max(mostTogether, 'is larger than 800 kB: split it'),
  /** For posts that name no account. */
  accountIds: z.array(id).max(50).default([]),
  projectId: id.optional(),
})
export const ImportPosts = ImportFile.extend({
  /** Only these rows; all that can be imported when absent. */
  rows: z.array(z.number().int().positive()).max(1_000).optional(),
})

const feedUrl = z.url({ protocol: /^https?$/, error: 'must be the feed’s full address' }).max(2_000)
const feedWords = {
  template: z.string().trim().min(1, 'say what a draft should say, like {title} {link}').max(5_000),
  accountIds: z.array(id).max(50),
}
export const CreateFeed = z.object({
  url: feedUrl,
  template: feedWords.template.default('{title}\n\n{link}'),
  accountIds: feedWords.accountIds.default([]),
  projectId: id.optional(),
})
export const OneFeed = z.object({ feedId: id })
export const UpdateFeed = OneFeed.extend({
  template: feedWords.template.optional(),
  accountIds: feedWords.accountIds.optional(),
  projectId: id.nullable().optional(),
  isOn: z.boolean().optional(),
})

const Period = z.object({ from: z.coerce.date(), to: z.coerce.date(), projectId: id.optional() })
/** What a calendar shows of a period. */
export const ShownPeriod = PostFilter.extend(Period.shape)
/** What is counted by state, so a state is not chosen here. */
export const CountedPeriod = PostFilter.omit({ states: true }).extend(Period.shape)

export const LinkPreviewOf = z.object({ url: PostContent.shape.link.unwrap() })

/** What is said to those who may write but not schedule, wherever they would change a scheduled post. */
export const mayNotChangeScheduled =
  'This post is scheduled, and your role may not change what goes out. Ask a manager, or duplicate it as a draft.'
