import { z } from 'zod'

/** The events that may leave the house, by subject, and what each says happened. Particulars of none hold a secret or a text. */
export const webhookEvents = {
  Posts: {
    'post.created': 'A post is written',
    'post.edited': 'A post is edited',
    'post.scheduled': 'A post is scheduled',
    'post.moved': 'A post is moved to another time',
    'post.cancelled': 'A post is taken off the schedule',
    'post.deleted': 'A post is deleted',
    'post.published': 'A post is published at an account',
    'post.proven': 'A post in doubt is found to be published',
    'post.refused': 'A network refuses a post',
    'post.handedOver': 'A post needs a person’s decision',
    'post.removalFailed': 'A deleted post is still at its network',
    'post.settled': 'A person decides about a post',
  },
  Conversations: {
    'message.received': 'Somebody says something',
    'message.edited': 'A message is edited at its network',
    'message.deleted': 'A message is taken away at its network',
    'message.restored': 'A message stands at its network again',
    'message.hidden': 'A message is hidden at its network',
    'message.shown': 'A message is shown again at its network',
    'message.deletionRefused': 'A network refuses to delete a message',
    'message.hidingRefused': 'A network refuses to hide a message, or to show it again',
    'message.placed': 'A message goes to the conversation that it belongs to',
    'conversation.joined': 'A conversation turns out to be part of another, and goes on there',
    'conversation.assigned': 'A conversation is assigned',
    'conversation.labelled': 'A conversation is labelled',
    'conversation.unlabelled': 'A label is taken off',
    'conversation.snoozed': 'A conversation is put off',
    'conversation.woken': 'A conversation that was put off is back',
    'conversation.reopened': 'A conversation is to do again',
    'conversation.waiting': 'A conversation waits for the other side',
    'conversation.done': 'A conversation is done',
    'conversation.escalated': 'AI leaves a message to people',
    'conversation.weighed': 'A model, a rule or a macro changes what a conversation weighs',
    'conversation.noted': 'A note is written among yourselves',
    'conversation.aiKeptOut': 'AI is kept out of a conversation',
    'conversation.aiLetIn': 'AI is let into a conversation again',
    'conversation.warned': 'A promise is soon due',
    'conversation.breached': 'A promise is broken',
  },
  Answers: {
    'draft.proposed': 'AI proposes an answer',
    'draft.approved': 'A draft of AI is approved',
    'draft.rejected': 'A draft of AI is rejected',
    'draft.sentByPolicy': 'A draft of AI is let go by the account’s policy',
    'draft.superseded': 'A draft of AI gives way to another, or to what came between',
    'draft.proposedAgain': 'A draft of AI waits again, as what it gave way to was taken back',
    'reply.proposed': 'An answer waits for approval',
    'reply.approved': 'An answer is approved',
    'reply.turnedDown': 'An answer is turned down',
    'reply.queued': 'An answer is written',
    'reply.cancelled': 'An answer is taken back before it is sent',
    'reply.wantedBack': 'An answer is taken back while an earlier try may still arrive',
    'reply.withdrawn': 'An answer of AI is held back, as things have changed',
    'reply.sent': 'An answer is sent',
    'reply.refused': 'A network refuses an answer',
    'reply.doubted': 'Nobody knows yet whether an answer was sent',
    'reply.parked': 'An answer waits longer, as its network, its account or the policy wants it',
    'reply.resumed': 'An answer that waited is taken up again',
    'reply.foundAbsent': 'An answer in doubt is found not to be there',
    'reply.handedOver': 'An answer needs a person’s decision',
    'reply.sentAgain': 'A person has an answer sent again',
    'reply.givenUp': 'A person gives an answer up',
  },
  Contacts: {
    'contact.updated': 'A contact is edited',
    'contact.merged': 'Two contacts are merged',
    'contact.unmerged': 'Two contacts are separated',
    'contact.erased': 'A contact is erased',
  },
  'Accounts and media': {
    'account.connected': 'An account is connected',
    'account.reconnected': 'An account is connected again',
    'account.disconnected': 'An account is disconnected',
    'account.lapsed': 'An account must be connected again',
    'account.paused': 'An account is left alone for a while',
    'account.resumed': 'An account is taken up again',
    'account.foundUnreadable': 'What people write to an account cannot be read',
    'account.foundReadable': 'What people write to an account can be read again',
    'media.uploaded': 'A file is uploaded',
    'media.deleted': 'A file is deleted',
  },
} as const

type Subjects = typeof webhookEvents
export type WebhookEventType = { [S in keyof Subjects]: keyof Subjects[S] }[keyof Subjects]
// Object.keys forgets what the keys are.
export const webhookEventTypes = Object.values(webhookEvents).flatMap(Object.keys) as readonly WebhookEventType[]

/** The event of a test, told to the one address it is about. */
export const testedType = 'webhook.tested'

/** After each failed try, in seconds, how long to the next; a delivery fails for good after one more than these. */
export const retrySeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const

export const mostWebhooks = 20

const url = z
  .url({ protocol: /^https?$/, error: 'Enter the address of your program, like https://example.com/posthorn' })
  .max(2_000, 'Use at most 2,000 characters')
  .refine((given) => !/^https?:\/\/[^/?#]*@/i.test(given), 'Leave name and password out: the signature says who calls')
const eventTypes = z
  .array(z.enum(webhookEventTypes, 'is no event that is told'))
  .min(1, 'Choose at least one event')
  .max(100)
  .refine((chosen) => new Set(chosen).size === chosen.length, 'Name each event once')
const description = z.string().trim().max(200, 'Use at most 200 characters')
const id = z.string().min(1).max(64)

export const CreateWebhook = z.object({ url, description: description.default(''), eventTypes })
/** What is absent stays. */
export const ChangeWebhook = z.object({
  webhookId: id,
  url: url.optional(),
  description: description.optional(),
  eventTypes: eventTypes.optional(),
  isPaused: z.boolean().optional(),
})
export const OneWebhook = z.object({ webhookId: id })
export const OneDelivery = z.object({ deliveryId: id })
export const ListDeliveries = OneWebhook.extend({
  after: z.string().max(200).optional(),
  take: z.number().int().min(1).max(100).default(50),
})

/** An event, as those who listen hear it. */
export const TellPrograms = z.object({ eventId: z.string(), type: z.string(), subjectId: z.string() })

export type WebhookState = 'active' | 'paused' | 'disabled'
export type DeliveryState = 'waiting' | 'delivered' | 'failed'

/** Times are ISO. */
export type WebhookCard = {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly eventTypes: readonly WebhookEventType[]
  readonly state: WebhookState
  /** Why we stopped by ourselves: it answered with 410, or nothing got through for five days. */
  readonly end: 'gone' | 'failing' | null
  /** Since when nothing gets through. */
  readonly failingSince: string | null
  /** Until when the secret before signs as well. */
  readonly previousUntil: string | null
  readonly createdAt: string
  readonly last: { readonly state: DeliveryState; readonly at: string } | null
}

export type DeliveryCard = {
  readonly id: string
  /** The event's: what receivers get as `webhook-id`. */
  readonly eventId: string
  readonly type: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly lastStatus: number | null
  /** Why the last try came to nothing, as a sentence. */
  readonly lastError: string | null
  readonly durationMs: number | null
  readonly createdAt: string
  readonly attemptedAt: string | null
  readonly nextAttemptAt: string | null
  readonly deliveredAt: string | null
}

/** `secret` is shown this once. */
export type WithSecret<T> = T & { readonly secret: string }
