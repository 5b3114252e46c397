import { z } from 'zod'
import { day, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials, Incoming, Published, Reply } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { listMessages, sendMessage, type DmEvent, type Includes, type Problem } from './api'
import { privateFiles } from './files'
import { authorOf } from './incoming'
import { messagePaceMs, messagePages, messagesPerLook } from './limits'
import { sameWords, writtenText, xError } from './translate'

/**
 * `at`: when it was last looked (unix ms); `newest`: the latest message up to which all were seen, absent until it was
 * looked once; `on`: while older ones than `top` are still to be read, where to go on.
 */
export type MessageMark = {
  readonly at: number
  readonly newest?: string
  readonly on?: { readonly token: string; readonly top: string }
}
export type Said = { readonly items: readonly Incoming[]; readonly mark: MessageMark | undefined }

/** Which chat an answer goes to. */
const Ref = z.object({ chat: z.string() })

const mayRead = (as: Credentials): boolean => as.scopes.includes('dm.read')
/** X tells an app that did not pay for messages the same as one that may not read them. */
const isClosed = (trouble: Trouble<Problem>): boolean => trouble.kind === 'refused' && trouble.status === 403

const isLater = (a: string, b: string): boolean => BigInt(a) > BigInt(b)

function fromMessage(app: AppConfig, as: Credentials, event: DmEvent, includes: Includes | undefined): Incoming {
  return {
    externalId: event.id,
    kind: 'dm',
    change: 'new',
    text: writtenText(event),
    at: new Date(event.created_at).toISOString(),
    author: authorOf(event.sender_id, includes),
    own: event.sender_id === as.externalId,
    conversation: event.dm_conversation_id,
    url: urlOf(app, event.dm_conversation_id),
    media: privateFiles(event.attachments?.media_keys, includes),
    ref: { chat: event.dm_conversation_id },
  }
}

const urlOf = ({ webUrl }: AppConfig, chat: string): string => `${webUrl}/messages/${chat}`
const toSent = (app: AppConfig, chat: string, id: string): Published => ({
  externalId: id,
  url: urlOf(app, chat),
  ref: { kind: 'message' },
})

/**
 * Messages later than the mark, oldest first; without one, those of the last day on the first page. X lists backwards and
 * cannot be asked for what came since: where there is more than one look reads, the mark says where to go on. Nothing is
 * asked before its pace allows.
 */
export async function messagesSince(app: AppConfig, as: Credentials, mark: MessageMark | undefined): Answer<Said> {
  const at = now().getTime()
  if (!mayRead(as) || (mark && at - mark.at < messagePaceMs)) return ok({ items: [], mark })
  const items: Incoming[] = []
  const { newest, on } = mark ?? {}
  const reached = newest === undefined ? {} : { newest }
  let { token, top }: Partial<NonNullable<MessageMark['on']>> = on ?? {}
  const handOver = (lookedAt: number): Said => ({
    items: items.toReversed(),
    mark: { at: lookedAt, ...reached, ...(token !== undefined && top !== undefined ? { on: { token, top } } : {}) },
  })
  for (let page = 0; page < messagePages; page++) {
    const answer = await listMessages(app, as, { most: token === undefined ? messagesPerLook : 100, nextToken: token })
    if (!answer.ok) {
      const error = xError(answer.error, 'none', now())
      if (isClosed(answer.error)) return ok({ items: [], mark: { ...mark, at } })
      // Messages have a limit of their own: what is said in public does not wait for its end.
      if (error.code === 'rate_limited') return ok(handOver(error.retryAt.getTime() - messagePaceMs))
      // Where to go on is forgotten there: begun anew, it is read as far as before.
      if (error.code === 'rejected' && on && page === 0) return ok({ items: [], mark: { at, ...reached } })
      return fail(error)
    }
    const { data = [], includes, meta } = answer.value.body
    const fresh = data.filter(({ id }) => newest === undefined || isLater(id, newest))
    items.push(...fresh.map((event) => fromMessage(app, as, event, includes)))
    top ??= fresh[0]?.id
    token = meta?.next_token
    if (newest === undefined || token === undefined || fresh.length < data.length) {
      const since = newest === undefined ? at - day : 0
      return ok({
        items: items.filter((item) => Date.parse(item.at) >= since).toReversed(),
        mark: { at, newest: top ?? newest ?? '0' },
      })
    }
  }
  return ok(handOver(at))
}

/** A message takes no key of ours: what became of it is read back. */
export async function answerMessage(app: AppConfig, as: Credentials, { to, text }: Reply): Answer<Published> {
  const { chat } = Ref.parse(to.ref)
  const sent = await sendMessage(app, as, chat, text)
  return sent.ok ? ok(toSent(app, chat, sent.value.body.data.dm_event_id)) : fail(xError(sent.error, 'visible', now()))
}

/** Our message in its chat since `since`. Two alike, or a chat that was not read far enough, are failures. */
export async function findMessage(
  app: AppConfig,
  as: Credentials,
  { to, text }: Reply,
  since: Date,
): Answer<Published | undefined> {
  const { chat } = Ref.parse(to.ref)
  const from = since.getTime() - clockSkewMs
  const found: DmEvent[] = []
  let nextToken: string | undefined
  for (let page = 0; page < messagePages; page++) {
    const answer = await listMessages(app, as, { chat, most: messagesPerLook, nextToken })
    if (!answer.ok) return fail(xError(answer.error, 'none', now()))
    const { data = [], meta } = answer.value.body
    const recent = data.filter((event) => Date.parse(event.created_at) >= from)
    found.push(...recent.filter((event) => event.sender_id === as.externalId && sameWords(event, text)))
    nextToken = meta?.next_token
    if (nextToken && recent.length === data.length) continue
    return alone(found, ({ id }) => toSent(app, chat, id))
  }
  return fail(tooMuch)
}
