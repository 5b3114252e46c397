import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, jsonBody, param } from '../core/call'
import { type World, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { mayRead, mayWriteAs, restCaller, urnOf } from './caller'
import { newId } from './ids'
import { links } from './little-text'
import { accessDenied, badInput, badRequest, notFoundProblem } from './problems'
import { rangeOf } from './restli'
import { tell } from './webhooks'

const maxComment = 1_250
/** Comments have scopes of their own since 2025; the older ones still open them. */
const writing = ['w_organization_social_feed', 'w_organization_social']
const reading = ['r_organization_social_feed', 'r_organization_social']
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
    { method: 'GET', path: `${path}/:comment`, operation: 'read', handle: (call) => one(world, call) },
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
  const actor = mayWriteAs(world, caller, wish.actor, 'partnerApiSocialActions.CREATE', writing)
  if ('refusal' in actor) return actor.refusal
  const parent = world.posts.get(wish.parentComment ?? param(call, 'urn'))
  // An index that lags hides a post from listings, not from being answered.
  if (!parent || parent.deletedAt !== undefined) return notFoundProblem('Could not find the thread to comment on')
  const post = commentAs(world, call, { by: actor.account, on: parent, text: wish.message.text, record: wish })
  return json(201, view(world, post), { 'x-restli-id': numberOf(post) })
}

/** Shows a comment and tells the page whose post it stands under. */
export function commentAs(
  world: World,
  call: Pick<Call, 'faults'>,
  {
    by,
    on,
    text,
    record,
  }: { readonly by: Account; readonly on: Post; readonly text: string; readonly record: unknown },
): Post {
  const root = on.rootId ?? on.id
  const post = show(world, call, {
    id: `urn:li:comment:(${root},${newId(world)})`,
    account: by,
    kind: 'comment',
    text,
    rich: links(text),
    record,
    parentId: on.id,
    rootId: root,
  })
  const pageId = world.posts.get(root)?.accountId ?? ''
  tell(world, call, { action: by.id === pageId ? 'ADMIN_COMMENT' : 'COMMENT', pageId, by, about: post })
  return post
}

const numberOf = (post: Post): string => /,(\d+)\)$/.exec(post.id)?.[1] ?? ''

const answersOf = (world: World, post: Post): readonly Post[] =>
  world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now()))

function view(world: World, post: Post) {
  const actor = accountById(world, post.accountId)
  const urn = actor ? urnOf(actor) : ''
  const answers = answersOf(world, post).length
  return {
    id: numberOf(post),
    $URN: post.id,
    commentUrn: post.id,
    actor: urn,
    object: post.rootId,
    message: { attributes: [], text: post.text },
    created: { actor: urn, time: post.createdAt },
    lastModified: { actor: urn, time: post.createdAt },
    ...(post.parentId !== post.rootId ? { parentComment: post.parentId } : {}),
    ...(answers > 0
      ? {
          commentsSummary: { selectedComments: [], totalFirstLevelComments: answers, aggregatedTotalComments: answers },
        }
      : {}),
  }
}

function list(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const thread = world.posts.get(param(call, 'urn'))
  // A comment belongs to whoever's post it stands under.
  const root = thread && (world.posts.get(thread.rootId ?? thread.id) ?? thread)
  const author = root && accountById(world, root.accountId)
  if (thread && !mayRead(caller, author, reading)) return accessDenied('partnerApiSocialActions.GET_ALL')
  if (!thread || !isVisible(thread, world.now())) return notFoundProblem()
  const range = rangeOf(call)
  if (!range) return badRequest('start and count must be whole numbers; count at most 100')
  const { start, count } = range
  const all = answersOf(world, thread)
  const elements = all.slice(start, start + count).map((p) => view(world, p))
  return json(200, { paging: { start, count, links: [], total: all.length }, elements })
}

/** One comment, wherever it stands under the post. */
function one(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const root = world.posts.get(param(call, 'urn'))
  if (root && !mayRead(caller, accountById(world, root.accountId), reading))
    return accessDenied('partnerApiSocialActions.GET')
  const found = root && world.posts.get(`urn:li:comment:(${root.id},${param(call, 'comment')})`)
  return found && isVisible(found, world.now()) ? json(200, view(world, found)) : notFoundProblem()
}

function remove(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const wanted = param(call, 'comment')
  const post = world.posts.answersTo(param(call, 'urn')).find((p) => p.id === wanted || p.id.endsWith(`,${wanted})`))
  if (!post) return empty(204)
  const actor = accountById(world, post.accountId)
  const may = actor && mayWriteAs(world, caller, urnOf(actor), 'partnerApiSocialActions.DELETE', writing)
  if (!may || 'refusal' in may) return accessDenied('partnerApiSocialActions.DELETE')
  post.deletedAt ??= world.now()
  return empty(204)
}
