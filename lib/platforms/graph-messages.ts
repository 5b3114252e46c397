import { z } from 'zod'
import { day, minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { entriesOf, floorOf, isoTime, nextOf, type Reached } from './graph-feed'
import { toFile, type SentFile } from './graph-files'
import type { HubReport } from './graph-webhook'
import { edgeOf, lacksLeave, type Edge, type GraphReply, type GraphTrouble } from './graph'
import type { AskedAddress } from './fetch-file'
import type { Entries } from './read-on'
import type {
  Answer,
  Incoming,
  IncomingFile,
  Person,
  PlatformError,
  PrivateAnswers,
  Published,
  Reply,
} from './platform'

/** How long a message may be answered freely, and how long by a person with the tag HUMAN_AGENT (developers.facebook.com/docs/messenger-platform/policy, through clients). */
export const freeWindowMs = day
export const agentWindowMs = 7 * day

/** developers.facebook.com/docs/messenger-platform/discovery/private-replies, through a copy of 2026-04-16, read 2026-11-26. */
export const privateAnswers = (label: string): PrivateAnswers => ({
  windowMs: 7 * day,
  rule: `${label} lets you write once to whoever commented, within 7 days. It goes on when they write back.`,
})

const Message = z.object({
  id: z.string(),
  message: z.string().default(''),
  created_time: z.string(),
  from: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() }),
  attachments: z
    .object({
      data: z.array(
        z.object({
          mime_type: z.string().optional(),
          name: z.string().optional(),
          file_url: z.string().optional(),
          image_data: z.object({ url: z.string() }).optional(),
          video_data: z.object({ url: z.string() }).optional(),
        }),
      ),
    })
    .optional(),
})
type Message = z.output<typeof Message>

const Somebody = z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() })
type Somebody = z.output<typeof Somebody>

/**
 * Messages of a chat, newest first. Of Instagram's the 20 newest have their words, those before them a number alone
 * (developers.facebook.com/docs/graph-api/reference/conversation, through a copy read 2026-11-27): they are left out.
 */
export const Messages = edgeOf(Message.partial({ created_time: true, from: true })).transform(({ data, ...edge }) => ({
  ...edge,
  data: data.flatMap(({ created_time, from, ...message }) =>
    created_time === undefined || from === undefined ? [] : [{ ...message, created_time, from }],
  ),
}))

/** A chat with its latest messages. */
export const Thread = z.object({
  id: z.string(),
  updated_time: z.string(),
  participants: z.object({ data: z.array(Somebody) }).optional(),
  messages: Messages.optional(),
})
export type Thread = z.output<typeof Thread>

/** Messages asked for at once in each chat. */
export const perThread = 50
export const messageFields = 'id,message,created_time,from,attachments'
export const threadFields = `id,updated_time,participants,messages.limit(${perThread}){${messageFields}}`

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

/** Somebody, by what Meta tells of them. Whom it does not name has an empty name: nobody can be told apart by it. */
export const personOf = (from: Somebody | undefined, label: string): Incoming['author'] => {
  const name = from?.name ?? from?.username ?? `Somebody on ${label}`
  return {
    externalId: from?.id ?? '',
    handle: from?.username ?? name,
    displayName: name,
    ...(from && !from.name && !from.username ? { nameless: true } : {}),
  }
}

/** A profile as Meta shows it to whom its person wrote. Messenger gives first and last name, Instagram one and a handle. */
export const Profile = z.object({
  id: z.string(),
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  profile_pic: z.string().optional(),
})

/** Undefined where the profile says no name either. */
export function fromProfile({ id, name, first_name, last_name, username, profile_pic }: z.output<typeof Profile>) {
  const full = name ?? [first_name, last_name].filter(Boolean).join(' ')
  const displayName = full || username
  if (!displayName) return undefined
  const known: Person = {
    externalId: id,
    handle: username ?? displayName,
    displayName,
    ...(profile_pic ? { avatarUrl: profile_pic } : {}),
  }
  return known
}

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

/** A file of a chat. Its address is signed, and ends. */
const fileAt = (kind: IncomingFile['kind'], url: string, name?: string): IncomingFile => ({
  kind,
  ask: { url } satisfies AskedAddress,
  ...(name ? { name } : {}),
})

/** A message as it is listed, seen from the account `me`. A chat goes by the other's id, as in reports. */
function fromListed(message: Message, me: string, other: Somebody, label: string): Incoming {
  const own = message.from.id === me
  const at = isoTime(message.created_time)
  return {
    externalId: message.id,
    kind: 'dm',
    change: 'new',
    text: message.message,
    at,
    author: personOf(own ? message.from : { ...other, ...message.from }, label),
    own,
    conversation: other.id,
    media: (message.attachments?.data ?? []).flatMap(({ image_data, video_data, file_url, mime_type, name }) => {
      const url = image_data?.url ?? video_data?.url ?? file_url
      const isSound = mime_type?.startsWith('audio/') === true
      const kind = image_data ? 'image' : video_data ? 'video' : isSound ? 'audio' : 'file'
      return url ? [fileAt(kind, url, kind === 'file' ? name : undefined)] : []
    }),
    ref: { to: other.id },
  }
}

/** What is said in an account's chats, as a list is read on: the chats used last first, and in each what was said last. */
export const saidInChats =
  (q: {
    readonly me: string
    readonly label: string
    list(after: URLSearchParams): GraphReply<Edge<Thread>>
    /** More of one chat. */
    more(thread: string, after: URLSearchParams): GraphReply<Edge<Message>>
    failed(trouble: GraphTrouble): PlatformError
  }) =>
  (page: string | undefined, reached: Reached): Answer<Entries<Incoming>> => {
    const isOld = ({ created_time }: Message) => Date.parse(created_time) < floorOf(reached)
    const olderThan = (edge: Edge<Message>) => (edge.data.some(isOld) ? undefined : nextOf(edge))
    return entriesOf(q.list(new URLSearchParams(page)), {
      failed: q.failed,
      isOld: ({ updated_time }) => Date.parse(updated_time) < Date.parse(reached.since),
      toEntry({ id, participants, messages }) {
        const other = participants?.data.find((somebody) => somebody.id !== q.me)
        if (!other || !messages) return { name: id, said: [] }
        const toSaid = ({ data }: Edge<Message>) =>
          data.filter((message) => !isOld(message)).map((message) => fromListed(message, q.me, other, q.label))
        const next = olderThan(messages)
        if (next === undefined) return { name: id, said: toSaid(messages) }
        return {
          name: id,
          said: toSaid(messages),
          async below(after = next) {
            const answer = await q.more(id, new URLSearchParams(after))
            if (!answer.ok) return fail(q.failed(answer.error))
            const { body } = answer.value
            return ok({ said: toSaid(body), next: olderThan(body) })
          },
        }
      },
    })
  }

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

/** Our answer among the chat's messages since `since`. Two alike, or a chat that was not read far enough, are failures. */
export function sentIn(
  threads: readonly Thread[],
  q: { readonly me: string; readonly text: string; readonly since: Date; toSent(id: string): Published },
): Awaited<Answer<Published | undefined>> {
  const from = q.since.getTime() - minute
  const messages = threads.flatMap((thread) => thread.messages?.data ?? [])
  const [first, second] = messages.filter(
    (m) =>
      m.from.id === q.me &&
      m.message.trim() === q.text.trim() &&
      // Without words it is a file.
      (q.text.trim() !== '' || (m.attachments?.data.length ?? 0) > 0) &&
      Date.parse(m.created_time) >= from,
  )
  if (second) return fail({ code: 'outcome_unknown', reason: 'The chat has two such messages: compare them by eye.' })
  const oldest = Math.min(...messages.map((m) => Date.parse(m.created_time)))
  if (!first && threads.some((thread) => thread.messages?.paging?.next) && oldest > from)
    return fail({ code: 'unavailable', reason: 'The chat has gone on too far since then to be read in full.' })
  return ok(first && q.toSent(first.id))
}

const Reported = z.looseObject({
  sender: z.object({ id: z.string() }),
  recipient: z.object({ id: z.string() }),
  timestamp: z.number(),
  message: z
    .looseObject({
      mid: z.string(),
      text: z.string().optional(),
      is_echo: z.boolean().optional(),
      is_deleted: z.boolean().optional(),
      reply_to: z.object({ mid: z.string().optional() }).optional(),
      attachments: z
        .array(z.object({ type: z.string(), payload: z.looseObject({ url: z.string().optional() }).optional() }))
        .optional(),
    })
    .optional(),
  reaction: z
    .object({ mid: z.string(), action: z.string(), reaction: z.string().optional(), emoji: z.string().optional() })
    .optional(),
  /** Of words alone; `num_edit` counts how often they were changed. */
  message_edit: z.object({ mid: z.string(), text: z.string(), num_edit: z.coerce.number().optional() }).optional(),
})
type Reported = z.output<typeof Reported>

/** What a report says of a message; undefined when it is about something else. */
export const messageOf = ({ field, value }: HubReport): Reported | undefined =>
  ['messages', 'message_reactions', 'message_edit'].includes(field) ? Reported.safeParse(value).data : undefined

/** A message's own name, and others for its changes and its end. */
export function nameOfMessage(report: HubReport): string | undefined {
  const { message, message_edit: edit } = messageOf(report) ?? {}
  if (edit?.num_edit !== undefined) return `${edit.mid}:edit:${edit.num_edit}`
  return message && `${message.mid}${message.is_deleted ? ':deleted' : ''}`
}

/** A reported message, a change of one, or a reaction, seen from the account `me`. */
export function fromReported(reported: Reported, me: string, label: string) {
  const { sender, recipient, timestamp, message, reaction, message_edit: edit } = reported
  const own = message?.is_echo === true || sender.id === me
  const other = own ? recipient.id : sender.id
  const at = new Date(timestamp).toISOString()
  const common = { at, author: personOf(sender, label), own, conversation: other, media: [], text: '' }
  const incoming: Incoming[] = []
  if (reaction)
    incoming.push({
      ...common,
      kind: 'reaction',
      externalId: `${reaction.mid}:${sender.id}:reaction`,
      change: reaction.action === 'unreact' ? 'deleted' : 'new',
      reaction: reaction.emoji ?? reaction.reaction ?? 'like',
      parent: reaction.mid,
      ref: {},
    })
  if (edit)
    incoming.push({
      ...common,
      kind: 'dm',
      externalId: edit.mid,
      change: 'edited',
      text: edit.text,
      ref: { to: other },
    })
  if (message)
    incoming.push({
      ...common,
      kind: 'dm',
      externalId: message.mid,
      change: message.is_deleted ? 'deleted' : 'new',
      text: message.text ?? '',
      ...(message.reply_to?.mid ? { parent: message.reply_to.mid } : {}),
      media: (message.attachments ?? []).flatMap(({ type, payload }) => {
        const kind = type === 'image' || type === 'video' || type === 'audio' ? type : 'file'
        return payload?.url ? [fileAt(kind, payload.url)] : []
      }),
      ref: { to: other },
    })
  return incoming
}
