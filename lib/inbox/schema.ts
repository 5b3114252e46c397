import { z } from 'zod'
import { incomingKinds, type AnswerFiles } from '@/lib/platforms/platform'
import type { ClockKind, LabelColour } from '@/lib/routing/schema'
import { Proof } from '@/lib/sending/schema'
import type { DraftCard } from './draft-schema'
import { tsqueryOf } from './words'

export { incomingKinds }

const id = z.string().min(1).max(64)
const labelIds = z.array(id).max(50).default([])
const points = z.number().int().min(-100).max(100)

/** How a workspace weighs what comes in. Points are added to the base; -1 to 1 for bounds of sentiment. */
export const TriageFactors = z.object({
  base: z.number().int().min(1).max(100),
  veryNegativeBelow: z.number().min(-1).max(1),
  veryNegative: points,
  veryPositiveAbove: z.number().min(-1).max(1),
  veryPositive: points,
  intents: z.record(z.string().max(40), points),
  influentialFollowers: z.number().int().min(0),
  influential: points,
  toxic: points,
  lowRating: points,
  kinds: z.record(z.string().max(40), points),
  lead: z.record(z.string().max(40), points),
})
export type TriageFactors = z.infer<typeof TriageFactors>

/** One reason for a score, in words for people. */
export const Factor = z.object({ name: z.string(), label: z.string(), points: z.number() })
export type Factor = z.infer<typeof Factor>
export const Scored = z.object({ score: z.number(), factors: z.array(Factor) })
export type Scored = z.infer<typeof Scored>
/** What rules added to a conversation's priority, once each. */
export const Shifts = z.array(z.object({ ruleId: z.string(), name: z.string(), points: z.number() }))
export type Shifts = z.infer<typeof Shifts>
/** What stands in a conversation's `reasons`. */
export const Reasons = z.object({ priority: Scored.optional(), lead: Scored.optional() })
export type Reasons = z.infer<typeof Reasons>

export const conversationStates = ['todo', 'waiting', 'snoozed', 'done'] as const
export type ConversationState = (typeof conversationStates)[number]

/** By which way something came in. */
export const vias = ['webhook', 'poll', 'stream', 'import', 'reply'] as const
export type Via = (typeof vias)[number]

const author = z.object({
  nameless: z.literal(true).optional(),
  externalId: z.string().max(400),
  handle: z.string().max(300),
  displayName: z.string().max(300),
  avatarUrl: z.string().max(2_000).optional(),
  followers: z.number().int().nonnegative().optional(),
})

/** Incoming of lib/platforms, as it comes through a door. */
const IncomingItem = z.object({
  externalId: z.string().min(1).max(400),
  kind: z.enum(incomingKinds),
  change: z.enum(['new', 'edited', 'deleted']).default('new'),
  text: z.string().max(70_000),
  at: z.iso.datetime({ offset: true }),
  author,
  own: z.boolean().default(false),
  conversation: z.string().min(1).max(400),
  parent: z.string().max(400).optional(),
  post: z.string().max(400).optional(),
  url: z.string().max(2_000).optional(),
  media: z
    .array(z.object({ kind: z.enum(['image', 'gif', 'video', 'file']), url: z.string().max(4_000) }))
    .max(40)
    .readonly()
    .default([]),
  rating: z.number().min(1).max(5).optional(),
  reaction: z.string().max(100).optional(),
  ref: z.unknown(),
})

export const Receive = z.object({
  accountId: id,
  items: z.array(IncomingItem).max(500),
  via: z.enum(vias),
})

/** Ready-made lists. `mine`: assigned to who asks; `urgent`: open work of priority 80 and more; `escalated`: AI left it to a person. */
export const views = ['todo', 'mine', 'unassigned', 'urgent', 'escalated', 'waiting', 'snoozed', 'done', 'all'] as const
export type View = (typeof views)[number]

/** As words.ts reads them: all words, “phrases”, or, -without, any ending*. */
const words = z
  .string()
  .trim()
  .max(200, 'Use at most 200 characters')
  .refine((text) => tsqueryOf(text) !== undefined, 'Enter a word to look for')

/** A view of words: one's own, or everybody's. */
export const SaveView = z.object({
  id: id.optional(),
  name: z.string().trim().min(1, 'Enter a name for the view').max(40, 'Use at most 40 characters'),
  words,
  isShared: z.boolean().default(false),
})
export const SavedViewId = z.object({ id })
export type SavedViewCard = {
  readonly id: string
  readonly name: string
  readonly words: string
  readonly isShared: boolean
  /** Conversations in it, counted to 1,000. */
  readonly count: number
}

export const ListConversations = z.object({
  view: z.enum(views).default('todo'),
  /** Only those of these that pass the rest: what a list on a screen asks for when it hears of them. */
  ids: z.array(id).max(100).optional(),
  accountIds: z.array(id).max(50).default([]),
  projectId: id.optional(),
  kind: z.enum(incomingKinds).optional(),
  intent: z.string().max(40).optional(),
  feeling: z.enum(['negative', 'neutral', 'positive']).optional(),
  platform: z.string().max(40).optional(),
  /** Somebody else had the last word, and it wants an answer. */
  unanswered: z.boolean().optional(),
  priorities: z.object({ from: z.number(), below: z.number() }).optional(),
  assigneeId: id.optional(),
  contactId: id.optional(),
  /** In which somebody says nearly the same as in this conversation, and this one. */
  alikeTo: id.optional(),
  teamId: id.optional(),
  /** With one of these labels. */
  labelIds,
  /** Promises that somebody was warned of, or that are broken, and are still owed. */
  sla: z.enum(['at_risk', 'breached']).optional(),
  /** Words of a message, or a person's name or handle. */
  search: z.string().trim().min(2).max(200).optional(),
  /** Somebody else says these words: whole ones, in full text. */
  words: words.optional(),
  /** Done, for this reason. */
  disposition: z.string().trim().max(80).optional(),
  sort: z.enum(['newest', 'priority']).default('newest'),
  cursor: z.string().max(200).optional(),
  /** The page that ends above this conversation, in the place of one that begins below a cursor. */
  before: id.optional(),
  take: z.number().int().min(1).max(100).default(40),
})
export const OneConversation = z.object({ conversationId: id })
/** Whether AI is kept out of a conversation. */
export const HoldAi = z.object({ conversationId: id, held: z.boolean() })
export const ListMessages = z.object({
  conversationId: id,
  /** Older than the message with this id. */
  before: id.optional(),
  take: z.number().int().min(1).max(100).default(50),
})

export const SetState = z.discriminatedUnion('state', [
  z.object({ conversationIds: z.array(id).min(1).max(200), state: z.enum(['todo', 'waiting']) }),
  z.object({
    conversationIds: z.array(id).min(1).max(200),
    state: z.literal('done'),
    disposition: z.string().trim().max(80).optional(),
  }),
  z.object({ conversationIds: z.array(id).min(1).max(200), state: z.literal('snoozed'), until: z.coerce.date() }),
])
/** To a person, or to nobody (null); to a team, or to none. A team alone takes it from who holds it. */
export const Assign = z
  .object({
    conversationIds: z.array(id).min(1).max(200),
    assigneeId: id.nullable().optional(),
    teamId: id.nullable().optional(),
  })
  .refine(({ assigneeId, teamId }) => assigneeId !== undefined || teamId !== undefined, 'Choose a person or a team')
export const LabelConversations = z.object({
  conversationIds: z.array(id).min(1).max(200),
  add: labelIds,
  remove: labelIds,
})
export const RunMacro = z.object({ macroId: id, conversationIds: z.array(id).min(1).max(200) })
/** One change to many conversations, each for itself. */
export const BulkChange = z.object({
  conversationIds: z.array(id).min(1).max(200),
  change: z.discriminatedUnion('do', [
    z.object({ do: z.literal('state'), state: z.enum(['todo', 'waiting']) }),
    z.object({ do: z.literal('done'), disposition: z.string().trim().max(80).optional() }),
    z.object({ do: z.literal('snooze'), until: z.coerce.date() }),
    z.object({ do: z.literal('assign'), assigneeId: id.nullable().optional(), teamId: id.nullable().optional() }),
    z.object({ do: z.literal('label'), add: labelIds, remove: labelIds }),
    z.object({ do: z.literal('macro'), macroId: id }),
  ]),
})
export type ConversationChange = z.input<typeof BulkChange>['change']
/** What became of each conversation, in the order they were named. */
export type BulkReport = {
  readonly done: number
  readonly items: readonly (
    | { readonly conversationId: string; readonly ok: true }
    | { readonly conversationId: string; readonly ok: false; readonly message: string }
  )[]
}
export const SaveTriage = z.object({
  factors: TriageFactors,
  /** Seconds in which a reply can be taken back. */
  undoSeconds: z.number('Enter seconds').int().min(0).max(120, 'At most two minutes'),
})
export type SaveTriage = z.output<typeof SaveTriage>
export const AddNote = z.object({ conversationId: id, text: z.string().trim().min(1, 'is empty').max(10_000) })
export type NoteCard = {
  readonly id: string
  readonly authorId: string
  readonly text: string
  readonly createdAt: string
}
export type Hold = { readonly mine: boolean; readonly fence: number; readonly memberId: string; readonly until: string }

export type SlaCard = {
  readonly kind: ClockKind
  readonly dueAt: string | null
  readonly state: 'running' | 'paused' | 'warned' | 'breached' | 'met'
}

/** A conversation in a list. Times are ISO instants. */
export type ConversationCard = {
  readonly id: string
  readonly accountId: string
  readonly accountHandle: string
  readonly platform: string
  readonly kind: string
  readonly state: ConversationState
  readonly snoozedUntil: string | null
  readonly assigneeId: string | null
  readonly priority: number
  readonly leadScore: number
  readonly sentiment: number | null
  readonly intent: string | null
  readonly excerpt: string
  readonly unanswered: boolean
  readonly messageCount: number
  readonly lastMessageAt: string
  readonly lastInboundAt: string | null
  readonly disposition: string | null
  readonly labels: readonly { readonly id: string; readonly name: string; readonly colour: LabelColour }[]
  readonly team: { readonly id: string; readonly name: string } | null
  /** The promise that matters most now; null when none was made. `dueAt` is null while it rests. */
  readonly sla: SlaCard | null
  readonly contact: { readonly id: string; readonly name: string; readonly avatarUrl: string | null } | null
  /** Who answers right now; null when nobody does, or their lease has ended. */
  readonly heldBy: { readonly memberId: string; readonly until: string } | null
}

export type MessageCard = {
  readonly id: string
  readonly externalId: string
  readonly kind: string
  readonly own: boolean
  readonly text: string
  readonly at: string
  readonly author: { readonly name: string; readonly handle: string; readonly avatarUrl: string | null }
  readonly parentExternalId: string | null
  readonly url: string | null
  readonly media: readonly { readonly kind: string; readonly url: string }[]
  readonly rating: number | null
  readonly reaction: string | null
  readonly editedAt: string | null
  readonly deletedAt: string | null
  /** Its author asked to be forgotten: only its place is left. */
  readonly erasedAt: string | null
  readonly sentiment: number | null
  readonly intent: string | null
  readonly priority: number | null
}

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }

/** A conversation opened. */
export type ConversationDetail = ConversationCard & {
  readonly postExternalId: string | null
  readonly reasons: Reasons
  readonly holdFence: number
  /** AI is kept out of it. */
  readonly aiHeld: boolean
  /** When AI left it to a person; null when it did not, or one has answered or ended it since. */
  readonly escalatedAt: string | null
  /** Other conversations of the last seven days in which somebody says nearly the same. */
  readonly alike: number
  readonly firstReplyAt: string | null
  readonly resolvedAt: string | null
  /** Whether, and until when, the network lets us answer. `rule` is its reason, in words. */
  readonly answering: {
    readonly open: boolean
    readonly until: string | null
    readonly rule: string | null
    /** Words that the network approved beforehand may be sent, whether or not the time for free ones is over. */
    readonly templates: boolean
    /** Which files may go with it; null when none. */
    readonly media: AnswerFiles | null
  }
}

export const replyStates = [
  'in_review',
  'queued',
  'claimed',
  'sending',
  'unknown',
  'reconciling',
  'sent',
  'refused',
  'needs_person',
  'cancelled',
] as const
export type ReplyState = (typeof replyStates)[number]

export const WriteReply = z.object({
  messageId: id,
  text: z.string().trim().min(1, 'is empty').max(20_000),
  /** Files of the media library that go with it, where the network takes them. The words stay needed. */
  mediaIds: z.array(id).max(10).default([]),
  /** Goes out in the place of free words, where the network approved it; `text` is how it reads. */
  template: z
    .object({
      name: z.string().min(1).max(512),
      language: z.string().min(1).max(20),
      values: z.array(z.string().trim().min(1, 'is empty').max(1_024)).max(20),
    })
    .optional(),
  /** The fence of the hold it was written under: when somebody else has taken the conversation since, it is refused. */
  fence: z.number().int().nonnegative().optional(),
  /** Goes on although somebody else is answering this conversation right now, or has taken it since. */
  evenSo: z.boolean().default(false),
})
/** Words that a network approved beforehand, as `Template` of lib/platforms. `values`: how many it wants. */
export type ReplyTemplate = {
  readonly name: string
  readonly language: string
  readonly text: string
  readonly values: number
}
export type ReplyTemplateChoice = {
  readonly name: string
  readonly language: string
  readonly values: readonly string[]
}
/** How a template reads: `{{1}}` is the first value; one that is not given yet stays as it is. */
export const fillTemplate = (text: string, values: readonly string[]): string =>
  text.replaceAll(/\{\{\s*(\d+)\s*\}\}/g, (place, at: string) => values[Number(at) - 1]?.trim() || place)

/** `reason`: why somebody turned down what waited for approval; it is kept, and shown. */
export const CancelReply = z.object({ replyId: id, reason: z.string().trim().min(1, 'is empty').max(500).optional() })
/** `fence` and `evenSo` as in WriteReply. */
export const ApproveReply = z.object({
  replyId: id,
  text: WriteReply.shape.text.optional(),
  fence: WriteReply.shape.fence,
  evenSo: WriteReply.shape.evenSo,
})
export const TryReplyAgain = ApproveReply
export const SettleReply = z.discriminatedUnion('answer', [
  z.object({ replyId: id, answer: z.literal('it_is_there'), url: z.url({ protocol: /^https?$/ }) }),
  z.object({ replyId: id, answer: z.literal('send_again') }),
  z.object({ replyId: id, answer: z.literal('give_up') }),
])

/** Why a reply is where it is, for people. */
export const ReplyReason = z.object({
  kind: z.enum([
    'unknown',
    'refused',
    'reconnect',
    'rate_limited',
    'media_processing',
    'network_down',
    'window_closed',
    'withdrawn',
    'turned_down',
    'duplicate',
  ]),
  message: z.string(),
  retryAt: z.string().optional(),
})
export type ReplyReason = z.infer<typeof ReplyReason>
export { Proof }

/** An answer of ours with its ledger. Times are ISO instants. */
export type ReplyCard = {
  readonly id: string
  readonly conversationId: string
  readonly messageId: string
  readonly text: string
  readonly state: ReplyState
  readonly sendAt: string
  /** member, api_key, or ai: it went out by itself. */
  readonly authorKind: string
  readonly authorId: string
  /** The member who let it go out, or turned it down, where somebody else wrote it. */
  readonly decidedById: string | null
  /** The draft that it was made of, and whether a person changed its words. */
  readonly draft: { readonly origin: DraftCard['origin']; readonly edited: boolean } | null
  readonly media: readonly { readonly mediaId: string; readonly kind: string; readonly alt: string }[]
  readonly reason: ReplyReason | null
  /** The network's name for it, under which it stands among the messages. */
  readonly externalId: string | null
  readonly url: string | null
  readonly proof: Proof | null
  readonly sentAt: string | null
  readonly createdAt: string
  readonly attempts: readonly {
    readonly id: string
    readonly purpose: string
    readonly startedAt: string
    readonly durationMs: number | null
    readonly outcome: string | null
    readonly requestHash: string | null
  }[]
}

/** A conversation as a screen opens it. */
export type OpenConversation = {
  readonly conversation: ConversationDetail
  readonly replies: readonly ReplyCard[]
  readonly notes: readonly NoteCard[]
}

export * from './draft-schema'

export const OneMessage = z.object({ messageId: id })

export const ListInteractions = z.object({
  platform: z.string().max(40).optional(),
  accountIds: z.array(id).max(50).default([]),
  kind: z.enum(incomingKinds).optional(),
  feeling: z.enum(['negative', 'neutral', 'positive']).optional(),
  since: z.coerce.date().optional(),
  /** The `next` of the page before. */
  cursor: id.optional(),
  take: z.number().int().min(1).max(100).default(50),
})
/** A message with where it stands. */
export type Interaction = MessageCard & {
  readonly conversationId: string
  readonly accountId: string
  readonly platform: string
}

/** Most messages that one import takes. */
export const mostImported = 5_000

/** A message that was said elsewhere, as an import has it. */
export const ImportedMessage = z.object({
  /** The network's own name for it, or any other that stays the same. */
  id: z.string().trim().min(1).max(400),
  kind: z.enum(incomingKinds),
  text: z.string().max(70_000),
  at: z.iso.datetime({ offset: true, error: 'must be an instant like 2026-11-21T09:00:00Z' }),
  author: z.object({
    id: z.string({ error: 'is needed' }).trim().min(1).max(400),
    handle: z.string().max(300).optional(),
    name: z.string().max(300).optional(),
  }),
  own: z.boolean().default(false),
  conversation: z.string().min(1).max(400).optional(),
  parent: z.string().max(400).optional(),
  post: z.string().max(400).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  rating: z.number().min(1).max(5).optional(),
})
export type ImportedMessage = z.output<typeof ImportedMessage>

/** Messages of one account: as they are, or as CSV whose first line names the columns. */
export const ImportMessages = z
  .object({
    accountId: id,
    messages: z.array(ImportedMessage).max(mostImported).optional(),
    csv: z.string().max(20_000_000).optional(),
  })
  .refine(({ messages, csv }) => (messages === undefined) !== (csv === undefined), {
    path: ['messages'],
    error: 'is needed, or csv in its place, and not both',
  })
