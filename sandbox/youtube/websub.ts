import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, empty, formBody } from '../core/call'
import { type World, accountById } from '../core/network'
import { escapeHtml } from '../core/page'
import type { Hook, Post } from '../core/state'
import { recordOf } from './record'

const answerWithinMs = 10_000
const leaseSeconds = 432_000
const topic = /^https:\/\/www\.youtube\.com\/(?:xml\/)?feeds\/videos\.xml\?channel_id=([\w-]+)$/

const Wish = z.object({
  'hub.callback': z.url(),
  'hub.topic': z.string().regex(topic),
  'hub.mode': z.enum(['subscribe', 'unsubscribe']),
  'hub.secret': z.string().max(200).optional(),
  'hub.verify_token': z.string().optional(),
})

/** The hub signs with the secret of the subscription (WebSub, by SHA-1 as Google's does). */
const sign = (body: string, secret: string): string => `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`

export function hubRoutes(world: World): readonly Route[] {
  return [{ method: 'POST', path: '/subscribe', operation: 'webhook', handle: (call) => subscribe(world, call) }]
}

async function subscribe(world: World, call: Call): Promise<Reply> {
  const parsed = Wish.safeParse(formBody(call))
  if (!parsed.success) return { ...empty(400), body: z.prettifyError(parsed.error) }
  const wish = parsed.data
  const callback = wish['hub.callback']
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(callback).hostname))
    return { ...empty(400), body: 'The sandbox delivers to this computer only.' }
  const challenge = String(1_000_000 + world.serial())
  const answer = await world.hooks.ask(
    callback,
    {
      'hub.mode': wish['hub.mode'],
      'hub.topic': wish['hub.topic'],
      'hub.challenge': challenge,
      'hub.lease_seconds': String(leaseSeconds),
      ...(wish['hub.verify_token'] === undefined ? {} : { 'hub.verify_token': wish['hub.verify_token'] }),
    },
    answerWithinMs,
  )
  if (answer?.status !== 200 || answer.text !== challenge)
    return { ...empty(409), body: 'The callback did not answer the challenge.' }
  const channel = topic.exec(wish['hub.topic'])?.[1] ?? ''
  world.state.hooks = world.state.hooks.filter((h) => h.url !== callback || h.clientId !== channel)
  if (wish['hub.mode'] === 'unsubscribe') return empty(204)
  const hook: Hook = {
    id: `hub-${world.serial()}`,
    url: callback,
    createdAt: world.now(),
    valid: true,
    clientId: channel,
  }
  world.state.hooks.push(hook)
  world.state.facts[`hub:${hook.id}`] = wish['hub.secret'] ?? ''
  return empty(204)
}

/** Reports a video to those who subscribed to its channel's feed. Comments are never reported. */
export function tell(world: World, call: Call, post: Post): void {
  const body = feed(world, post)
  for (const hook of world.state.hooks) {
    if (hook.clientId !== post.accountId || hook.createdAt + leaseSeconds * 1000 < world.now()) continue
    const secret = world.state.facts[`hub:${hook.id}`]
    world.hooks.send(call, hook, body, {
      'content-type': 'application/atom+xml',
      ...(secret ? { 'x-hub-signature': sign(body, secret) } : {}),
    })
  }
}

function feed(world: World, post: Post): string {
  const at = new Date(post.createdAt).toISOString()
  const self = `https://www.youtube.com/xml/feeds/videos.xml?channel_id=${post.accountId}`
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://pubsubhubbub.appspot.com"/><link rel="self" href="${self}"/><title>YouTube video feed</title><updated>${at}</updated><entry>
  <id>yt:video:${post.id}</id>
  <yt:videoId>${post.id}</yt:videoId>
  <yt:channelId>${post.accountId}</yt:channelId>
  <title>${escapeHtml(recordOf(post).snippet.title)}</title>
  <link rel="alternate" href="https://www.youtube.com/watch?v=${post.id}"/>
  <author><name>${escapeHtml(accountById(world, post.accountId)?.name ?? '')}</name><uri>https://www.youtube.com/channel/${post.accountId}</uri></author>
  <published>${at}</published>
  <updated>${at}</updated>
 </entry></feed>
`
}
