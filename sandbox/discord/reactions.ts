import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, param } from '../core/call'
import type { World } from '../core/network'
import type { Post } from '../core/state'
import { asBot } from './caller'
import type { Tell } from './gateway'
import { messageAt } from './messages'
import { unknownMessage } from './problems'
import { emojiOf, keptOf, reactionsOf } from './server'
import { personView } from './views'
import { complaint } from './wish'

const Page = z.object({
  after: z.string().regex(/^\d+$/).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  type: z.enum(['0', '1']).default('0'),
})

/** Who reacted with an emoji, by their ids. Super reactions (`type` 1), which nobody gives here, are listed by themselves. */
function list(world: World, call: Call): Reply {
  const post = messageAt(world, param(call, 'channel'), param(call, 'message'))
  if (!post) return unknownMessage()
  const asked = Page.safeParse(Object.fromEntries(call.query))
  if (!asked.success) return complaint(asked.error)
  const { after = '0', limit, type } = asked.data
  const people = (type === '0' && reactionsOf(post).get(param(call, 'emoji'))) || []
  const page = people.filter((id) => BigInt(id) > BigInt(after)).slice(0, limit)
  return json(
    200,
    page.map((id) => personView(world, id)),
  )
}

const takeOff = (post: Post, goes: (like: string) => boolean): void => {
  post.given = { ...post.given, likes: (post.given?.likes ?? []).filter((like) => !goes(like)) }
}
const whereIs = (post: Post) => ({ channel_id: keptOf(post).channelId, message_id: post.id })

/** Takes all reactions off a message, or all of one emoji. Whose they were no event says. */
function strip(world: World, call: Call, tell: Tell): Reply {
  const { emoji: named } = call.params
  const post = messageAt(world, param(call, 'channel'), param(call, 'message'))
  if (!post) return unknownMessage()
  takeOff(post, (like) => named === undefined || like.slice(like.indexOf(':') + 1) === named)
  if (named) tell('MESSAGE_REACTION_REMOVE_EMOJI', { ...whereIs(post), emoji: emojiOf(named) })
  else tell('MESSAGE_REACTION_REMOVE_ALL', whereIs(post))
  return empty(204)
}

/** Takes back what one person gave. */
function takeBack(world: World, call: Call, tell: Tell): Reply {
  const [named, by] = [param(call, 'emoji'), param(call, 'user')]
  const post = messageAt(world, param(call, 'channel'), param(call, 'message'))
  if (!post) return unknownMessage()
  takeOff(post, (like) => like === `${by}:${named}`)
  const about = { ...whereIs(post), user_id: by, emoji: emojiOf(named), burst: false, type: 0 }
  tell('MESSAGE_REACTION_REMOVE', about)
  return empty(204)
}

export function reactionRoutes(world: World, tell: Tell): readonly Route[] {
  const path = '/api/v10/channels/:channel/messages/:message/reactions'
  const by = (then: (world: World, call: Call, tell: Tell) => Reply) => (call: Call) =>
    asBot(world, call) ?? then(world, call, tell)
  return [
    { method: 'GET', path: `${path}/:emoji`, operation: 'metrics', handle: by(list) },
    { method: 'DELETE', path, operation: 'delete', handle: by(strip) },
    { method: 'DELETE', path: `${path}/:emoji`, operation: 'delete', handle: by(strip) },
    { method: 'DELETE', path: `${path}/:emoji/:user`, operation: 'delete', handle: by(takeBack) },
  ]
}
