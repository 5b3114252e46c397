import { z } from 'zod'
import { day, now } from '@/lib/core/clock'
import { lacksLeave, type GraphTrouble } from './graph'
import { toFile, type SentFile } from './graph-files'
import type { PlatformError, PrivateAnswers, Reply } from './platform'

/** How long a message may be answered freely, and how long by a person with the tag HUMAN_AGENT (developers.facebook.com/docs/messenger-platform/policy, through clients). */
export const freeWindowMs = day
export const agentWindowMs = 7 * day

/** developers.facebook.com/docs/messenger-platform/discovery/private-replies, through a copy of 2026-04-16, read 2026-11-26. */
export const privateAnswers = (label: string): PrivateAnswers => ({
  windowMs: 7 * day,
  rule: `${label} lets you write once to whoever commented, within 7 days. It goes on when they write back.`,
})

/** The body of a message, as Messenger and Instagram take it. */
export type SendMessage =
  | ({
      readonly recipient: { readonly id: string }
      readonly message: { readonly text: string } | { readonly attachment: SentFile }
    } & (
      | { readonly messaging_type: 'RESPONSE' }
      | { readonly messaging_type: 'MESSAGE_TAG'; readonly tag: 'HUMAN_AGENT' }
    ))
  | { readonly recipient: { readonly comment_id: string }; readonly message: { readonly text: string } }
export const Sent = z.object({ recipient_id: z.string().optional(), message_id: z.string() })

/** What a message is answered with: whom to write. */
const Ref = z.object({ to: z.string() })

/**
 * Within 24 hours freely; afterwards as a person of flesh and blood, which Meta must have allowed the app. What a program
 * wrote never says so: Meta refuses it then.
 */
export function toSendMessage({ to, text, byProgram, heardAt, privately, media: [file] = [] }: Reply): SendMessage {
  if (privately) return { recipient: { comment_id: to.externalId }, message: { text } }
  const ref = Ref.parse(to.ref)
  // Meta counts from what they said last, whichever of their messages is answered.
  const isLate = !byProgram && heardAt !== undefined && now().getTime() - Date.parse(heardAt) > freeWindowMs
  return {
    recipient: { id: ref.to },
    message: file ? { attachment: toFile(file) } : { text },
    ...(isLate ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }),
  }
}

/** What is said to an app that Meta did not approve for the tag HUMAN_AGENT. */
export const noAgent =
  'More than 24 hours have passed since this person’s last message, and the app may not answer as a human agent. Wait until they write again, or have Meta approve the app for that.'

/** Why a message that says it comes from a human agent was refused, where it is for saying so: that code is Meta's for a lack of leave, and unverified for the tag. */
export const refusedAgent = (message: SendMessage, trouble: GraphTrouble): PlatformError | undefined =>
  'tag' in message && lacksLeave(trouble) ? { code: 'rejected', reason: noAgent } : undefined

/**
 * Whom a message goes to. Undefined where Instagram tells a comment's author by name alone: chats go by numbers, and nobody
 * can look into theirs then.
 */
export function addresseeOf({ to, privately }: Pick<Reply, 'to' | 'privately'>): string | undefined {
  if (!privately) return Ref.parse(to.ref).to
  return /^\d+$/.test(privately.person) ? privately.person : undefined
}

/** Why nobody can look whether somebody got a private answer. */
export const nobodyNamed = (label: string): PlatformError => ({
  code: 'unavailable',
  reason: `${label} does not say who wrote this comment, so nobody can look into the chat with them.`,
})
