import { type Call, type Reply, type Route, json } from '../core/call'
import { countsOf } from '../core/growth'
import type { World } from '../core/network'
import { isVisible } from '../core/posts'
import type { Post } from '../core/state'
import { accountOfUrn, isManager, restCaller, urnOf } from './caller'
import { accessDenied, badRequest } from './problems'
import { urnList } from './restli'

export function statisticsRoutes(world: World): readonly Route[] {
  const operation = 'metrics'
  return [
    {
      method: 'GET',
      path: '/rest/organizationalEntityShareStatistics',
      operation,
      handle: (call) => shares(world, call),
    },
    { method: 'GET', path: '/rest/memberCreatorPostAnalytics', operation, handle: (call) => memberPost(world, call) },
  ]
}

function figuresOf(world: World, post: Post) {
  const g = countsOf(world, post)
  const commentCount = world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now())).length
  const engaged = g.clicks + g.likes + commentCount + g.shares
  return {
    impressionCount: g.impressions,
    uniqueImpressionsCount: Math.floor(g.impressions * 0.7),
    clickCount: g.clicks,
    likeCount: g.likes,
    commentCount,
    shareCount: g.shares,
    engagement: g.impressions === 0 ? 0 : engaged / g.impressions,
  }
}

function shares(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const page = accountOfUrn(world, call.query.get('organizationalEntity') ?? '')
  const mayAsk =
    page &&
    isManager(caller, page) &&
    ['r_organization_social', 'rw_organization_admin'].some((s) => caller.token.scopes.includes(s))
  if (!page || !mayAsk) return accessDenied('organizationalEntityShareStatistics.FINDER-organizationalEntity')
  const asked = [...(urnList(call.query.get('shares')) ?? []), ...(urnList(call.query.get('ugcPosts')) ?? [])]
  if ((call.query.has('shares') || call.query.has('ugcPosts')) && asked.length === 0)
    return badRequest('shares and ugcPosts must be a List(…)')
  const elements = asked.flatMap((urn) => {
    const post = world.posts.get(urn)
    if (!post || post.accountId !== page.id || !isVisible(post, world.now())) return []
    return [
      {
        organizationalEntity: urnOf(page),
        [urn.startsWith('urn:li:ugcPost:') ? 'ugcPost' : 'share']: urn,
        totalShareStatistics: figuresOf(world, post),
      },
    ]
  })
  return json(200, { paging: { start: 0, count: 10, links: [] }, elements })
}

/** One figure of one of the member's own posts. */
function memberPost(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  if (!caller.token.scopes.includes('r_member_postAnalytics'))
    return accessDenied('memberCreatorPostAnalytics.FINDER-entity')
  const urn = /^\((?:share|ugc):(.+)\)$/.exec(call.query.get('entity') ?? '')?.[1]?.replaceAll(/%3A/gi, ':')
  const post = world.posts.get(urn ?? '')
  if (!post || post.accountId !== caller.member.id) return accessDenied('memberCreatorPostAnalytics.FINDER-entity')
  const f = figuresOf(world, post)
  const counts: Record<string, number> = {
    IMPRESSION: f.impressionCount,
    MEMBERS_REACHED: f.uniqueImpressionsCount,
    RESHARE: f.shareCount,
    REACTION: f.likeCount,
    COMMENT: f.commentCount,
  }
  const queryType = call.query.get('queryType') ?? ''
  const count = counts[queryType]
  if (count === undefined) return badRequest(`queryType ${queryType} is not known`)
  return json(200, {
    paging: { start: 0, count: 10, links: [] },
    elements: [{ count, metricType: queryType, targetEntity: { share: post.id } }],
  })
}
