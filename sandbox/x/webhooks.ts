import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody, param } from '../core/call'
import { livingToken } from '../core/living-token'
import { type World, accountById } from '../core/network'
import { noFaults } from '../core/serve'
import type { Account, Hook, Post, Subscription } from '../core/state'
import { snowflake } from './ids'
import { clientSecret } from './oauth'
import { forbidden, invalidRequest, unauthorized } from './problems'
import { postView, userView } from './views'

const answerWithinMs = 10_000
const NewHook = z.object({ url: z.string().min(1).max(200) })
const NewSubscription = z.strictObject({
  event_type: z.string(),
  filter: z.strictObject({
    user_id: z.string().optional(),
    direction: z.enum(['inbound', 'outbound']).optional(),
    keyword: z.string().optional(),
  }),
  tag: z.string().min(1).max(200).optional(),
  webhook_id: z
    .string()
    .regex(/^[0-9]{1,19}$/)
    .optional(),
})

/** X signs with the app's consumer secret, over the raw bytes. */
export function sign(body: string, consumerSecret: string): string {
  return `sha256=${createHmac('sha256', consumerSecret).update(body).digest('base64')}`
}

export function webhookRoutes(world: World): readonly Route[] {
  const operation = 'webhook'
  return [
    { method: 'POST', path: '/2/webhooks', operation, handle: (call) => register(world, call) },
    { method: 'GET', path: '/2/webhooks', operation, handle: (call) => list(world, call) },
    { method: 'PUT', path: '/2/webhooks/:id', operation, handle: (call) => validate(world, call) },
    { method: 'DELETE', path: '/2/webhooks/:id', operation, handle: (call) => unregister(world, call) },
    { method: 'POST', path: '/2/activity/subscriptions', operation, handle: (call) => subscribe(world, call) },
    { method: 'GET', path: '/2/activity/subscriptions', operation, handle: (call) => subscriptions(world, call) },
    { method: 'DELETE', path: '/2/activity/subscriptions/:id', operation, handle: (call) => unsubscribe(world, call) },
  ]
}

async function answersCrc(world: World, url: string): Promise<boolean> {
  const crcToken = crypto.randomUUID()
  const answer = await world.hooks.ask(url, { crc_token: crcToken }, answerWithinMs)
  if (answer?.status !== 200) return false
  try {
    const parsed = z.object({ response_token: z.string() }).safeParse(JSON.parse(answer.text))
    return parsed.success && parsed.data.response_token === sign(crcToken, clientSecret)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function hookView(hook: Hook) {
  return { id: hook.id, url: hook.url, valid: hook.valid, created_at: new Date(hook.createdAt).toISOString() }
}

/** X wants https without a port; the sandbox also takes loopback addresses, the only ones it can reach. */
async function register(world: World, call: Call): Promise<Reply> {
  const token = livingToken(world, call)
  if (token?.kind !== 'app') return unauthorized()
  const parsed = NewHook.safeParse(jsonBody(call))
  if (!parsed.success || !URL.canParse(parsed.data.url)) return invalidRequest(['$.url: is not a valid url'])
  const url = new URL(parsed.data.url)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (!isLoopback) return forbidden('The sandbox delivers to this computer only.')
  if (world.state.hooks.some((h) => h.url === url.href))
    return invalidRequest(['This webhook url is already registered.'])
  if (!(await answersCrc(world, url.href)))
    return invalidRequest(['CrcValidationFailed: the url did not answer the challenge with the right response_token.'])
  const hook: Hook = {
    id: snowflake(world),
    url: url.href,
    createdAt: world.now(),
    valid: true,
    clientId: token.clientId,
  }
  world.state.hooks.push(hook)
  return json(200, { data: hookView(hook) })
}

function list(world: World, call: Call): Reply {
  if (livingToken(world, call)?.kind !== 'app') return unauthorized()
  const data = world.state.hooks.map(hookView)
  return json(200, { ...(data.length ? { data } : {}), meta: { result_count: data.length } })
}

async function validate(world: World, call: Call): Promise<Reply> {
  if (livingToken(world, call)?.kind !== 'app') return unauthorized()
  const hook = world.state.hooks.find((h) => h.id === param(call, 'id'))
  if (!hook) return invalidRequest(['There is no webhook with this id.'])
  hook.valid = await answersCrc(world, hook.url)
  return json(200, { data: { valid: hook.valid } })
}

function unregister(world: World, call: Call): Reply {
  if (livingToken(world, call)?.kind !== 'app') return unauthorized()
  const before = world.state.hooks.length
  world.state.hooks = world.state.hooks.filter((h) => h.id !== param(call, 'id'))
  return json(200, { data: { deleted: world.state.hooks.length < before } })
}

function subscriptionView(s: Subscription) {
  const at = new Date(s.createdAt).toISOString()
  return {
    subscription_id: s.id,
    event_type: s.eventType,
    filter: { user_id: s.accountId },
    webhook_id: s.hookId,
    created_at: at,
    updated_at: at,
    ...(s.tag === undefined ? {} : { tag: s.tag }),
  }
}

function subscribe(world: World, call: Call): Reply {
  if (!livingToken(world, call)) return unauthorized()
  const parsed = NewSubscription.safeParse(jsonBody(call))
  if (!parsed.success) return invalidRequest(parsed.error.issues.map((i) => `$.${i.path.join('.')}: ${i.message}`))
  const wish = parsed.data
  const hook =
    wish.webhook_id === undefined ? world.state.hooks.at(-1) : world.state.hooks.find((h) => h.id === wish.webhook_id)
  if (!hook) return invalidRequest(['$.webhook_id: there is no such webhook'])
  if (wish.filter.user_id === undefined) return invalidRequest(['$.filter: user_id is required for this event_type'])
  const subscription: Subscription = {
    id: snowflake(world),
    hookId: hook.id,
    eventType: wish.event_type,
    accountId: wish.filter.user_id,
    createdAt: world.now(),
    ...(wish.tag === undefined ? {} : { tag: wish.tag }),
  }
  world.state.subscriptions.push(subscription)
  return json(200, { data: { subscription: subscriptionView(subscription) } })
}

function subscriptions(world: World, call: Call): Reply {
  if (!livingToken(world, call)) return unauthorized()
  const data = world.state.subscriptions.map(subscriptionView)
  return json(200, data.length ? { data } : {})
}

function unsubscribe(world: World, call: Call): Reply {
  if (livingToken(world, call)?.kind !== 'app') return unauthorized()
  const before = world.state.subscriptions.length
  world.state.subscriptions = world.state.subscriptions.filter((s) => s.id !== param(call, 'id'))
  return json(200, { data: { deleted: world.state.subscriptions.length < before } })
}

/** Sends an event about a post to every hook that asked for it. `account` is whom it concerns, who may not be its author. */
export function tell(
  world: World,
  call: Pick<Call, 'faults'>,
  eventType: 'post.create' | 'post.delete' | 'post.mention.create' | 'post.quote.create',
  account: Account,
  post: Post,
): void {
  const all = new Set([
    'author_id',
    'created_at',
    'entities',
    'conversation_id',
    'referenced_tweets',
    'in_reply_to_user_id',
    'attachments',
  ])
  const author = accountById(world, post.accountId) ?? account
  const isTheirs = eventType === 'post.mention.create' || eventType === 'post.quote.create'
  report(world, call, eventType, account, {
    payload: eventType === 'post.delete' ? { id: post.id, author_id: account.id } : postView(world, author, post, all),
    includes: isTheirs ? { users: [userView(world, author, new Set())] } : {},
  })
}

/** A reader likes or reposts a post of the account: in no list, and told to every hook that asked for it. */
export function tellDone(world: World, kind: 'like' | 'share', account: Account, post: Post, by: Account): void {
  const id = snowflake(world)
  const created_at = new Date(world.now()).toISOString()
  const referenced = [{ type: 'retweeted', id: post.id }]
  report(world, { faults: noFaults }, kind === 'like' ? 'like.create' : 'post.repost.create', account, {
    payload:
      kind === 'like'
        ? { id, liked_tweet_id: post.id, tweet_author_id: account.id, created_at }
        : {
            id,
            text: `RT @${account.handle}: ${post.text}`,
            author_id: by.id,
            created_at,
            referenced_tweets: referenced,
            referenced_posts: referenced,
          },
    includes: { users: [userView(world, by, new Set())] },
  })
}

function report(
  world: World,
  call: Pick<Call, 'faults'>,
  event_type: string,
  account: Account,
  said: { readonly payload: object; readonly includes: object },
): void {
  for (const s of world.state.subscriptions) {
    if (s.eventType !== event_type || s.accountId !== account.id) continue
    const hook = world.state.hooks.find((h) => h.id === s.hookId && h.valid)
    if (!hook) continue
    const event = {
      event_uuid: snowflake(world),
      filter: { user_id: account.id },
      event_type,
      ...(s.tag === undefined ? {} : { tag: s.tag }),
      ...said,
    }
    const body = JSON.stringify({ data: event })
    world.hooks.send(call, hook, body, { 'x-twitter-webhooks-signature': sign(body, clientSecret) })
  }
}
