import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, newId, noSuchObject, paramsOf } from '../core/graph'
import { edge } from '../core/graph-fields'
import { hide } from '../core/graph-hiding'
import { plainLinks } from '../core/links'
import { type World, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Attachment, Post } from '../core/state'
import { tellComment } from './events'
import { tellUnderReview } from './reviews'
import { perVersion } from '../core/graph'
import { takeUp, uploaded } from './uploads'
import { attached, commentView } from './views'

const maxComment = 8_000

/** A post or a comment by any name it goes by: `PAGE_POST`, a film's own number, `POST_COMMENT`. */
export function thingById(world: World, id: string): Post | undefined {
  return world.posts.get(id) ?? world.posts.get(id.slice(id.indexOf('_') + 1))
}

export function commentRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'POST', path: `/${v}/:object/comments`, operation: 'comment', handle: (call) => comment(world, call) },
    { method: 'GET', path: `/${v}/:object/comments`, operation: 'read', handle: (call) => list(world, call) },
    {
      method: 'POST',
      path: `/${v}/:object`,
      operation: 'comment',
      handle(call) {
        const caller = callerOf(world, call, 'pages_manage_engagement')
        if ('refusal' in caller) return caller.refusal
        return hide(world, call, caller.account, 'is_hidden', (said, hidden) => tellHidden(world, call, said, hidden))
      },
    },
  ])
}

/** Whoever hid it, at Facebook or by an app. */
export const tellHidden = (world: World, call: Pick<Call, 'faults'>, said: Post, hidden: boolean): void =>
  tellComment(world, call, said, hidden ? 'hide' : 'unhide')

/** Threads are two deep: an answer to an answer stands beside it. */
export function commentAs(
  world: World,
  call: Pick<Call, 'faults'>,
  account: Account,
  on: Post,
  text: string,
  media: readonly Attachment[] = [],
): Post {
  const isDeep = on.kind === 'comment' && world.posts.get(on.parentId ?? '')?.kind === 'comment'
  const parentId = isDeep ? (on.parentId ?? on.id) : on.id
  const rootId = on.rootId ?? on.id
  const made = show(world, call, {
    id: `${rootId.slice(rootId.indexOf('_') + 1)}_${newId(world, '15')}`,
    account,
    kind: 'comment',
    text,
    rich: plainLinks(text),
    record: {},
    media,
    parentId,
    rootId,
  })
  tellComment(world, call, made)
  tellUnderReview(world, call, made)
  return made
}

function comment(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'pages_manage_engagement')
  if ('refusal' in caller) return caller.refusal
  const on = thingById(world, param(call, 'object'))
  if (!on || on.deletedAt !== undefined) return noSuchObject(param(call, 'object'), 'post')
  const { message = '', attachment_id: attachment } = paramsOf(call)
  const text = String(message)
  const photo = attachment === undefined ? undefined : uploaded(world, caller.account, String(attachment))
  if (attachment !== undefined && photo?.blob === undefined) return noSuchObject(String(attachment), 'post')
  if (text.trim() === '' && !photo) return badParameter('Missing message or attachment')
  if (text.length > maxComment) return badParameter(`Param message must be at most ${maxComment} characters long`)
  if (photo) takeUp(world, caller.account, [photo.id])
  return json(200, { id: commentAs(world, call, caller.account, on, text, photo ? [attached(photo)] : []).id })
}

function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'pages_read_engagement')
  if ('refusal' in caller) return caller.refusal
  const on = thingById(world, param(call, 'object'))
  if (!on || on.deletedAt !== undefined) return noSuchObject(param(call, 'object'))
  const isStream = call.query.get('filter') === 'stream'
  const mayAsk = world.posts.all.filter(
    (p) =>
      p.kind === 'comment' && isVisible(p, world.now()) && (p.parentId === on.id || (isStream && p.rootId === on.id)),
  )
  const ordered = call.query.get('order') === 'reverse_chronological' ? mayAsk.toReversed() : mayAsk
  return edge(
    call,
    { url: world.url(), type: 'Comment' },
    ordered.map((p) => ({ at: p.createdAt, view: commentView(world, p) })),
  )
}
