import { z } from 'zod'
import { type Call, type Reply, type Route, empty, jsonBody, param } from '../core/call'
import type { World } from '../core/network'
import type { Post } from '../core/state'
import { asBot } from './caller'
import type { Tell } from './gateway'
import { invalidForm, unknownChannel } from './problems'
import { keptOf, spot } from './server'
import { messageAt } from './messages'
import { messageView } from './views'

const Purge = z.object({ messages: z.array(z.string().regex(/^\d+$/)).min(2).max(100) })

/** Takes several messages away at once, of which Discord tells in one event. What is gone already is passed over. */
function purge(world: World, call: Call, tell: Tell): Reply {
  const channelId = param(call, 'channel')
  if (!spot(world, channelId)) return unknownChannel()
  const wish = Purge.safeParse(jsonBody(call))
  if (!wish.success)
    return invalidForm([
      { path: ['messages'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 2 and 100 in length.' },
    ])
  const posts = wish.data.messages.flatMap((id) => messageAt(world, channelId, id) ?? [])
  for (const post of posts) post.deletedAt = world.now()
  if (posts.length > 0) tell('MESSAGE_DELETE_BULK', { ids: posts.map(({ id }) => id), channel_id: channelId })
  return empty(204)
}

/** What moderators and their bots do to what others said. */
export function moderationRoutes(world: World, tell: Tell): readonly Route[] {
  const path = '/api/v10/channels/:channel/messages'
  const by = (then: (world: World, call: Call, tell: Tell) => Reply) => (call: Call) =>
    asBot(world, call) ?? then(world, call, tell)
  return [{ method: 'POST', path: `${path}/bulk-delete`, operation: 'delete', handle: by(purge) }]
}

/** Somebody gave a message other words, or took it away. */
export function tellChange(world: World, tell: Tell, post: Post, how: 'edited' | 'remove'): void {
  if (how === 'remove') return tell('MESSAGE_DELETE', { id: post.id, channel_id: keptOf(post).channelId })
  post.record = { ...keptOf(post), editedAt: world.now() }
  return tell('MESSAGE_UPDATE', messageView(world, post))
}
