import { z } from 'zod'
import { minute } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { edgeOf, type Edge, type GraphReply, type GraphTrouble } from './graph'
import { entriesOf, floorOf, isoTime, nextOf, type Reached } from './graph-feed'
import { fileAt } from './graph-files'
import { personOf, Somebody } from './graph-people'
import type { Answer, Incoming, PlatformError, Published } from './platform'
import type { Entries } from './read-on'

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
