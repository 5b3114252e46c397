import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody, param } from '../core/call'
import { type World, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Attachment, Post } from '../core/state'
import { userOf } from './caller'
import { chatOf, chatWith, membersOf, parentOf } from './chats'
import { fileRoutes, filesView, mediaKey } from './message-files'
import { snowflake } from './ids'
import { forbidden, invalidRequest } from './problems'
import { keep, rich } from './text'
import { fields, userView } from './views'

const quarterHourMs = 15 * 60_000
const Page = z.object({
  max_results: z.coerce.number().int().min(1).max(100).default(100),
  pagination_token: z.string().regex(/^\d+$/).optional(),
})
const NewMessage = z.object({ text: z.string().min(1).max(10_000) })

export const messageTo = (
  world: World,
  call: Pick<Call, 'faults'>,
  q: { readonly from: Account; readonly to: string; readonly text: string; readonly media?: readonly Attachment[] },
): Post =>
  show(world, call, {
    id: snowflake(world),
    account: q.from,
    kind: 'comment',
    text: q.text,
    rich: rich(q.text),
    record: {},
    ...(q.media ? { media: q.media } : {}),
    parentId: parentOf(chatOf(q.from.id, q.to)),
  })

export function messageRoutes(world: World): readonly Route[] {
  const limit = (name: string) => ({ name, max: 15, windowMs: quarterHourMs })
  return [
    ...fileRoutes(world),
    {
      method: 'GET',
      path: '/2/dm_events',
      operation: 'read',
      limit: limit('GET /2/dm_events'),
      handle: (call) => listed(world, call, (me, chat) => membersOf(chat).includes(me.id)),
    },
    {
      method: 'GET',
      path: '/2/dm_conversations/:chat/dm_events',
      operation: 'read',
      limit: limit('GET /2/dm_conversations/:id/dm_events'),
      handle: (call) =>
        listed(world, call, (me, chat) => chat === param(call, 'chat') && membersOf(chat).includes(me.id)),
    },
    {
      method: 'POST',
      path: '/2/dm_conversations/:chat/messages',
      operation: 'comment',
      limit: limit('POST /2/dm_conversations/:id/messages'),
      handle: (call) => send(world, call),
    },
  ]
}

/** Newest first. The token is the id of the last one shown. */
function listed(world: World, call: Call, isAsked: (me: Account, chat: string) => boolean): Reply {
  const caller = userOf(world, call, ['dm.read', 'tweet.read', 'users.read'])
  if ('refusal' in caller) return caller.refusal
  const query = Page.safeParse(Object.fromEntries(call.query))
  if (!query.success)
    return invalidRequest(
      query.error.issues.map((i) => `The \`${i.path.join('.')}\` query parameter value is not valid: ${i.message}`),
    )
  const { max_results: most, pagination_token: token } = query.data
  const found = world.posts.all
    .filter((p) => {
      const chat = chatWith(p)
      return chat !== undefined && isAsked(caller.account, chat) && isVisible(p, world.now())
    })
    .filter((p) => token === undefined || BigInt(p.id) < BigInt(token))
    .toReversed()
  const shown = found.slice(0, most)
  const last = shown.at(-1)
  const asked = new Set(call.query.get('dm_event.fields')?.split(',') ?? [])
  const expansions = new Set(call.query.get('expansions')?.split(',') ?? [])
  const senders = [...new Set(shown.map((p) => p.accountId))]
  const users = senders
    .flatMap((id) => accountById(world, id) ?? [])
    .map((a) => userView(world, a, fields(call.query, 'user')))
  const media = shown.flatMap((p) => filesView(world, p, fields(call.query, 'media')))
  const includes = {
    ...(expansions.has('sender_id') && users.length ? { users } : {}),
    ...(expansions.has('attachments.media_keys') && media.length ? { media } : {}),
  }
  return json(200, {
    ...(shown.length ? { data: shown.map((p) => eventView(world, p, asked, expansions)) } : {}),
    ...(Object.keys(includes).length ? { includes } : {}),
    meta: {
      result_count: shown.length,
      ...(found.length > shown.length && last ? { next_token: last.id } : {}),
    },
  })
}

function eventView(world: World, message: Post, asked: ReadonlySet<string>, expansions: ReadonlySet<string>) {
  const chat = chatWith(message) ?? ''
  const kept = keep(message.text, message.media.length ? `${world.url()}/messages/media/${message.id}` : undefined)
  const all: Readonly<Record<string, unknown>> = {
    text: kept.text,
    ...(kept.urls.length ? { entities: { urls: kept.urls } } : {}),
    event_type: 'MessageCreate',
    created_at: new Date(message.createdAt).toISOString(),
    dm_conversation_id: chat,
    ...(message.media.length ? { attachments: { media_keys: message.media.map((_, i) => mediaKey(message, i)) } } : {}),
  }
  const usual = ['text', 'event_type']
  const named = Object.keys(all).filter((name) => usual.includes(name) || asked.has(name))
  return {
    id: message.id,
    ...Object.fromEntries(named.map((name) => [name, all[name]])),
    // An expansion brings the field that it expands.
    ...(expansions.has('sender_id') ? { sender_id: message.accountId } : {}),
    ...(expansions.has('participant_ids') ? { participant_ids: membersOf(chat) } : {}),
  }
}

/** X lets somebody be written to who wrote first. */
function send(world: World, call: Call): Reply {
  const caller = userOf(world, call, ['dm.write', 'tweet.read', 'users.read'])
  if ('refusal' in caller) return caller.refusal
  const wish = NewMessage.safeParse(jsonBody(call))
  if (!wish.success) return invalidRequest(wish.error.issues.map((i) => `$.${i.path.join('.')}: ${i.message}`))
  const chat = param(call, 'chat')
  const other = membersOf(chat).find((id) => id !== caller.account.id)
  const isOpen = world.posts.answersTo(parentOf(chat)).some((p) => p.accountId === other)
  if (!other || !membersOf(chat).includes(caller.account.id) || !isOpen)
    return forbidden('You do not have permission to DM one or more participants.')
  const sent = messageTo(world, call, { from: caller.account, to: other, text: wish.data.text })
  return json(201, { data: { dm_conversation_id: chat, dm_event_id: sent.id } })
}
