import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, formBody, json } from '../core/call'
import type { HookWish, World } from '../core/network'
import type { Hook, Media } from '../core/state'
import { clientSecret } from './oauth'
import { type Plan, statusOf } from './sending'

/** TikTok signs the time and the raw body (developers.tiktok.com/doc/webhooks-verification). `at` in unix seconds. */
const sign = (body: string, secret: string, at: number): string =>
  `t=${at},s=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`

const NewHook = z.object({
  client_key: z.string().min(1),
  client_secret: z.literal(clientSecret),
  callback_url: z.url(),
})

/** The page of the developer portal where an app's callback address is written down. TikTok has no handshake. */
export function webhookRoutes(world: World): readonly Route[] {
  return [
    { method: 'POST', path: '/portal/webhook', operation: 'webhook', handle: (call) => register(world, call) },
    {
      method: 'POST',
      path: '/setting/manage-app/remove',
      operation: 'webhook',
      handle: (call) => removeApp(world, call),
    },
  ]
}

/** The page of apps in a person's settings, and its button that removes one. */
function removeApp(world: World, call: Call): Reply {
  const { client_key: clientId = '', open_id: accountId = '' } = formBody(call)
  for (const token of world.state.tokens)
    if (token.clientId === clientId && token.accountId === accountId) world.tokens.revoke(token)
  const hook = world.state.hooks.find((h) => h.clientId === clientId)
  if (hook) deliver(world, call, hook, accountId, 'authorization.removed', JSON.stringify({ reason: 1 }))
  return json(200, {})
}

function register(world: World, call: Call): Reply {
  const wish = NewHook.safeParse(formBody(call))
  if (!wish.success) return json(400, { message: z.prettifyError(wish.error) })
  const { client_key, callback_url } = wish.data
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(callback_url).hostname))
    return json(403, { message: 'The sandbox delivers to this computer only.' })
  hookApp(world, { clientId: client_key, url: callback_url })
  return json(201, { callback_url })
}

export function hookApp(world: World, { clientId, url }: Pick<HookWish, 'clientId' | 'url'>): void {
  world.state.hooks = world.state.hooks.filter((h) => h.clientId !== clientId)
  const hook: Hook = { id: `hook-${world.serial()}`, url, createdAt: world.now(), valid: true, clientId }
  world.state.hooks.push(hook)
}

/** Reports how a sending ended, once the work on it is over. */
export function tell(world: World, call: Call, media: Media, plan: Plan, workMs: number): void {
  const hook = world.state.hooks.find((h) => h.clientId === plan.clientKey)
  if (!hook) return
  setTimeout(() => {
    for (const { event, content } of eventsOf(media, plan, statusOf(world, media, plan)))
      deliver(world, call, hook, media.ownerId, event, content)
  }, workMs).unref()
}

function deliver(world: World, call: Call, hook: Hook, openId: string, event: string, content: string): void {
  const at = Math.floor(Date.now() / 1000)
  const body = JSON.stringify({
    client_key: hook.clientId,
    event,
    create_time: Math.floor(world.now() / 1000),
    user_openid: openId,
    content,
  })
  world.hooks.send(call, hook, body, { 'tiktok-signature': sign(body, clientSecret, at) })
}

/** `content` is JSON within a text, its post id a plain 64-bit number. */
function eventsOf(media: Media, plan: Plan, { status, fail_reason }: { status: string; fail_reason?: string }) {
  const content = (more: Record<string, string> = {}) =>
    JSON.stringify({ publish_id: media.id, publish_type: plan.draft ? 'INBOX_SHARE' : 'DIRECT_PUBLISH', ...more })
  if (fail_reason !== undefined) return [{ event: 'post.publish.failed', content: content({ reason: fail_reason }) }]
  if (plan.draft) return [{ event: 'post.publish.inbox_delivered', content: content() }]
  if (status !== 'PUBLISH_COMPLETE') return []
  const complete = { event: 'post.publish.complete', content: content() }
  if (plan.audience !== 'PUBLIC_TO_EVERYONE' || plan.postId === undefined) return [complete]
  const withId = content({ post_id: 'ID' }).replace('"ID"', plan.postId)
  return [complete, { event: 'post.publish.publicly_available', content: withId }]
}
