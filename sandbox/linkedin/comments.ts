import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, jsonBody, param } from '../core/call'
import { type World, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import { mayRead, mayWriteAs, restCaller, urnOf } from './caller'
import { newId } from './ids'
import { links } from './little-text'
import { accessDenied, badInput, badRequest, notFoundProblem } from './problems'
import { rangeOf } from './restli'
import { tell } from './webhooks'

const maxComment = 1_250
const NewComment = z.object({
  actor: z.string(),
  object: z.string().optional(),
  message: z.object({ text: z.string().min(1) }),
  parentComment: z.string().optional(),
})

export function commentRoutes(world: World): readonly Route[] {
  const path = '/rest/socialActions/:urn/comments'
  return [
    { method: 'POST', path, operation: 'comment', handle: (call) => comment(world, call) },
    { method: 'GET', path, operation: 'read', handle: (call) => list(world, call) },
    { method: 'DELETE', path: `${path}/:comment`, operation: 'delete', handle: (call) => remove(world, call) },
  ]
}

/** A comment's text is plain, not little text. LinkedIn has no filter against the same comment twice. */
function comment(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = NewComment.safeParse(jsonBody(call))
  if (!parsed.success) return badInput(400, 'INVALID_VALUE_FOR_FIELD', z.prettifyError(parsed.error), '/message')
  const wish = parsed.data
  if (wish.message.text.length > maxComment)
    return badInput(
      422,
      'FIELD_LENGTH_TOO_LONG',
      `ERROR :: /message/text :: value length ${wish.message.text.length} is greater than max ${maxComment}`,
      '/message/text',
    )
  const actor = mayWriteAs(world, caller, wish.actor, 'partnerApiSocialActions.CREATE')
  if ('refusal' in actor) return actor.refusal
  const parent = world.posts.get(wish.parentComment ?? param(call, 'urn'))
  // An index that lags hides a post from listings, not from being answered.
  if (!parent || parent.deletedAt !== undefined) return notFoundProblem('Could not find the thread to comment on')
  const root = parent.rootId ?? parent.id
  const number = newId(world)
  const post = show(world, call, {
    id: `urn:li:comment:(${root},${number})`,
    account: actor.account,
    kind: 'comment',
    text: wish.message.text,
    rich: links(wish.message.text),
    record: wish,
    parentId: parent.id,
    rootId: root,
  })
  tell(world, call, 'ADMIN_COMMENT', actor.account, post)
  return json(201, view(world, post), { 'x-restli-id': number })
}

function view(world: World, post: Post) {
  const actor = accountById(world, post.accountId)
  const urn = actor ? urnOf(actor) : ''
  return {
    id: /,(\d+)\)$/.exec(post.id)?.[1] ?? '',
    $URN: post.id,
    commentUrn: post.id,
    actor: urn,
    object: post.rootId,
    message: { attributes: [], text: post.text },
    created: { actor: urn, time: post.createdAt },
    lastModified: { actor: urn, time: post.createdAt },
    ...(post.parentId !== post.rootId ? { parentComment: post.parentId } : {}),
  }
}

function list(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const thread = world.posts.get(param(call, 'urn'))
  const author = thread && accountById(world, thread.accountId)
  if (thread && !mayRead(caller, author)) return accessDenied('partnerApiSocialActions.GET_ALL')
  if (!thread || !isVisible(thread, world.now())) return notFoundProblem()
  const range = rangeOf(call)
  if (!range) return badRequest('start and count must be whole numbers; count at most 100')
  const { start, count } = range
  const all = world.posts.answersTo(thread.id).filter((p) => isVisible(p, world.now()))
  const elements = all.slice(start, start + count).map((p) => view(world, p))
  return json(200, { paging: { start, count, links: [], total: all.length }, elements })
}

function remove(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const wanted = param(call, 'comment')
  const post = world.posts.answersTo(param(call, 'urn')).find((p) => p.id === wanted || p.id.endsWith(`,${wanted})`))
  if (!post) return empty(204)
  const actor = accountById(world, post.accountId)
  const may = actor && mayWriteAs(world, caller, urnOf(actor), 'partnerApiSocialActions.DELETE')
  if (!may || 'refusal' in may) return accessDenied('partnerApiSocialActions.DELETE')
  post.deletedAt ??= world.now()
  return empty(204)
}
