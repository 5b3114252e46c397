import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody, param } from '../core/call'
import { counted } from '../core/growth'
import { plainLinks } from '../core/links'
import { noFaults } from '../core/serve'
import { type Spoken, type Verbs, type World, accountById, show } from '../core/network'
import { stranger } from '../core/strangers'
import type { Account, Post } from '../core/state'
import { entriesOf, iso, postNamed } from './entries'
import { tell } from './hooks'
import { badRequest, fault, notFound, problem } from './problems'
import { type Caller, type TheirName, callerOf, linkedBy, linkedOf } from './profiles'

/** Ayrshare asks a network for its comments once in ten minutes, and hands out the same copy in between. */
const usualCopyMs = 600_000
const copyMsOf = (world: World): number => world.settings.copyMs ?? usualCopyMs
const answerable: readonly string[] = ['bluesky', 'facebook', 'instagram', 'linkedin', 'tiktok', 'twitter']

export function commentRoutes(world: World): readonly Route[] {
  return [
    { method: 'GET', path: '/api/comments/:id', operation: 'read', handle: (call) => list(world, call) },
    { method: 'POST', path: '/api/comments', operation: 'comment', handle: (call) => comment(world, call) },
    { method: 'POST', path: '/api/comments/reply/:id', operation: 'comment', handle: (call) => reply(world, call) },
    { method: 'DELETE', path: '/api/comments/:id', operation: 'delete', handle: (call) => remove(world, call) },
  ]
}

function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const isTheirs = call.query.get('searchPlatformId') !== 'true'
  const wanted = call.query.get('platform')
  if (!isTheirs && !wanted) return badRequest('The platform is required with searchPlatformId.')
  const id = param(call, 'id')
  const found = linkedBy(world, caller.profile)
    .filter(({ platform }) => wanted === null || platform === wanted)
    .flatMap(({ platform }) => {
      const post = postNamed(world, caller.profile, { id, platform, isTheirs })
      return post ? [{ platform, post }] : []
    })
  if (found.length === 0) return notFound('The post was not found.')
  const copies = found.map(({ platform, post }) => ({ platform, ...copyOf(world, platform, post) }))
  const madeAt = Math.min(...copies.map(({ at }) => at))
  const answer = json(200, {
    // A network without comments is left out.
    ...Object.fromEntries(copies.flatMap(({ platform, views }) => (views.length > 0 ? [[platform, views]] : []))),
    status: 'success',
    id,
    lastUpdated: iso(madeAt),
    nextUpdate: iso(madeAt + copyMsOf(world)),
  })
  return { ...answer, headers: { ...answer.headers, date: new Date(world.now()).toUTCString() } }
}

/** What was under a post when the network was last asked. */
function copyOf(world: World, platform: TheirName, post: Post) {
  const fact = `copy:${post.id}`
  const last = Number(world.state.facts[fact] ?? 0)
  const at = world.now() - last < copyMsOf(world) ? last : world.now()
  world.state.facts[fact] = String(at)
  const isIn = (one: Post) =>
    one.visibleAt <= world.now() && one.createdAt <= at && (one.deletedAt === undefined || one.deletedAt > at)
  const answers = world.posts.answersTo(post.id).filter(isIn)
  const allUnder = (one: Post): readonly Post[] =>
    world.posts
      .answersTo(one.id)
      .filter(isIn)
      .flatMap((below) => [below, ...allUnder(below)])
  // X knows no levels: answers stand beside what they answer.
  const views =
    platform === 'twitter'
      ? allUnder(post).map((one) => ({ ...view(world, platform, one), parentId: one.parentId }))
      : answers.map((one) => ({
          ...view(world, platform, one),
          replies: world.posts
            .answersTo(one.id)
            .filter(isIn)
            .map((below) => view(world, platform, below)),
        }))
  return { at, views }
}

function view(world: World, platform: TheirName, one: Post) {
  const author = accountById(world, one.accountId)
  const linked = author && linkedOf(world, author)
  const username = author?.handle.split('/')[0] ?? ''
  return {
    comment: one.text,
    commentId: one.id,
    created: iso(one.createdAt),
    from: {
      id: linked?.socialId ?? one.accountId,
      name: author?.name ?? '',
      ...(platform === 'facebook' ? {} : { username }),
    },
    likeCount: 0,
    platform,
    postId: one.rootId,
  }
}

const NewComment = z.object({
  id: z.string(),
  comment: z.string().min(1),
  platforms: z.array(z.string()).min(1),
  searchPlatformId: z.boolean().optional(),
})

function comment(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = NewComment.safeParse(jsonBody(call))
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error))
  const { id, comment: text, platforms, searchPlatformId } = parsed.data
  const made = platforms.flatMap((platform) => {
    const at = linkedBy(world, caller.profile).find((one) => one.platform === platform)
    const post = postNamed(world, caller.profile, { id, platform, isTheirs: !searchPlatformId })
    return at && post ? [{ platform, post: put(world, call, at.account, post, text) }] : []
  })
  return made.length === 0 ? notFound('The post was not found.') : taken(world, made, {})
}

const NewReply = NewComment.omit({ id: true })

function reply(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = NewReply.safeParse(jsonBody(call))
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error))
  const { comment: text, platforms, searchPlatformId } = parsed.data
  const [platform = ''] = platforms
  if (!answerable.includes(platform)) return badRequest(`Replies are not supported on ${platform}.`)
  const on = commentNamed(world, caller, param(call, 'id'), !searchPlatformId)
  const at = linkedBy(world, caller.profile).find((one) => one.platform === platform)
  if (!on || !at) return notFound('The comment was not found.')
  return taken(world, [{ platform, post: put(world, call, at.account, on, text) }], { sourceCommentId: on.id })
}

/** A comment under one of the profile's posts, by Ayrshare's name for it or the network's. */
function commentNamed(world: World, caller: Caller, id: string, isTheirs: boolean): Post | undefined {
  const post = world.posts.get(isTheirs ? (world.state.facts[`comment:${id}`] ?? '') : id)
  const root = world.posts.get(post?.rootId ?? '')
  const owner = root && accountById(world, root.accountId)
  return post && owner && linkedOf(world, owner)?.profile === caller.profile ? post : undefined
}

/** Threads are two deep, but for X's: an answer to an answer stands beside it. */
function put(world: World, call: Pick<Call, 'faults'>, account: Account, on: Post, text: string): Post {
  const owner = accountById(world, world.posts.get(on.rootId ?? on.id)?.accountId ?? '')
  const hasLevels = owner && linkedOf(world, owner)?.platform !== 'twitter'
  const isDeep = hasLevels && on.kind === 'comment' && world.posts.get(on.parentId ?? '')?.kind === 'comment'
  return show(world, call, {
    id: `${on.rootId ?? on.id}_c${world.serial()}`,
    account,
    kind: 'comment',
    text,
    rich: plainLinks(text),
    record: {},
    parentId: isDeep ? (on.parentId ?? on.id) : on.id,
    rootId: on.rootId ?? on.id,
  })
}

function taken(world: World, made: readonly { platform: string; post: Post }[], more: object): Reply {
  const id = `SbxC${world.serial().toString(36)}`
  for (const { post } of made) world.state.facts[`comment:${id}`] = post.id
  return json(200, {
    ...Object.fromEntries(
      made.map(({ platform, post }) => [
        platform,
        { status: 'success', commentId: post.id, comment: post.text, platform, ...more },
      ]),
    ),
    status: 'success',
    id,
  })
}

function remove(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = z
    .object({ platforms: z.array(z.string()).min(1), searchPlatformId: z.boolean().optional() })
    .safeParse(jsonBody(call))
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error))
  const post = commentNamed(world, caller, param(call, 'id'), !parsed.data.searchPlatformId)
  if (!post || post.deletedAt !== undefined) return notFound('The comment was not found.')
  const author = accountById(world, post.accountId)
  if (!author || linkedOf(world, author)?.profile !== caller.profile)
    return problem(400, fault('delete', 'The comment could not be deleted.'))
  post.deletedAt = world.now()
  return json(200, { status: 'success', id: param(call, 'id') })
}

/** Only what is done to posts of linked accounts reaches Ayrshare in its smaller plans. */
export const verbs = (world: World, account: Account): Verbs =>
  linkedOf(world, account) ? { comment: 'post', like: 'post', share: 'post' } : {}

/** What a reader does to an account. */
export function speak(world: World, { kind, account, by, text, on }: Spoken): { readonly id: string } | undefined {
  const quiet = { faults: noFaults }
  const linked = linkedOf(world, account)
  const who = stranger(world, by)
  if (kind !== 'comment' || !on || !linked) return counted({ kind, on }, who)
  const made = put(world, quiet, who, on, text)
  const entry = entriesOf(world, linked.profile).find(({ postIds }) => postIds.some(({ id }) => id === made.rootId))
  tell(world, quiet, linked, {
    action: 'comments',
    id: made.id,
    text,
    from: { id: by.id, username: by.handle, name: by.name },
    media: { id: made.rootId },
    ...(entry ? { postId: entry.id } : {}),
  })
  return { id: made.id }
}
