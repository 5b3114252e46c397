import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, newId, noSuchObject, paramsOf, perVersion } from '../core/graph'
import { hidesAuthor } from '../core/graph-addressee'
import { edge, type Field, graphTime, select, type View } from '../core/graph-fields'
import { hide } from '../core/graph-hiding'
import { isHidden } from '../core/hiding'
import { tellHub } from '../core/graph-hooks'
import { messagesIn, send, threads } from '../core/graph-messages'
import { type World, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { own } from './caller'
import { madeOf } from './publish'

const maxComment = 2_200
/** Answers that come with their comment; the others have an edge of their own. */
const sentAlong = 25

export function commentRoutes(world: World): readonly Route[] {
  const scope = 'instagram_business_manage_messages'
  return perVersion((v) => [
    ...(['comments', 'replies'] as const).flatMap((name): Route[] => [
      { method: 'POST', path: `/${v}/:object/${name}`, operation: 'comment', handle: (call) => comment(world, call) },
      { method: 'GET', path: `/${v}/:object/${name}`, operation: 'read', handle: (call) => list(world, call) },
    ]),
    {
      method: 'POST',
      path: `/${v}/:object`,
      operation: 'comment',
      handle(call) {
        const caller = callerOf(world, call, 'instagram_business_manage_comments')
        return 'refusal' in caller ? caller.refusal : hide(world, call, caller.account, 'hide')
      },
    },
    {
      method: 'POST',
      path: `/${v}/:user/mentions`,
      operation: 'comment',
      handle: (call) => answerMention(world, call),
    },
    {
      method: 'POST',
      path: `/${v}/:user/messages`,
      operation: 'comment',
      handle(call) {
        const found = own(world, call, scope)
        return 'refusal' in found ? found.refusal : send(world, call, found.account, 'instagram')
      },
    },
    {
      method: 'GET',
      path: `/${v}/:thread/messages`,
      operation: 'read',
      handle: (call) => messagesIn(world, call, scope),
    },
    {
      method: 'GET',
      path: `/${v}/:user/conversations`,
      operation: 'read',
      handle(call) {
        const found = own(world, call, scope)
        return 'refusal' in found ? found.refusal : threads(world, call, found.account)
      },
    },
  ])
}

const answersOf = (world: World, on: Post): readonly Post[] =>
  world.posts.answersTo(on.id).filter((p) => p.kind === 'comment' && isVisible(p, world.now()))

export function commentView(world: World, one: Post): View {
  const username = accountById(world, one.accountId)?.handle ?? ''
  const parent = world.posts.get(one.parentId ?? '')
  return {
    id: one.id,
    text: one.text,
    timestamp: graphTime(one.createdAt),
    username,
    from: hidesAuthor(world, one) ? undefined : { id: one.accountId, username },
    hidden: isHidden(world, one.id),
    like_count: 0,
    parent_id: parent?.kind === 'comment' ? parent.id : undefined,
    media: one.rootId ? { id: one.rootId } : undefined,
    replies(field: Field) {
      const answers = answersOf(world, one)
      if (answers.length === 0) return undefined
      const data = answers.slice(0, sentAlong).map((p) => select(commentView(world, p), field.inner))
      const next = `${world.url()}/${one.id}/replies?after=${sentAlong}`
      return { data, ...(answers.length > sentAlong ? { paging: { next } } : {}) }
    },
  }
}

/** A comment, or an answer to one: threads are two deep. Tells the account whose post it is. */
export function commentAs(world: World, call: Pick<Call, 'faults'>, account: Account, on: Post, text: string): Post {
  const isDeep = on.kind === 'comment' && world.posts.get(on.parentId ?? '')?.kind === 'comment'
  const parentId = isDeep ? (on.parentId ?? on.id) : on.id
  const rootId = on.rootId ?? on.id
  const id = newId(world, '17850000')
  const made = show(world, call, { id, account, kind: 'comment', text, rich: [{ text }], record: {}, parentId, rootId })
  const root = world.posts.get(rootId)
  const value = {
    id,
    text,
    from: { id: account.id, username: account.handle },
    media: { id: rootId, media_product_type: 'FEED' },
    ...(parentId === rootId ? {} : { parent_id: parentId }),
  }
  if (root)
    tellHub(world, call, {
      object: 'instagram',
      accountId: root.accountId,
      field: 'comments',
      entry: { changes: [{ field: 'comments', value }] },
    })
  return made
}

function comment(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'instagram_business_manage_comments')
  if ('refusal' in caller) return caller.refusal
  const on = world.posts.get(param(call, 'object'))
  const isOurs = on && (world.posts.get(on.rootId ?? on.id)?.accountId ?? '') === caller.account.id
  if (!on || !isOurs || on.deletedAt !== undefined) return noSuchObject(param(call, 'object'), 'post')
  if (madeOf(on).product === 'STORY') return noSuchObject(param(call, 'object'), 'post')
  const text = String(paramsOf(call).message ?? '')
  if (text.trim() === '' || text.length > maxComment) return badParameter('The parameter message is required')
  return json(200, { id: commentAs(world, call, caller.account, on, text).id })
}

function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'instagram_business_manage_comments')
  if ('refusal' in caller) return caller.refusal
  const on = world.posts.get(param(call, 'object'))
  if (!on || on.deletedAt !== undefined) return noSuchObject(param(call, 'object'))
  const newestFirst = answersOf(world, on).toReversed()
  return edge(
    call,
    { url: world.url(), type: 'IGComment' },
    newestFirst.map((p) => ({ at: p.createdAt, view: commentView(world, p) })),
  )
}

/** An answer in somebody else's place: under the post, or the comment, that mentions the account. */
function answerMention(world: World, call: Call): Reply {
  const found = own(world, call, 'instagram_business_manage_comments')
  if ('refusal' in found) return found.refusal
  const { media_id, comment_id, message } = paramsOf(call)
  const on = world.posts.get(String(comment_id ?? media_id ?? ''))
  if (!on) return noSuchObject(String(media_id), 'post')
  if (typeof message !== 'string' || message.trim() === '') return badParameter('The parameter message is required')
  return json(200, { id: commentAs(world, call, found.account, on, message).id })
}
