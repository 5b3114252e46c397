import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, empty, json, jsonBody, param } from '../core/call'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Hook, Post } from '../core/state'
import { accountOfUrn, isManager, restCaller, urnOf } from './caller'
import { newId } from './ids'
import { clientSecret } from './oauth'
import { accessDenied, badInput, badRequest } from './problems'
import { rangeOf, urnList } from './restli'

const answerWithinMs = 3_000
const eventType = 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS'
const NewSubscription = z.object({
  developerApplication: z.string(),
  user: z.string(),
  entity: z.string(),
  eventType: z.literal(eventType),
  webhook: z.url(),
})
const Change = z.object({ webhook: z.url() })

/** LinkedIn signs with the app's client secret, with a word of its own before the raw body. */
export function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(`hmacsha256=${body}`).digest('hex')
}

export function challengeResponse(code: string, secret: string): string {
  return createHmac('sha256', secret).update(code).digest('hex')
}

export function webhookRoutes(world: World): readonly Route[] {
  const operation = 'webhook'
  return [
    {
      method: 'POST',
      path: '/rest/eventSubscriptions',
      operation,
      handle: (call) => subscribe(world, call, NewSubscription.safeParse(jsonBody(call)).data),
    },
    {
      method: 'PUT',
      path: '/rest/eventSubscriptions/:key',
      operation,
      handle: (call) => subscribe(world, call, fromKey(call)),
    },
    { method: 'GET', path: '/rest/eventSubscriptions', operation, handle: (call) => list(world, call) },
    {
      method: 'GET',
      path: '/rest/organizationalEntityNotifications',
      operation: 'read',
      handle: (call) => notifications(world, call),
    },
    { method: 'DELETE', path: '/rest/eventSubscriptions/:key', operation, handle: (call) => unsubscribe(world, call) },
  ]
}

/** The same wish, with everything but the address in a compound key: `(developerApplication:urn,user:urn,entity:urn,eventType:X)`. */
function fromKey(call: Call): z.infer<typeof NewSubscription> | undefined {
  const change = Change.safeParse(jsonBody(call))
  return change.success
    ? NewSubscription.safeParse({ ...keyParts(param(call, 'key')), webhook: change.data.webhook }).data
    : undefined
}

function keyParts(key: string): Record<string, string> {
  const inside = /^\((.*)\)$/.exec(key)?.[1] ?? ''
  return Object.fromEntries(
    inside
      .split(',')
      .map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1).replaceAll(/%3A/gi, ':')]),
  )
}

async function answersChallenge(world: World, url: string): Promise<boolean> {
  const challengeCode = crypto.randomUUID()
  const answer = await world.hooks.ask(url, { challengeCode }, answerWithinMs)
  if (answer?.status !== 200) return false
  try {
    const parsed = z
      .object({ challengeCode: z.literal(challengeCode), challengeResponse: z.string() })
      .safeParse(JSON.parse(answer.text))
    return parsed.success && parsed.data.challengeResponse === challengeResponse(challengeCode, clientSecret)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

async function subscribe(world: World, call: Call, wish: z.infer<typeof NewSubscription> | undefined): Promise<Reply> {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  if (!wish)
    return badRequest(
      `The subscription must name developerApplication, user, entity, eventType ${eventType} and webhook`,
    )
  const page = accountOfUrn(world, wish.entity)
  if (!page || !isManager(caller, page) || wish.user !== urnOf(caller.member))
    return accessDenied('eventSubscriptions.UPDATE')
  const url = new URL(wish.webhook)
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    return badInput(400, 'INVALID_WEBHOOK', 'The sandbox delivers to this computer only', '/webhook')
  if (!(await answersChallenge(world, url.href)))
    return badInput(400, 'WEBHOOK_VALIDATION_FAILED', 'The webhook did not answer the challenge', '/webhook')
  const hook: Hook = {
    id: newId(world),
    url: url.href,
    createdAt: world.now(),
    valid: true,
    clientId: caller.token.clientId,
  }
  world.state.hooks.push(hook)
  world.state.subscriptions = world.state.subscriptions.filter((s) => s.accountId !== page.id)
  world.state.subscriptions.push({
    id: newId(world),
    hookId: hook.id,
    eventType,
    accountId: page.id,
    tag: wish.developerApplication,
    createdAt: world.now(),
  })
  return empty(call.method === 'PUT' ? 204 : 201)
}

function list(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const elements = world.state.subscriptions.map((s) => ({
    entity: `urn:li:organization:${s.accountId}`,
    eventType: s.eventType,
    developerApplication: s.tag,
    user: urnOf(caller.member),
    webhook: world.state.hooks.find((h) => h.id === s.hookId)?.url,
    subscribedAt: s.createdAt,
  }))
  return json(200, { paging: { start: 0, count: elements.length, links: [] }, elements })
}

function unsubscribe(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const page = accountOfUrn(world, keyParts(param(call, 'key')).entity ?? '')
  if (!page || !isManager(caller, page)) return accessDenied('eventSubscriptions.DELETE')
  world.state.subscriptions = world.state.subscriptions.filter((s) => s.accountId !== page.id)
  return empty(204)
}

type Action = 'SHARE' | 'COMMENT' | 'ADMIN_COMMENT' | 'LIKE' | 'SHARE_MENTION'
type Happened = {
  readonly action: Action
  readonly pageId: string
  readonly by: Account
  /** What was made. */
  readonly about: Pick<Post, 'id' | 'text' | 'createdAt' | 'kind' | 'rootId'>
  /** What it was done to, where that is not what `about` stands under. */
  readonly source?: string
}

/**
 * Keeps what happened to a page for its list, and tells the page's subscribers. LinkedIn has no such event for a page's
 * own new post: the sandbox sends SHARE for it.
 */
export function tell(world: World, call: Pick<Call, 'faults'>, { action, pageId, by, about, source }: Happened): void {
  if (accountById(world, pageId)?.kind !== 'page') return
  const decorated = { entity: about.id, owner: urnOf(by), text: about.text }
  const notification: Notification = {
    notificationId: Number(BigInt(newId(world)) % 9_007_199_254_740_991n),
    organizationalEntity: `urn:li:organization:${pageId}`,
    action,
    sourcePost: source ?? about.rootId ?? about.id,
    generatedActivity: about.id,
    decoratedGeneratedActivity: {
      [action === 'LIKE' ? 'like' : about.kind === 'comment' ? 'comment' : 'share']: decorated,
    },
    lastModifiedAt: about.createdAt,
  }
  world.state.facts[`notice:${pageId}:${String(world.serial()).padStart(12, '0')}`] = JSON.stringify(notification)
  for (const s of world.state.subscriptions) {
    const hook = world.state.hooks.find((h) => h.id === s.hookId)
    if (s.accountId !== pageId || !hook) continue
    const body = JSON.stringify({ type: eventType, notifications: [{ ...notification, subscriber: s.tag }] })
    world.hooks.send(call, hook, body, { 'x-li-signature': sign(body, clientSecret) })
  }
}

type Notification = {
  readonly notificationId: number
  readonly organizationalEntity: string
  readonly action: Action
  readonly sourcePost: string
  readonly generatedActivity: string
  readonly decoratedGeneratedActivity: unknown
  readonly lastModifiedAt: number
}

/** What happened to a page, newest first: of the actions and the time that are asked for, and of what is still there. */
function notifications(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const page = accountOfUrn(world, call.query.get('organizationalEntity') ?? '')
  if (!page || !isManager(caller, page) || !caller.token.scopes.includes('rw_organization_admin'))
    return accessDenied('organizationalEntityNotifications.FINDER-criteria')
  const range = rangeOf(call)
  const actions = urnList(call.query.get('actions'))
  const time = /^\(start:(\d+),end:(\d+)\)$/.exec(call.query.get('timeRange') ?? '')
  if (call.query.get('q') !== 'criteria' || !range || !actions || !time)
    return badRequest('The finder criteria takes organizationalEntity, actions=List(…) and timeRange=(start:…,end:…)')
  const prefix = `notice:${page.id}:`
  const all = Object.keys(world.state.facts)
    .filter((key) => key.startsWith(prefix))
    .toSorted()
    .toReversed()
    // Written by `tell` alone.
    .map((key) => JSON.parse(world.state.facts[key] ?? '') as Notification)
    .filter(({ action, lastModifiedAt, generatedActivity }) => {
      const post = world.posts.get(generatedActivity)
      const isThere = !post || isVisible(post, world.now())
      return (
        isThere && actions.includes(action) && lastModifiedAt >= Number(time[1]) && lastModifiedAt < Number(time[2])
      )
    })
  const { start, count } = range
  return json(200, {
    paging: { start, count, links: [], total: all.length },
    elements: all.slice(start, start + count),
  })
}
