import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, jsonBody } from '../core/call'
import { isHidden, setHidden } from '../core/hiding'
import { type NewPost, type World, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { channelOf } from './caller'
import { commentId, etag, replyId } from './ids'
import { badRequest, forbidden, notFound } from './problems'
import { partsOf } from './parts'
import { units } from './quota'
import { pageOf } from './reads'
import { commentsUnder, recordOf } from './record'

const maxComment = 10_000
/** How many answers come along with a thread. Which, YouTube does not say: here those that hide what is new. */
const sentAlong = 5

const NewThread = z.object({
  snippet: z.object({
    channelId: z.string().optional(),
    videoId: z.string(),
    topLevelComment: z.object({ snippet: z.object({ textOriginal: z.string().min(1) }) }),
  }),
})
const NewReply = z.object({ snippet: z.object({ parentId: z.string(), textOriginal: z.string().min(1) }) })

export function commentRoutes(world: World): readonly Route[] {
  const threads = '/youtube/v3/commentThreads'
  const comments = '/youtube/v3/comments'
  return [
    { method: 'GET', path: threads, operation: 'read', limit: units(1), handle: (call) => listThreads(world, call) },
    { method: 'POST', path: threads, operation: 'comment', limit: units(50), handle: (call) => addThread(world, call) },
    { method: 'GET', path: comments, operation: 'read', limit: units(1), handle: (call) => listReplies(world, call) },
    { method: 'POST', path: comments, operation: 'comment', limit: units(50), handle: (call) => addReply(world, call) },
    {
      method: 'POST',
      path: `${comments}/setModerationStatus`,
      operation: 'comment',
      limit: units(50),
      handle: (call) => moderate(world, call),
    },
    { method: 'DELETE', path: comments, operation: 'delete', limit: units(50), handle: (call) => remove(world, call) },
  ]
}

const isThread = (post: Post): boolean => post.parentId === post.rootId

const tooLong = (text: string): Reply | undefined =>
  text.length > maxComment ? badRequest('commentTextTooLong', 'The comment is too long.') : undefined

function addThread(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'manage')
  if ('refusal' in caller) return caller.refusal
  const wish = NewThread.safeParse(jsonBody(call))
  if (!wish.success) return badRequest('commentTextRequired', z.prettifyError(wish.error))
  const { videoId, topLevelComment } = wish.data.snippet
  const text = topLevelComment.snippet.textOriginal
  const refusal = tooLong(text)
  if (refusal) return refusal
  const video = world.posts.get(videoId)
  if (!video || video.kind !== 'post' || video.deletedAt !== undefined)
    return notFound('videoNotFound', 'The video identified by the videoId parameter could not be found.')
  if (recordOf(video).status.selfDeclaredMadeForKids)
    return forbidden('commentsDisabled', 'The video identified by the videoId parameter has disabled comments.')
  const post = show(world, call, commentOf(world, caller.account, text, video))
  return json(200, threadView(world, post, ['snippet']))
}

/** A comment under a video, or an answer under a comment: YouTube's threads are two deep. */
export function commentOf(world: World, account: Account, text: string, on: Post): NewPost {
  const thread = on.kind === 'post' || isThread(on) ? on : (world.posts.get(on.parentId ?? '') ?? on)
  return {
    id: thread.kind === 'post' ? commentId(world) : replyId(world, thread.id),
    account,
    kind: 'comment',
    text,
    rich: [{ text }],
    record: {},
    parentId: thread.id,
    rootId: thread.rootId ?? thread.id,
  }
}

function addReply(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'manage')
  if ('refusal' in caller) return caller.refusal
  const wish = NewReply.safeParse(jsonBody(call))
  if (!wish.success) return badRequest('commentTextRequired', z.prettifyError(wish.error))
  const { parentId, textOriginal } = wish.data.snippet
  const refusal = tooLong(textOriginal)
  if (refusal) return refusal
  const parent = world.posts.get(parentId)
  if (!parent || parent.kind !== 'comment' || parent.deletedAt !== undefined || !isThread(parent))
    return notFound('parentCommentNotFound', 'The specified parent comment could not be found.')
  const post = show(world, call, commentOf(world, caller.account, textOriginal, parent))
  return json(200, commentView(world, post, caller.account.id))
}

const Edited = z.object({ editedAt: z.number() })

function commentView(world: World, post: Post, reader?: string) {
  const author = accountById(world, post.accountId)
  const at = new Date(post.createdAt).toISOString()
  const edited = Edited.safeParse(post.record).data
  const snippet = {
    textDisplay: post.text,
    // Only its author is shown a comment as it was written.
    ...(reader === post.accountId ? { textOriginal: post.text } : {}),
    authorDisplayName: `@${author?.handle ?? ''}`,
    authorProfileImageUrl: `${world.url()}/avatar/${encodeURIComponent(post.accountId)}`,
    authorChannelUrl: `${world.url()}/channel/${post.accountId}`,
    authorChannelId: { value: post.accountId },
    canRate: true,
    viewerRating: 'none',
    likeCount: 0,
    publishedAt: at,
    updatedAt: edited ? new Date(edited.editedAt).toISOString() : at,
    ...(isThread(post) ? { videoId: post.rootId } : { parentId: post.parentId }),
  }
  return { kind: 'youtube#comment', etag: etag(snippet), id: post.id, snippet }
}

const answersTo = (world: World, thread: Post): readonly Post[] =>
  world.posts.answersTo(thread.id).filter((p) => isVisible(p, world.now()) && !isHidden(world, p.id))

function threadView(world: World, thread: Post, parts: readonly string[], reader?: string) {
  const answers = answersTo(world, thread)
  const video = world.posts.get(thread.rootId ?? '')
  const snippet = {
    channelId: video?.accountId ?? '',
    videoId: thread.rootId,
    topLevelComment: commentView(world, thread, reader),
    canReply: true,
    totalReplyCount: answers.length,
    isPublic: true,
  }
  const along = answers.slice(0, sentAlong)
  return {
    kind: 'youtube#commentThread',
    etag: etag(snippet),
    id: thread.id,
    snippet,
    ...(parts.includes('replies') && along.length > 0
      ? { replies: { comments: along.map((p) => commentView(world, p, reader)) } }
      : {}),
  }
}

/** Newest thread first. An answer does not move its thread. */
function listThreads(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'read')
  if ('refusal' in caller) return caller.refusal
  const videoId = call.query.get('videoId')
  const channel = call.query.get('allThreadsRelatedToChannelId')
  const videos =
    videoId === null
      ? world.posts.of(channel ?? '').filter((p) => p.kind === 'post')
      : [world.posts.get(videoId)].filter((p) => p !== undefined)
  if (videoId === null && channel === null) return badRequest('missingRequiredParameter', 'No filter selected.')
  if (videoId !== null && (!videos[0] || !isVisible(videos[0], world.now())))
    return notFound('videoNotFound', 'The video identified by the videoId parameter could not be found.')
  if (videoId !== null && videos[0] && recordOf(videos[0]).status.selfDeclaredMadeForKids)
    return forbidden('commentsDisabled', 'The video identified by the videoId parameter has disabled comments.')
  const threads = videos
    .flatMap((video) => commentsUnder(world, video).filter(isThread))
    .toSorted((a, b) => b.createdAt - a.createdAt)
  const parts = partsOf(call)
  return pageOf(call, 'youtube#commentThreadListResponse', threads, (p) =>
    threadView(world, p, parts, caller.account.id),
  )
}

function listReplies(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'read')
  if ('refusal' in caller) return caller.refusal
  const parent = world.posts.get(call.query.get('parentId') ?? '')
  if (!parent || parent.kind !== 'comment' || parent.deletedAt !== undefined)
    return notFound('commentNotFound', 'The specified comment could not be found.')
  return pageOf(call, 'youtube#commentListResponse', answersTo(world, parent), (p) =>
    commentView(world, p, caller.account.id),
  )
}

const Moderated = z.object({ id: z.string(), moderationStatus: z.enum(['heldForReview', 'published', 'rejected']) })

/** What stands under one's own videos. It is listed as long as it is published. */
function moderate(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'manage')
  if ('refusal' in caller) return caller.refusal
  const wish = Moderated.safeParse(Object.fromEntries(call.query))
  if (!wish.success)
    return badRequest('processingFailure', 'The API server failed to successfully process the request.')
  const found = wish.data.id.split(',').map((id) => world.posts.get(id))
  for (const post of found) {
    if (!post || post.kind !== 'comment' || post.deletedAt !== undefined)
      return notFound(
        'commentNotFound',
        'One or more of the comments that the request is trying to update cannot be found.',
      )
    if (world.posts.get(post.rootId ?? '')?.accountId !== caller.account.id)
      return forbidden('forbidden', 'The moderation status of one or more comments cannot be set.')
  }
  for (const post of found) {
    if (!post) continue
    // What is rejected is never published again.
    if (wish.data.moderationStatus === 'rejected') post.deletedAt = world.now()
    else setHidden(world, post.id, wish.data.moderationStatus === 'heldForReview')
  }
  return empty(204)
}

/** One's own comment anywhere, and anybody's under one's own video. */
function remove(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'manage')
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(call.query.get('id') ?? '')
  if (!post || post.kind !== 'comment' || post.deletedAt !== undefined)
    return notFound('commentNotFound', 'The specified comment could not be found.')
  const video = world.posts.get(post.rootId ?? '')
  if (post.accountId !== caller.account.id && video?.accountId !== caller.account.id)
    return forbidden('forbidden', 'The comment cannot be deleted.')
  post.deletedAt = world.now()
  return empty(204)
}
