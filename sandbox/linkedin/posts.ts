import { z } from 'zod'
import { type Call, type Reply, type Route, empty, header, json, jsonBody, param } from '../core/call'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import { accountOfUrn, mayRead, mayWriteAs, restCaller, urnOf } from './caller'
import { readLittleText } from './little-text'
import { accessDenied, badRequest, notFoundProblem } from './problems'
import { NewPost, commentaryProblem, publish } from './publish'
import { rangeOf } from './restli'

const Patch = z.object({ patch: z.object({ $set: z.object({ commentary: z.string() }) }) })

export function postRoutes(world: World): readonly Route[] {
  const limit = { name: 'POST /rest/posts', max: 100, windowMs: 86_400_000 }
  return [
    { method: 'POST', path: '/rest/posts', operation: 'publish', limit, handle: (call) => publish(world, call) },
    { method: 'GET', path: '/rest/posts', operation: 'read', handle: (call) => byAuthor(world, call) },
    { method: 'GET', path: '/rest/posts/:urn', operation: 'read', handle: (call) => one(world, call) },
    { method: 'POST', path: '/rest/posts/:urn', operation: 'edit', handle: (call) => edit(world, call) },
    { method: 'DELETE', path: '/rest/posts/:urn', operation: 'delete', handle: (call) => remove(world, call) },
  ]
}

function postView(world: World, post: Post) {
  const record = NewPost.safeParse(post.record)
  const author = accountById(world, post.accountId)
  const { content, ...rest } = record.success ? record.data : { content: undefined }
  return {
    ...rest,
    ...(content ? { content } : {}),
    id: post.id,
    author: author ? urnOf(author) : '',
    createdAt: post.createdAt,
    publishedAt: post.createdAt,
    lastModifiedAt: post.createdAt,
    lifecycleStateInfo: { isEditedByAuthor: false },
  }
}

function byAuthor(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  if (call.query.get('q') !== 'author') return badRequest('The finder must be q=author')
  const author = accountOfUrn(world, call.query.get('author') ?? '')
  if (!author || !mayRead(caller, author)) return accessDenied('partnerApiPostsExternal.FINDER-author')
  const range = rangeOf(call)
  if (!range) return badRequest('start and count must be whole numbers; count at most 100')
  const { start, count } = range
  const found = world.posts
    .of(author.id)
    .filter((p) => p.kind === 'post' && isVisible(p, world.now()))
    .toReversed()
  return json(200, {
    paging: { start, count, links: [], total: found.length },
    elements: found.slice(start, start + count).map((p) => postView(world, p)),
  })
}

function one(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(param(call, 'urn'))
  const author = post && accountById(world, post.accountId)
  if (post && !mayRead(caller, author)) return accessDenied('partnerApiPostsExternal.GET')
  return post && isVisible(post, world.now()) ? json(200, postView(world, post)) : notFoundProblem()
}

function own(world: World, call: Call, action: string): { post: Post | undefined } | { refusal: Reply } {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller
  const post = world.posts.get(param(call, 'urn'))
  const author = post && accountById(world, post.accountId)
  if (!post || !author) return { post: undefined }
  const may = mayWriteAs(world, caller, urnOf(author), `partnerApiPostsExternal.${action}`)
  return 'refusal' in may ? may : { post }
}

function edit(world: World, call: Call): Reply {
  if (header(call, 'x-restli-method') !== 'PARTIAL_UPDATE')
    return badRequest('The header X-RestLi-Method must be PARTIAL_UPDATE')
  const found = own(world, call, 'PARTIAL_UPDATE')
  if ('refusal' in found) return found.refusal
  if (!found.post || found.post.deletedAt !== undefined) return notFoundProblem()
  const parsed = Patch.safeParse(jsonBody(call))
  if (!parsed.success) return badRequest('The patch must set commentary')
  const read = readLittleText(parsed.data.patch.$set.commentary)
  const tooLong = commentaryProblem(read.text)
  if (tooLong) return tooLong
  found.post.text = read.text
  found.post.rich = read.rich
  return empty(204)
}

/** 204 however often it is asked. */
function remove(world: World, call: Call): Reply {
  const found = own(world, call, 'DELETE')
  if ('refusal' in found) return found.refusal
  if (found.post) found.post.deletedAt ??= world.now()
  return empty(204)
}
