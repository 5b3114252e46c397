import { z } from 'zod'
import { day, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming, Published, Reply } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { asAccount, xrpc, type XrpcTrouble } from './api'
import { blueskyError } from './translate'

/** Chats are a service of their own, reached through the account's server (docs.bsky.app, "Service proxying"). */
const proxied = { headers: { 'atproto-proxy': 'did:web:api.bsky.chat#bsky_chat' } }

/** Pages of news, and of one chat's messages, read in one go. */
const logPages = 10
const messagePages = 5
const messagesPerPage = 100

const Profile = z.object({
  did: z.string(),
  handle: z.string(),
  displayName: z.string().optional(),
  avatar: z.string().optional(),
})
type Profiles = readonly z.output<typeof Profile>[]

/** A message, or what is left of one (chat.bsky.convo.defs). Others, of the service itself, are nobody's word. */
const Message = z.object({
  $type: z.enum(['chat.bsky.convo.defs#messageView', 'chat.bsky.convo.defs#deletedMessageView']),
  id: z.string(),
  text: z.string().optional(),
  sender: z.object({ did: z.string() }),
  sentAt: z.string(),
  replyTo: z.object({ id: z.string() }).optional().catch(undefined),
  /** A post that is shared (app.bsky.embed.record#view). */
  embed: z
    .object({ record: z.object({ uri: z.string() }) })
    .optional()
    .catch(undefined),
})
type Message = z.output<typeof Message>
const isThere = ({ $type }: Message): boolean => $type === 'chat.bsky.convo.defs#messageView'

const Reaction = z.object({ value: z.string(), sender: z.object({ did: z.string() }), createdAt: z.string() })
const Log = z.object({
  $type: z.string(),
  convoId: z.string(),
  message: Message,
  reaction: Reaction.optional(),
  relatedProfiles: z.array(Profile).default([]),
})

/** What was said in chats. `cursor` is where the service's own log stood. */
export type Said = {
  readonly items: readonly Incoming[]
  readonly cursor: string | undefined
  /** There is more right now. */
  readonly more: boolean
}

/** Which chat an answer goes to. */
const Ref = z.object({ convo: z.string() })

/**
 * An app password is made with or without access to messages, and a server may have no chats at all. Both are no failure
 * of the account: there is nothing to be heard. `InvalidToken` is that of the method here, because whoever asks has just
 * used the same token for something else.
 */
const hasNoChats = (trouble: XrpcTrouble): boolean =>
  trouble.kind === 'refused' &&
  (['InvalidToken', 'XRPCNotSupported', 'MethodNotImplemented'].includes(trouble.problem?.error ?? '') ||
    [403, 404, 501].includes(trouble.status))

function authorOf(did: string, profiles: Profiles): Incoming['author'] {
  const known = profiles.find((profile) => profile.did === did)
  if (!known) return { externalId: did, handle: did, displayName: 'Somebody on Bluesky', nameless: true }
  return {
    externalId: did,
    handle: `@${known.handle}`,
    displayName: known.displayName || known.handle,
    ...(known.avatar ? { avatarUrl: known.avatar } : {}),
  }
}

type Where = { readonly app: AppConfig; readonly me: string; readonly convo: string; readonly profiles: Profiles }

/** A post that is shared comes beside the words, often without any: its address stands below them. */
function wordsOf(app: AppConfig, { text = '', embed }: Message): string {
  const [, , author = '', collection, key = ''] = embed?.record.uri.split('/') ?? []
  const address = collection === 'app.bsky.feed.post' ? `${app.webUrl}/profile/${author}/post/${key}` : ''
  return [text, address].filter(Boolean).join('\n')
}

function fromMessage({ app, me, convo, profiles }: Where, message: Message, isGone = !isThere(message)): Incoming {
  return {
    externalId: message.id,
    kind: 'dm',
    change: isGone ? 'deleted' : 'new',
    text: isGone ? '' : wordsOf(app, message),
    at: new Date(message.sentAt).toISOString(),
    author: authorOf(message.sender.did, profiles),
    own: message.sender.did === me,
    conversation: convo,
    ...(message.replyTo ? { parent: message.replyTo.id } : {}),
    url: `${app.webUrl}/messages/${convo}`,
    media: [],
    ref: { convo },
  }
}

function fromReaction(
  { app, me, convo, profiles }: Where,
  message: Message,
  { value, sender, createdAt }: z.output<typeof Reaction>,
  isGone: boolean,
): Incoming {
  return {
    externalId: `${message.id}:${sender.did}:${value}`,
    kind: 'reaction',
    change: isGone ? 'deleted' : 'new',
    text: '',
    at: new Date(createdAt).toISOString(),
    author: authorOf(sender.did, profiles),
    own: sender.did === me,
    conversation: convo,
    parent: message.id,
    reaction: value,
    url: `${app.webUrl}/messages/${convo}`,
    media: [],
    ref: {},
  }
}

/** What one entry of the log says; undefined for what nobody said: a chat that was muted, read, begun. */
function fromLog(app: AppConfig, me: string, entry: unknown): Incoming | undefined {
  const log = Log.safeParse(entry)
  if (!log.success) return undefined
  const { $type, convoId: convo, message, reaction, relatedProfiles: profiles } = log.data
  const where: Where = { app, me, convo, profiles }
  switch ($type) {
    case 'chat.bsky.convo.defs#logCreateMessage':
      return fromMessage(where, message)
    case 'chat.bsky.convo.defs#logDeleteMessage':
      return fromMessage(where, message, true)
    case 'chat.bsky.convo.defs#logAddReaction':
      return reaction && fromReaction(where, message, reaction, false)
    case 'chat.bsky.convo.defs#logRemoveReaction':
      return reaction && fromReaction(where, message, reaction, true)
    default:
      return undefined
  }
}

/** Everything said in chats since `cursor`; without one, the last word of each chat of the last day. */
export async function messagesSince(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<Said> {
  if (!cursor) return lastWords(app, as)
  const items: Incoming[] = []
  let at = cursor
  for (let page = 0; page < logPages; page++) {
    const answer = await xrpc(asAccount(app, as), (client) => client.chat.bsky.convo.getLog({ cursor: at }, proxied))
    if (!answer.ok) return at === cursor ? unheard(answer.error, cursor) : ok({ items, cursor: at, more: true })
    const { logs, cursor: next } = answer.value
    items.push(...logs.flatMap((log) => fromLog(app, as.externalId, log) ?? []))
    if (logs.length === 0 || !next || next === at) return ok({ items, cursor: at, more: false })
    at = next
  }
  return ok({ items, cursor: at, more: true })
}

/** The log is asked first where it stands: what is said meanwhile comes twice rather than never. */
async function lastWords(app: AppConfig, as: Credentials): Answer<Said> {
  const log = await xrpc(asAccount(app, as), (client) => client.chat.bsky.convo.getLog({}, proxied))
  if (!log.ok) return unheard(log.error, undefined)
  const chats = await xrpc(asAccount(app, as), (client) => client.chat.bsky.convo.listConvos({ limit: 100 }, proxied))
  if (!chats.ok) return unheard(chats.error, undefined)
  const since = now().getTime() - day
  const items = chats.value.convos.flatMap(({ id: convo, members, lastMessage }) => {
    const last = Message.safeParse(lastMessage)
    const profiles = z.array(Profile).parse(members)
    return last.success && isThere(last.data) && Date.parse(last.data.sentAt) >= since
      ? [fromMessage({ app, me: as.externalId, convo, profiles }, last.data)]
      : []
  })
  return ok({ items: items.toSorted((a, b) => a.at.localeCompare(b.at)), cursor: log.value.cursor, more: false })
}

const unheard = (trouble: XrpcTrouble, cursor: string | undefined) =>
  hasNoChats(trouble) ? ok({ items: [], cursor, more: false }) : fail(blueskyError(trouble, 'none', now()))

/** May this sign-in read messages? */
export async function mayChat(app: AppConfig, as: Credentials): Answer<boolean> {
  const log = await xrpc(asAccount(app, as), (client) => client.chat.bsky.convo.getLog({}, proxied))
  if (log.ok) return ok(true)
  return hasNoChats(log.error) ? ok(false) : fail(blueskyError(log.error, 'none', now()))
}

const toSent = (app: AppConfig, convo: string, id: string): Published => ({
  externalId: id,
  url: `${app.webUrl}/messages/${convo}`,
  ref: { kind: 'message' },
})

/** A message takes no key of ours: what became of it is read back. */
export async function sendMessage(app: AppConfig, as: Credentials, { to, text }: Reply): Answer<Published> {
  const { convo } = Ref.parse(to.ref)
  const sent = await xrpc(asAccount(app, as), (client) =>
    client.chat.bsky.convo.sendMessage(
      { convoId: convo, message: { text } },
      { ...proxied, encoding: 'application/json' },
    ),
  )
  return sent.ok ? ok(toSent(app, convo, sent.value.id)) : fail(blueskyError(sent.error, 'visible', now()))
}

/** Our message in its chat since `since`. Two alike, or a chat that was not read far enough, are failures. */
export async function findMessage(
  app: AppConfig,
  as: Credentials,
  { to, text }: Reply,
  since: Date,
): Answer<Published | undefined> {
  const { convo } = Ref.parse(to.ref)
  const from = since.getTime() - clockSkewMs
  const found: string[] = []
  let cursor: string | undefined
  for (let page = 0; page < messagePages; page++) {
    const answer = await xrpc(asAccount(app, as), (client) =>
      client.chat.bsky.convo.getMessages(
        { convoId: convo, limit: messagesPerPage, ...(cursor ? { cursor } : {}) },
        proxied,
      ),
    )
    if (!answer.ok) return fail(blueskyError(answer.error, 'none', now()))
    const messages = answer.value.messages.flatMap((one) => Message.safeParse(one).data ?? [])
    const ours = messages.filter(({ sender, sentAt }) => sender.did === as.externalId && Date.parse(sentAt) >= from)
    found.push(...ours.flatMap((one) => (one.text?.trim() === text.trim() ? [one.id] : [])))
    cursor = answer.value.cursor
    const reachedBack = messages.some((one) => Date.parse(one.sentAt) < from)
    if (!cursor || reachedBack) return alone(found, (id) => toSent(app, convo, id))
  }
  return fail(tooMuch)
}
