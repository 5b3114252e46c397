import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody, param } from '../core/call'
import { avatarUrl } from '../core/avatar-route'
import { countsOf } from '../core/growth'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { type Entry, entriesOf, entryOf, iso, postNamed } from './entries'
import { badRequest, notFound } from './problems'
import { type Caller, type Linked, type TheirName, callerOf, linkedBy } from './profiles'

const dayMs = 86_400_000
const tenMinutesMs = 600_000
const most = 500

export function readRoutes(world: World): readonly Route[] {
  return [
    { method: 'GET', path: '/api/user', operation: 'profile', handle: (call) => user(world, call) },
    { method: 'GET', path: '/api/history', operation: 'read', handle: (call) => history(world, call) },
    { method: 'GET', path: '/api/history/:id', operation: 'read', handle: (call) => one(world, call) },
    { method: 'POST', path: '/api/analytics/post', operation: 'metrics', handle: (call) => analytics(world, call) },
  ]
}

function user(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const linked = linkedBy(world, caller.profile)
  return json(200, {
    // Left out while nothing is linked.
    ...(linked.length > 0 ? { activeSocialAccounts: linked.map(({ platform }) => platform) } : {}),
    created: { utc: iso(linked[0]?.account.createdAt ?? world.now()) },
    displayNames: linked.map(({ platform, socialId, account }) => ({
      created: iso(account.createdAt),
      displayName: account.name,
      id: socialId,
      platform,
      ...(platform === 'facebook' ? { pageName: account.name } : { username: account.handle.split('/')[0] }),
      profileUrl: `${world.url()}/@${encodeURIComponent(account.handle)}`,
      userImage: avatarUrl(world, account.id),
    })),
    refId: caller.refId,
    title: caller.title,
  })
}

const view = (
  { id, post, platforms, postIds, errors, status, notes, mediaUrls, created }: Entry,
  { refId }: Caller,
) => ({
  id,
  post,
  platforms,
  postIds,
  errors,
  status,
  ...(notes === undefined ? {} : { notes }),
  mediaUrls,
  type: 'now',
  created: iso(created),
  refId,
})

const whole = (text: string | null, fallback: number): number =>
  text && /^\d{1,6}$/.test(text) ? Number(text) : fallback

function history(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const { query } = call
  const [days, limit] = [whole(query.get('lastDays'), 30), Math.min(most, whole(query.get('limit'), 25))]
  const [platform, status] = [query.get('platform'), query.get('status')]
  const found = entriesOf(world, caller.profile).filter(
    (entry) =>
      (days === 0 || world.now() - entry.created <= days * dayMs) &&
      (platform === null || entry.platforms.includes(platform)) &&
      // What was deleted is told only when it is asked for.
      (status === null ? entry.status !== 'deleted' : entry.status === status),
  )
  const shown = found.slice(0, limit)
  return json(200, { history: shown.map((entry) => view(entry, caller)), count: shown.length, refId: caller.refId })
}

function one(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const id = param(call, 'id')
  const at = linkedBy(world, caller.profile).find(({ platform }) => platform === id)
  if (at) return onNetwork(world, call, at)
  const entry = entryOf(world, id)
  return entry?.profile === caller.profile ? json(200, view(entry, caller)) : notFound('The post was not found.')
}

/** All that stands on a network, by its own names; of some networks Ayrshare has no such list. */
function onNetwork(world: World, call: Call, { platform, account }: Linked & { readonly account: Account }): Reply {
  if (platform === 'bluesky') return notFound('The history of this platform was not found.')
  const limit = Math.min(most, whole(call.query.get('limit'), 10))
  const posts = world.posts
    .of(account.id)
    .filter((post) => post.kind === 'post' && isVisible(post, world.now()))
    .toReversed()
    .slice(0, limit)
    .map(({ id, text, createdAt }) => ({
      id,
      post: text,
      created: iso(createdAt),
      postUrl: `${world.url()}/p/${encodeURIComponent(id)}`,
    }))
  const answer = json(200, { status: 'success', posts, lastUpdated: iso(world.now()) })
  return { ...answer, headers: { ...answer.headers, date: new Date(world.now()).toUTCString() } }
}

const Asked = z.object({
  id: z.string(),
  platforms: z.array(z.string()).optional(),
  searchPlatformId: z.boolean().optional(),
})

function analytics(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Asked.safeParse(jsonBody(call))
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error))
  const { id, searchPlatformId, platforms = [] } = parsed.data
  const linked = linkedBy(world, caller.profile).filter(({ platform }) => platforms.includes(platform))
  const found = linked.flatMap(({ platform }) => {
    const post = postNamed(world, caller.profile, { id, platform, isTheirs: !searchPlatformId })
    return post ? [{ platform, post }] : []
  })
  if (found.length === 0) return notFound('The post was not found.')
  return json(200, {
    ...Object.fromEntries(
      found.map(({ platform, post }) => [
        platform,
        {
          id: post.id,
          postUrl: `${world.url()}/p/${encodeURIComponent(post.id)}`,
          analytics: numbers(world, platform, post),
          lastUpdated: iso(world.now()),
          nextUpdate: iso(world.now() + tenMinutesMs),
        },
      ]),
    ),
    status: 'success',
    code: 200,
    id,
  })
}

/** Each network's own words for its numbers. */
function numbers(world: World, platform: TheirName, post: Post): Readonly<Record<string, unknown>> {
  const { impressions, likes, shares, quotes, saves, clicks } = countsOf(world, post)
  const comments = world.posts.answersTo(post.id).length
  switch (platform) {
    case 'twitter':
      return {
        publicMetrics: {
          impressionCount: impressions,
          likeCount: likes,
          replyCount: comments,
          retweetCount: shares,
          quoteCount: quotes,
          bookmarkCount: saves,
        },
      }
    case 'bluesky':
      return { likeCount: likes, replyCount: comments, repostCount: shares, quoteCount: quotes }
    case 'facebook':
      return {
        mediaView: impressions,
        likeCount: likes,
        commentsCount: comments,
        sharesCount: shares,
        reactions: { like: likes, total: likes },
      }
    case 'instagram':
      return {
        viewsCount: impressions,
        reachCount: Math.floor(impressions * 0.8),
        likeCount: likes,
        commentsCount: comments,
        sharesCount: shares,
        savedCount: saves,
      }
    case 'linkedin':
      return {
        impressionCount: impressions,
        clickCount: clicks,
        likeCount: likes,
        commentCount: comments,
        shareCount: shares,
      }
    case 'tiktok':
      return { videoViews: impressions, likeCount: likes, commentsCount: comments, shareCount: shares }
  }
}
