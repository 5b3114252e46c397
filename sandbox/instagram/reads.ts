import { avatarUrl } from '../core/avatar-route'
import { type Call, type Reply, type Route, json, param } from '../core/call'
import { badParameter, callerOf, noSuchObject, paramsOf, perVersion } from '../core/graph'
import { statusOf } from '../core/graph-containers'
import { profileOf } from '../core/graph-messages'
import { edge, type Field, graphTime, node, select, type View } from '../core/graph-fields'
import { subscribeAccount, subscribedApps, unsubscribeAccount } from '../core/graph-hooks'
import { countsOf } from '../core/growth'
import { type World, accountById, mediaById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { own } from './caller'
import { commentView } from './comments'
import { containers, receivedOf } from './containers'
import { madeOf, quotaTotal, usedOf } from './publish'

const dayMs = 24 * 3_600_000

export function readRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    ...(['media', 'stories'] as const).map((name): Route => ({
      method: 'GET',
      path: `/${v}/:user/${name}`,
      operation: 'read',
      handle: (call) => listed(world, call, name),
    })),
    {
      method: 'GET',
      path: `/${v}/:user/content_publishing_limit`,
      operation: 'profile',
      handle: (call) => limit(world, call),
    },
    ...(['POST', 'GET', 'DELETE'] as const).map((method): Route => ({
      method,
      path: `/${v}/:user/subscribed_apps`,
      operation: 'webhook',
      handle: (call) => subscribed(world, call),
    })),
    { method: 'GET', path: `/${v}/:media/insights`, operation: 'metrics', handle: (call) => insights(world, call) },
    {
      method: 'GET',
      path: `/${v}/:object`,
      // A container is asked both while its file is processed and to learn whether it was published.
      operation: (call) => (mediaById(world, param(call, 'object')) ? 'read' : 'profile'),
      handle: (call) => one(world, call),
    },
    { method: 'DELETE', path: `/${v}/:object`, operation: 'delete', handle: (call) => remove(world, call) },
  ])
}

/** A post's short name, in its address. */
export const shortcode = (id: string): string => BigInt(id).toString(36)

export function permalinkOf(world: World, post: Post): string {
  const root = post.rootId ? world.posts.get(post.rootId) : post
  if (!root || post.parentId?.startsWith('t_')) return '/direct/inbox/'
  const { product } = madeOf(root)
  if (product === 'STORY') return `/stories/${accountById(world, root.accountId)?.handle ?? 'i'}/${root.id}/`
  return `/${product === 'REELS' ? 'reel' : 'p'}/${shortcode(root.id)}/`
}

function mediaView(world: World, post: Post): View {
  const { type, product, inFeed, cover } = madeOf(post)
  const [first] = post.media
  const figures = countsOf(world, post)
  return {
    id: post.id,
    caption: post.text || undefined,
    alt_text: first?.alt || undefined,
    timestamp: graphTime(post.createdAt),
    media_type: type,
    media_product_type: product,
    media_url: first ? `${world.url()}/media/${first.blob}` : undefined,
    thumbnail_url: cover ? `${world.url()}/media/${cover}` : undefined,
    permalink: world.url() + permalinkOf(world, post),
    shortcode: shortcode(post.id),
    username: accountById(world, post.accountId)?.handle,
    is_shared_to_feed: product === 'REELS' ? inFeed : undefined,
    is_comment_enabled: true,
    like_count: figures.likes,
    comments_count: commentsOf(world, post),
  }
}

const commentsOf = (world: World, post: Post): number =>
  world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now())).length

const userView = (world: World, account: Account): View => ({
  id: `9${account.id.slice(1)}`,
  user_id: account.id,
  username: account.handle,
  name: account.name,
  account_type: 'BUSINESS',
  profile_picture_url: avatarUrl(world, account.id),
  followers_count: 1_200,
  media_count: world.posts.of(account.id).filter((p) => p.kind === 'post').length,
  mentioned_media(field: Field) {
    const post = mentioning(world, account, field.args.media_id)
    return post && select(mediaView(world, post), field.inner)
  },
  mentioned_comment(field: Field) {
    const comment = mentioning(world, account, field.args.comment_id)
    return comment && select(commentView(world, comment), field.inner)
  },
})

/** What mentions an account may be read by it, whoever wrote it. */
function mentioning(world: World, { handle }: Account, id = ''): Post | undefined {
  const found = world.posts.get(id)
  return found?.text.includes(`@${handle}`) && isVisible(found, world.now()) ? found : undefined
}

function listed(world: World, call: Call, name: 'media' | 'stories'): Reply {
  const found = own(world, call, 'instagram_business_basic')
  if ('refusal' in found) return found.refusal
  const shown = world.posts.of(found.account.id).filter((p) => {
    if (p.kind !== 'post' || !isVisible(p, world.now())) return false
    const isStory = madeOf(p).product === 'STORY'
    return name === 'stories' ? isStory && world.now() - p.createdAt < dayMs : !isStory
  })
  return edge(
    call,
    { url: world.url(), type: 'IGMedia' },
    shown.toReversed().map((p) => ({ at: p.createdAt, view: mediaView(world, p) })),
  )
}

function limit(world: World, call: Call): Reply {
  const found = own(world, call, 'instagram_business_content_publish')
  if ('refusal' in found) return found.refusal
  return json(200, {
    data: [
      { quota_usage: usedOf(world, found.account), config: { quota_total: quotaTotal, quota_duration: dayMs / 1000 } },
    ],
  })
}

function subscribed(world: World, call: Call): Reply {
  const found = own(world, call, 'instagram_business_basic')
  if ('refusal' in found) return found.refusal
  const who = { accountId: found.account.id, clientId: found.token.clientId }
  if (call.method === 'GET')
    return json(200, {
      data: subscribedApps(world, who.accountId).map(({ id, fields }) => ({ id, subscribed_fields: fields })),
    })
  if (call.method === 'DELETE') unsubscribeAccount(world, who)
  else {
    const fields = String(paramsOf(call).subscribed_fields ?? '')
    subscribeAccount(world, {
      ...who,
      fields: fields
        .split(',')
        .map((f) => f.trim())
        .filter(Boolean),
    })
  }
  return json(200, { success: true })
}

function one(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'instagram_business_basic')
  if ('refusal' in caller) return caller.refusal
  const id = param(call, 'object')
  if (id === 'me' || id === caller.account.id) return node(call, userView(world, caller.account), 'User')
  const person = accountById(world, id)
  if (person) return profileOf(world, call, caller, person)
  const media = mediaById(world, id)
  const container = containers.get(world, id)
  if (media && container && media.ownerId === caller.account.id) {
    const status = statusOf(world, media, container)
    const got = receivedOf(world, media).length
    return node(
      call,
      {
        id,
        status_code: status,
        status:
          status === 'ERROR'
            ? `Error: Media upload has failed with error code ${container.failure}`
            : `${status}: ${status}`,
        video_status: (field: Field) => (field ? { uploading_phase: phase(got, media.blob !== undefined) } : undefined),
        copyright_check_status: undefined,
      },
      'Container',
    )
  }
  const post = world.posts.get(id)
  if (!post || !isVisible(post, world.now())) return noSuchObject(id)
  return post.kind === 'comment'
    ? node(call, commentView(world, post), 'IGComment')
    : node(call, mediaView(world, post), 'IGMedia')
}

const phase = (bytes_transferred: number, isWhole: boolean) => ({
  status: isWhole ? 'complete' : bytes_transferred > 0 ? 'in_progress' : 'not_started',
  bytes_transferred,
})

const forStories = new Set(['views', 'reach', 'shares', 'replies', 'total_interactions'])

function insights(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'instagram_business_manage_insights')
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(param(call, 'media'))
  if (post?.accountId !== caller.account.id || post.kind !== 'post' || !isVisible(post, world.now()))
    return noSuchObject(param(call, 'media'))
  const g = countsOf(world, post)
  const comments = commentsOf(world, post)
  const values: Readonly<Record<string, number>> = {
    views: g.impressions,
    reach: Math.floor(g.impressions * 0.7),
    likes: g.likes,
    comments,
    shares: g.shares,
    saved: g.saves,
    replies: 0,
    total_interactions: g.likes + comments + g.shares + g.saves,
  }
  const isStory = madeOf(post).product === 'STORY'
  const asked = (call.query.get('metric') ?? '').split(',').map((m) => m.trim())
  const wrong = asked.find((name) => values[name] === undefined || (isStory && !forStories.has(name)))
  if (wrong !== undefined)
    return badParameter(`metric[0] must be one of the following values: ${Object.keys(values).join(', ')}`)
  return json(200, {
    data: asked.map((name) => ({
      name,
      period: 'lifetime',
      values: [{ value: values[name] }],
      title: name,
      description: name,
      id: `${post.id}/insights/${name}/lifetime`,
    })),
  })
}

/** Comments may be deleted. A post may not: that is for apps with Facebook Login (`instagram_manage_contents`). */
function remove(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'instagram_business_manage_comments')
  if ('refusal' in caller) return caller.refusal
  const post = world.posts.get(param(call, 'object'))
  const isOurs =
    post?.accountId === caller.account.id || world.posts.get(post?.rootId ?? '')?.accountId === caller.account.id
  if (!post || !isOurs || post.kind !== 'comment' || post.deletedAt !== undefined)
    return noSuchObject(param(call, 'object'), 'delete')
  post.deletedAt = world.now()
  return json(200, { success: true })
}
