import { z } from 'zod'
import type { SavedReplyCard } from '@/lib/routing/schema'
import { Proof } from '@/lib/sending/schema'
import type { DraftCard } from '../drafting/draft-schema'

const id = z.string().min(1).max(64)

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

const words = z.string().trim().min(1, 'is empty').max(20_000)
export const WriteReply = z
  .object({
    messageId: id,
    /** For its author alone, where the network has that: once for each comment. */
    privately: z.boolean().default(false),
    /** Empty only with a file that is an answer of its own. */
    text: z.string().trim().max(20_000),
    /** Files of the media library that go with it, where the network takes them. */
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
    /** Goes to somebody who refused to hear from us beyond an answer, though it begins anew. */
    despiteRefusal: z.boolean().default(false),
  })
  .refine(({ text, mediaIds }) => text !== '' || mediaIds.length > 0, { path: ['text'], error: 'is empty' })
/** One answer goes to so many conversations at most. */
export const mostAnswered = 200
/** What one answer would say in each conversation where nearly the same was said; without `text`, only whether it may. */
export const CheckAlike = z.object({ conversationId: id, text: z.string().trim().max(20_000).optional() })
/** `text` may hold the variables of saved replies. Without `conversationIds`, all that may be answered are. */
export const AnswerAlike = z.object({
  conversationId: id,
  conversationIds: z.array(id).min(1).max(mostAnswered).optional(),
  text: words,
})
/** A conversation that one answer would go to. `text` is how it reads there; `problem` is why it does not go there. */
export type AlikeCard = {
  readonly conversationId: string
  readonly platform: string
  readonly name: string
  readonly text: string | null
  readonly problem: string | null
}
export type AlikeDesk = {
  readonly items: readonly AlikeCard[]
  /** How many more there are, which a second answer would go to. */
  readonly more: number
}
/** What became of one answer to many. `known`: that conversation has this very answer already. */
export type AlikeReport = {
  /** When those of `queued` go out; until then they can be taken back. */
  readonly sendAt: string
  readonly items: readonly ({ readonly conversationId: string; readonly name: string } & (
    | { readonly outcome: 'queued'; readonly replyId: string }
    | { readonly outcome: 'known' }
    | { readonly outcome: 'left_out'; readonly message: string }
  ))[]
}

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
export const CancelReplies = z.object({ replyIds: z.array(id).min(1).max(mostAnswered) })
/** `fence`, `evenSo` and `despiteRefusal` as in WriteReply. */
export const ApproveReply = z.object({
  replyId: id,
  text: words.optional(),
  fence: WriteReply.shape.fence,
  evenSo: WriteReply.shape.evenSo,
  despiteRefusal: WriteReply.shape.despiteRefusal,
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
    // The policy for automatic answers has no room for it now.
    'policy',
    'cut_off',
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
  /** Its author alone reads it. */
  readonly privately: boolean
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
  /** The network's name for it; `nameInThread` says under which it stands among the messages. */
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

/**
 * By which name an answer stands among the messages of its conversation. The network's own is that of the message in the
 * chat, where it said something privately.
 */
export const nameInThread = (reply: { readonly externalId: string; readonly privately: boolean }): string =>
  reply.privately ? `${reply.externalId}:privately` : reply.externalId

/** Saved replies as they read in an answer to a message, or to the last in a conversation that wants one. */
export const FilledReplies = z.object({ messageId: id.optional(), conversationId: id.optional() })
/** `rendered` as it reads there, or the `problem` that prevents it. */
export type FilledReply = SavedReplyCard & { readonly rendered: string | null; readonly problem: string | null }
