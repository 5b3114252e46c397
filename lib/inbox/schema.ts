import { z } from 'zod'
import { incomingKinds } from '@/lib/platforms/platform'
import type { TextRule } from '@/lib/platforms/text'
import type { ClockKind, LabelColour } from '@/lib/routing/schema'
import type { TakenFiles } from './answer/file-rules'
import { labelIds, type NoteCard } from './desk/desk-schema'
import type { ReplyCard } from './answer/reply-schema'
import { TriageFactors, type Reasons } from './triage/triage-schema'
import { views, type ConversationState } from './lists/views'
import { waysOf } from './lists/words'

export { incomingKinds }
export { fileProblems } from './answer/file-rules'
export * from './desk/desk-schema'
export * from './drafting/draft-schema'
export * from './hear/receive-schema'
export * from './answer/reply-schema'
export { foldAlike, type Fold } from './lists/fold'
export { conversationStates, isInView, views, type ConversationState, type View } from './lists/views'
export * from './triage/triage-schema'

const id = z.string().min(1).max(64)
/** How far a list is leafed through by number: each page so found is read past all before it. */
export const mostSkipped = 10_000
const skip = z.number().int().min(0).max(mostSkipped).default(0)
/** As words.ts reads them: all words, “phrases”, or, -without, any ending*. */
const words = z
  .string()
  .trim()
  .max(200, 'Use at most 200 characters')
  .refine((text) => waysOf(text).length > 0, 'Enter a word to look for')

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
  /** So many from the top are passed over, where the page begins below no cursor: for callers that know none. */
  skip,
  take: z.number().int().min(1).max(100).default(40),
})
export const OneConversation = z.object({ conversationId: id })
/** Whether AI is kept out of a conversation. */
export const HoldAi = z.object({ conversationId: id, held: z.boolean() })
/** What somebody said under a post of ours is hidden at its network, or shown again. */
export const HideMessage = z.object({ messageId: id, hidden: z.boolean() })
/** It is taken away there for good. */
export const DeleteMessage = z.object({ messageId: id })
/** What can be wished of a message at its network. */
export const MessageWish = z.enum(['hidden', 'shown', 'deleted'])
export type MessageWish = z.output<typeof MessageWish>
export const ListMessages = z.object({
  conversationId: id,
  /** Older than the message with this id. */
  before: id.optional(),
  take: z.number().int().min(1).max(100).default(50),
})

/** What we answered in a conversation, or noted in it. */
export const ListOurs = z.object({
  conversationId: id,
  /** Older than the one with this id. */
  before: id.optional(),
  take: z.number().int().min(1).max(100).default(100),
})

export const SaveTriage = z.object({
  factors: TriageFactors,
  /** Seconds in which a reply can be taken back. */
  undoSeconds: z.number('Enter seconds').int().min(0).max(120, 'At most two minutes'),
})
export type SaveTriage = z.output<typeof SaveTriage>
export type Hold = { readonly mine: boolean; readonly fence: number; readonly memberId: string; readonly until: string }

export type SlaCard = {
  readonly kind: ClockKind
  readonly dueAt: string | null
  /** `ended`: its conversation was done, and nobody answered. */
  readonly state: 'running' | 'paused' | 'warned' | 'breached' | 'met' | 'ended'
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
  /** When AI left it to a person; null when it did not, or one has answered or ended it since. */
  readonly escalatedAt: string | null
  /**
   * Since when an answer of ours needs a person: it was refused and its message has no other, it waits for its account to
   * be reconnected or was tried in vain for too long, or nobody can tell what became of it; null when none does, or the
   * conversation was ended since.
   */
  readonly stuckAt: string | null
  /** Since when an answer of ours waits for approval; null when none does. */
  readonly proposedAt: string | null
  readonly priority: number
  readonly leadScore: number
  readonly sentiment: number | null
  readonly intent: string | null
  readonly excerpt: string
  /**
   * Where its words stand among others': 16 numbers of three hexadecimal digits each. Two that say nearly the same share
   * one at the same place, with a probability of 0.88 where they are half alike and of 0.998 at seven tenths, and their
   * excerpts are alike. Null for what is not folded, because it is not to do, or more was said in it than one thing in
   * words.
   */
  readonly wording: string | null
  readonly unanswered: boolean
  readonly messageCount: number
  readonly lastMessageAt: string
  readonly lastInboundAt: string | null
  /** What was said last, as the excerpt has it, is ours. */
  readonly lastIsOwn: boolean
  readonly disposition: string | null
  readonly labels: readonly { readonly id: string; readonly name: string; readonly colour: LabelColour }[]
  readonly team: { readonly id: string; readonly name: string } | null
  /** The promise that matters most now; null when none was made. `dueAt` is null while it rests. */
  readonly sla: SlaCard | null
  readonly contact: { readonly id: string; readonly name: string; readonly avatarUrl: string | null } | null
  /** Who answers right now; null when nobody does, or their lease has ended. */
  readonly heldBy: { readonly memberId: string; readonly until: string } | null
}

/** A file that came with a message. */
export type FileCard = {
  /** image, gif, video, audio or file, as the network calls it. */
  readonly kind: string
  /** `coming`: it is being brought; `gone`: the network gives it to nobody any more. */
  readonly state: 'here' | 'coming' | 'too_large' | 'gone'
  /** Where it is to be seen when it is here: at Posthorn, beginning with a slash, or at its network. */
  readonly url: string | null
  readonly name: string | null
  readonly alt: string | null
  /** By its content; null for what stays at its network. */
  readonly mime: string | null
  readonly sizeBytes: number | null
}

export type MessageCard = {
  readonly id: string
  readonly externalId: string
  readonly kind: string
  readonly own: boolean
  /** Of ours, and read by the author of what it answers alone. */
  readonly privately: boolean
  readonly text: string
  readonly at: string
  readonly author: { readonly name: string; readonly handle: string; readonly avatarUrl: string | null }
  readonly parentExternalId: string | null
  readonly url: string | null
  readonly media: readonly FileCard[]
  readonly rating: number | null
  /** Of a review that says yes or no in the place of stars. */
  readonly recommends: boolean | null
  readonly reaction: string | null
  readonly editedAt: string | null
  readonly deletedAt: string | null
  /** Its author asked to be forgotten: only its place is left. */
  readonly erasedAt: string | null
  readonly sentiment: number | null
  readonly intent: string | null
  readonly priority: number | null
}

/** What a message answers, as far as it stands in the same conversation. */
export type Quote = {
  readonly id: string
  readonly own: boolean
  /** Who said it. */
  readonly author: string
  /** Its first words, or what it shows; empty when it was taken away. */
  readonly text: string
}
/** A message in its thread. */
export type ThreadMessage = MessageCard & {
  readonly answers: Quote | null
  readonly privateAnswer: PrivateAnswer | null
  /** Why nobody can answer it from here, in words. Null where nothing but its conversation may speak against it. */
  readonly unreachable: string | null
  readonly hiding: Hiding | null
}

export const ListUnheard = z.object({
  /** Of these alone. */
  accountIds: z.array(z.string().max(64)).max(200).optional(),
})

/** An account of which not all that people write comes in. */
export type Unheard = {
  readonly accountId: string
  /** What the last look ended with, in a sentence of its own, and when that was, an ISO instant. */
  readonly why: string
  readonly at: string
  /** What is missing: all but what the network reports, some of it, or only what stands under so many posts. */
  readonly what: 'all' | 'some' | 'posts'
  readonly posts: number
}

/** Whether a message is hidden at its network. Null for what cannot be hidden there. */
export type Hiding = {
  readonly hidden: boolean
  /** Something is to be done to it in a moment, and what. */
  readonly isPending: boolean
  readonly wish: MessageWish | null
  /** Why it was not done last time, in words. */
  readonly trouble: string | null
  /** What hiding does there, in sentences. */
  readonly effect: string
  /** What the account must be allowed first, in a sentence; null where nothing is in the way. */
  readonly lacking: string | null
  /** What deleting it does there, in sentences; null where its network lets nobody but its author. */
  readonly deleting: string | null
}

/**
 * Whether, and until when, the network lets us answer a message so that its author alone reads it. `rule` is its reason, in
 * words. Null for messages that are answered in no such way.
 */
export type PrivateAnswer = { readonly open: boolean; readonly until: string; readonly rule: string }

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }

/** A conversation opened. */
export type ConversationDetail = ConversationCard & {
  readonly postExternalId: string | null
  readonly reasons: Reasons
  readonly holdFence: number
  /** AI is kept out of it. */
  readonly aiHeld: boolean
  /** Other conversations of the last seven days in which somebody says nearly the same. */
  readonly alike: number
  /** Whoever it is with, or in a group somebody in it, refused to hear from us beyond an answer. */
  readonly refusesContact: boolean
  readonly firstReplyAt: string | null
  readonly resolvedAt: string | null
  /** Whether, and until when, the network lets us answer. `rule` is its reason, in words. */
  readonly answering: {
    readonly open: boolean
    readonly until: string | null
    readonly rule: string | null
    /** Kinds of messages that the network lets programs answer at all. */
    readonly kinds: readonly string[]
    /** Words that the network approved beforehand may be sent, whether or not the time for free ones is over. */
    readonly templates: boolean
    /** Which files may go with it; null when none. */
    readonly media: TakenFiles | null
    /** How its words are counted where no files stand beside them; null when it cannot be answered. */
    readonly text: TextRule | null
    /** How the words of a private answer are counted; null where the network has none. */
    readonly privateText: TextRule | null
  }
}

/** A conversation as a screen opens it, with the latest of what we answered and noted. */
export type OpenConversation = {
  readonly conversation: ConversationDetail
  readonly replies: Page<ReplyCard>
  readonly notes: Page<NoteCard>
}

export const OneMessage = z.object({ messageId: id })

export const ListInteractions = z.object({
  platform: z.string().max(40).optional(),
  accountIds: z.array(id).max(50).default([]),
  kind: z.enum(incomingKinds).optional(),
  feeling: z.enum(['negative', 'neutral', 'positive']).optional(),
  since: z.coerce.date().optional(),
  /** The `next` of the page before. */
  cursor: id.optional(),
  /** So many are passed over, from where the page would begin: for callers that know no cursors. */
  skip,
  take: z.number().int().min(1).max(100).default(50),
})
/** A message with where it stands. */
export type Interaction = MessageCard & {
  readonly conversationId: string
  readonly accountId: string
  readonly platform: string
}
