import { z } from 'zod'

/** What people are told of. */
export const notificationKinds = [
  'called',
  'escalated',
  'assigned',
  'warned',
  'breached',
  'stuck',
  'proposed',
  'turnedDown',
  'stopped',
  'kept',
  'unsent',
  'lapsed',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Of which events people are told, by what they are told. */
const typesOf: Readonly<Record<NotificationKind, readonly string[]>> = {
  called: ['conversation.called'],
  escalated: ['conversation.escalated'],
  assigned: ['conversation.assigned'],
  warned: ['conversation.warned'],
  breached: ['conversation.breached'],
  stuck: ['reply.refused', 'reply.handedOver'],
  proposed: ['reply.proposed'],
  turnedDown: ['reply.turnedDown'],
  stopped: ['webhook.disabled'],
  kept: ['post.removalFailed'],
  unsent: ['post.refused', 'post.handedOver'],
  lapsed: ['account.lapsed'],
}
/** What people are told by events of a type; undefined of those that nobody is told of. */
export const kindTold = (type: string): NotificationKind | undefined =>
  notificationKinds.find((kind) => typesOf[kind].includes(type))

/** What each says, in a sentence that begins with the name of the conversation, or of the program that was told, or of the account, or the post’s words. */
export const kindLabels: Readonly<Record<NotificationKind, string>> = {
  called: 'needs you: a rule calls you',
  escalated: 'needs a person: AI passed it on',
  assigned: 'is yours now',
  warned: 'is soon due',
  breached: 'is late',
  stuck: 'has an answer that was refused, could not be sent, or of which nobody can tell whether it went out',
  proposed: 'has an answer that waits for approval',
  turnedDown: 'has an answer of yours that was turned down',
  stopped: 'is told of nothing any more: its webhook was stopped',
  kept: 'is still at its network, though it was deleted',
  unsent: 'needs you: it was refused, or only part of it is out, or nobody can tell whether it is',
  lapsed: 'must be connected again: nothing is published or heard there until then',
}
/** The same in the settings: when one is told. */
export const kindTitles: Readonly<Record<NotificationKind, { readonly label: string; readonly hint: string }>> = {
  called: { label: 'A rule calls me', hint: 'A rule of the inbox names you.' },
  escalated: {
    label: 'AI passes a conversation on',
    hint: 'It is yours or your team’s, or nobody’s and you may answer.',
  },
  assigned: { label: 'A conversation becomes mine', hint: 'Or your team’s, by somebody else or by a rule.' },
  warned: { label: 'A promise is soon due', hint: 'Of a conversation that is yours or your team’s, or nobody’s.' },
  breached: { label: 'A promise is broken', hint: 'Of a conversation that is yours or your team’s, or nobody’s.' },
  stuck: {
    label: 'An answer needs me',
    hint: 'Its network refused it, it could not be sent, or nobody can tell whether it went out. You wrote it or let it go, or the conversation is yours.',
  },
  proposed: { label: 'An answer waits for approval', hint: 'You may approve it.' },
  turnedDown: { label: 'An answer of mine is turned down', hint: 'Why, where it was said, stands under it.' },
  stopped: { label: 'A webhook is stopped', hint: 'Its program takes nothing any more. For owners and admins.' },
  kept: { label: 'A deleted post is still there', hint: 'Its network did not delete it. For owners and admins.' },
  unsent: {
    label: 'A post needs me',
    hint: 'Its network refused it, only part of it is out, or nobody can tell whether it is. You wrote it, or you may publish and its author may not or is gone.',
  },
  lapsed: {
    label: 'An account must be connected again',
    hint: 'Nothing is published or heard there until then. For owners and admins.',
  },
}

/** Mailed to who has not said otherwise: what cannot wait until they look. */
export const usuallyMailed: readonly NotificationKind[] = [
  'called',
  'escalated',
  'breached',
  'stuck',
  'stopped',
  'kept',
  'unsent',
  'lapsed',
]

/** An event, as those who listen hear it. */
export const TellPeople = z.object({
  eventId: z.string(),
  type: z.string(),
  subjectId: z.string(),
  actor: z.object({ kind: z.string(), id: z.string() }),
  particulars: z.unknown(),
  at: z.date(),
})

const some = z.array(z.string().min(1).max(64)).max(100).optional()
/** Those of some conversations, webhooks, posts or accounts, or all of them. */
export const ReadNotifications = z.object({
  conversationIds: some,
  webhookIds: some,
  postIds: some,
  accountIds: some,
})
export const SaveNotificationSettings = z.object({
  mailed: z.array(z.enum(notificationKinds)).max(notificationKinds.length),
})
export type NotificationSettings = { readonly mailed: readonly NotificationKind[] }

export type NotificationCard = {
  readonly id: string
  readonly kind: NotificationKind
  readonly about:
    | { readonly type: 'conversation'; readonly id: string }
    | { readonly type: 'webhook'; readonly id: string }
    | { readonly type: 'post'; readonly id: string }
    | { readonly type: 'account'; readonly id: string }
  /** Whom the conversation is with, as it is known now; the host that the webhook calls; how the post begins; the account. */
  readonly name: string
  /** Who did it; null where Posthorn did. */
  readonly by: string | null
  /** ISO. */
  readonly at: string
  readonly isRead: boolean
}
export type Notifications = {
  /** Counted to 100. */
  readonly unread: number
  /** The latest 30, the newest first. */
  readonly items: readonly NotificationCard[]
}
