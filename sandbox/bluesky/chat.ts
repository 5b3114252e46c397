import { createHash } from 'node:crypto'
import { z } from 'zod'
import { avatarUrl } from '../core/avatar-route'
import { type Call, type Reply, type Route, bearer, header, json, jsonBody } from '../core/call'
import { type World, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { invalidRequest, invalidToken, problem } from './problems'
import { newTid } from './records'
import { callerOf, privileged } from './session'

const service = 'did:web:api.bsky.chat#bsky_chat'
const perLog = 100
const defs = 'chat.bsky.convo.defs'

const NewMessage = z.object({ convoId: z.string(), message: z.object({ text: z.string().min(1).max(10_000) }) })
const Page = z.object({ limit: z.coerce.number().int().min(1).max(100).default(50), cursor: z.string().optional() })

/** Messages are kept like comments whose parent is the chat: no page shows them. A chat's name says who is in it. */
const chatOf = (convo: string): string => `convo:${convo}`
const convoOf = (a: string, b: string): string =>
  createHash('sha256').update([a, b].toSorted().join('\n')).digest('hex').slice(0, 13)
const membersKey = (convo: string): string => `members:${convo}`
const logOf = (did: string): string => `log:${did}:`

function membersOf(world: World, convo: string): readonly Account[] {
  return (world.state.facts[membersKey(convo)] ?? '').split(' ').flatMap((did) => accountById(world, did) ?? [])
}

/** The chat of two, begun with its first word. */
function chatBetween(world: World, a: Account, b: Account): string {
  const convo = convoOf(a.id, b.id)
  world.state.facts[membersKey(convo)] ??= `${a.id} ${b.id}`
  return convo
}

/** Writes into the log of everybody in a chat. */
function note(world: World, convo: string, entry: object): void {
  const rev = newTid(world)
  for (const { id } of membersOf(world, convo))
    world.state.facts[logOf(id) + rev] = JSON.stringify({ ...entry, rev, convoId: convo })
}

/** A message that somebody sent. */
function messageIn(
  world: World,
  call: Pick<Call, 'faults'>,
  { from, convo, text, shared }: { from: Account; convo: string; text: string; shared?: Post | undefined },
): Post {
  const message = show(world, call, {
    id: newTid(world),
    account: from,
    kind: 'comment',
    text,
    rich: [{ text }],
    record: shared ? { shared: shared.id } : {},
    parentId: chatOf(convo),
  })
  note(world, convo, { kind: 'logCreateMessage', id: message.id })
  return message
}

/** A message, with a post that it shares. */
export const messageTo = (
  world: World,
  call: Pick<Call, 'faults'>,
  from: Account,
  to: Account,
  text: string,
  shared?: Post,
): Post => messageIn(world, call, { from, convo: chatBetween(world, from, to), text, shared })

/** Somebody puts an emoji to a message; undefined when it is none. */
export function reactTo(world: World, by: Account, message: Post, value: string): { readonly id: string } | undefined {
  if (!message.parentId?.startsWith('convo:')) return undefined
  const reaction = { value, sender: { did: by.id }, createdAt: new Date(world.now()).toISOString() }
  note(world, message.parentId.slice('convo:'.length), { kind: 'logAddReaction', id: message.id, reaction })
  return { id: message.id }
}

export function chatRoutes(world: World): readonly Route[] {
  const at = (name: string) => `/xrpc/chat.bsky.convo.${name}`
  const operation = 'read'
  return [
    { method: 'GET', path: at('getLog'), operation, handle: (call) => log(world, call) },
    { method: 'GET', path: at('listConvos'), operation, handle: (call) => convos(world, call) },
    { method: 'GET', path: at('getMessages'), operation, handle: (call) => messages(world, call) },
    { method: 'POST', path: at('sendMessage'), operation: 'comment', handle: (call) => send(world, call) },
  ]
}

/** Through the account's own server, which names the service, with a sign-in that may read messages. */
function chatter(world: World, call: Call): { account: Account } | { refusal: Reply } {
  if (header(call, 'atproto-proxy') !== service)
    return { refusal: problem(501, 'MethodNotImplemented', 'Method Not Implemented') }
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller
  const isAllowed = world.tokens.withAccess(bearer(call) ?? '')?.scopes.includes(privileged)
  return isAllowed ? caller : { refusal: invalidToken('Bad token method') }
}

const profileOf = (world: World, account: Account) => ({
  did: account.id,
  handle: account.handle,
  displayName: account.name,
  avatar: avatarUrl(world, account.id),
})

const Shared = z.object({ shared: z.string() })

/** A post that a message shares, as whoever is in the chat sees it. */
function sharedView(world: World, message: Post) {
  const post = world.posts.get(Shared.safeParse(message.record).data?.shared ?? '')
  const author = post && accountById(world, post.accountId)
  if (!author) return {}
  const record = {
    $type: 'app.bsky.embed.record#viewRecord',
    uri: post.id,
    cid: post.cid,
    author: profileOf(world, author),
    value: post.record,
    indexedAt: new Date(post.createdAt).toISOString(),
  }
  return { embed: { $type: 'app.bsky.embed.record#view', record } }
}

const messageView = (world: World, message: Post) => ({
  $type: `${defs}#${message.deletedAt === undefined ? 'messageView' : 'deletedMessageView'}`,
  id: message.id,
  rev: message.id,
  ...(message.deletedAt === undefined ? { text: message.text, ...sharedView(world, message) } : {}),
  sender: { did: message.accountId },
  sentAt: new Date(message.createdAt).toISOString(),
})

const Entry = z.object({
  kind: z.string(),
  id: z.string(),
  rev: z.string(),
  convoId: z.string(),
  reaction: z.unknown().optional(),
})

/** What happened since the cursor; without one, where the log stands now. */
function log(world: World, call: Call): Reply {
  const caller = chatter(world, call)
  if ('refusal' in caller) return caller.refusal
  const prefix = logOf(caller.account.id)
  const revs = Object.keys(world.state.facts)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .toSorted()
  const cursor = call.query.get('cursor')
  if (cursor === null) return json(200, { logs: [], cursor: revs.at(-1) ?? newTid(world) })
  const shown = revs.filter((rev) => rev > cursor).slice(0, perLog)
  const logs = shown.flatMap((rev) => {
    const { kind, id, convoId, reaction } = Entry.parse(JSON.parse(world.state.facts[prefix + rev] ?? ''))
    const message = world.posts.get(id)
    if (!message) return []
    return {
      $type: `${defs}#${kind}`,
      rev,
      convoId,
      message: messageView(world, message),
      ...(reaction ? { reaction } : {}),
      relatedProfiles: membersOf(world, convoId).map((account) => profileOf(world, account)),
    }
  })
  return json(200, { logs, cursor: shown.at(-1) ?? cursor })
}

function convos(world: World, call: Call): Reply {
  const caller = chatter(world, call)
  if ('refusal' in caller) return caller.refusal
  const all = Object.keys(world.state.facts)
    .filter((key) => key.startsWith('members:'))
    .map((key) => key.slice('members:'.length))
    .filter((convo) => membersOf(world, convo).some(({ id }) => id === caller.account.id))
  return json(200, {
    convos: all.map((id) => {
      const last = world.posts.answersTo(chatOf(id)).findLast((p) => isVisible(p, world.now()))
      return {
        id,
        rev: last?.id ?? id,
        members: membersOf(world, id).map((account) => profileOf(world, account)),
        ...(last ? { lastMessage: messageView(world, last) } : {}),
        muted: false,
        status: 'accepted',
        unreadCount: 0,
      }
    }),
  })
}

/** Newest first. The cursor is the last one shown. */
function messages(world: World, call: Call): Reply {
  const caller = chatter(world, call)
  if ('refusal' in caller) return caller.refusal
  const query = Page.safeParse(Object.fromEntries(call.query))
  if (!query.success) return invalidRequest(z.prettifyError(query.error))
  const { limit, cursor } = query.data
  const convo = call.query.get('convoId') ?? ''
  if (!membersOf(world, convo).some(({ id }) => id === caller.account.id))
    return problem(400, 'InvalidConvo', 'Convo not found')
  const all = world.posts
    .answersTo(chatOf(convo))
    .filter((p) => isVisible(p, world.now()) && (cursor === undefined || p.id < cursor))
    .toReversed()
  const shown = all.slice(0, limit)
  const last = shown.at(-1)?.id
  return json(200, {
    messages: shown.map((message) => messageView(world, message)),
    ...(last && all.length > shown.length ? { cursor: last } : {}),
  })
}

function send(world: World, call: Call): Reply {
  const caller = chatter(world, call)
  if ('refusal' in caller) return caller.refusal
  const wish = NewMessage.safeParse(jsonBody(call))
  if (!wish.success) return invalidRequest(z.prettifyError(wish.error))
  const { convoId, message } = wish.data
  if (!membersOf(world, convoId).some(({ id }) => id === caller.account.id))
    return problem(400, 'InvalidConvo', 'Convo not found')
  const { $type: _, ...view } = messageView(
    world,
    messageIn(world, call, { from: caller.account, convo: convoId, text: message.text }),
  )
  return json(200, view)
}
