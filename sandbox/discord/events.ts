import { createPrivateKey, sign } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody } from '../core/call'
import type { NotTaken, World } from '../core/network'
import type { Hook } from '../core/state'
import { asBot } from './caller'
import { invalidForm } from './problems'
import { applicationId, newId, theBot } from './server'
import { userView } from './views'

/** RFC 8032, test 2: everybody knows it, and the signature vectors are made with it. */
const privateSeed = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'
export const publicKey = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'
const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${privateSeed}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
})

export function signed(body: string, timestamp: string): Record<string, string> {
  const signature = sign(null, Buffer.from(timestamp + body), privateKey).toString('hex')
  return { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp }
}

const seconds = (world: World): string => String(Math.floor(world.now() / 1000))
/** For its test of an address. Discord waits 3 seconds; a product that has just started takes longer for its first word. */
const answerWithinMs = 10_000

/** Discord's test of an address: a ping that is signed is answered with 204, one that is not with 401. */
async function judge(world: World, url: string): Promise<'ours' | 'wrong' | 'silent'> {
  const ping = JSON.stringify({ version: 1, application_id: applicationId, type: 0 })
  const at = seconds(world)
  const wrong = { ...signed(ping, at), 'x-signature-ed25519': '0'.repeat(128) }
  const statuses: (number | undefined)[] = []
  for (const headers of [signed(ping, at), wrong]) {
    const answer = await world.hooks.tell(url, ping, headers, answerWithinMs)
    statuses.push(answer?.status)
  }
  if (statuses.includes(undefined)) return 'silent'
  return statuses[0] === 204 && statuses[1] === 401 ? 'ours' : 'wrong'
}

const Change = z.object({
  event_webhooks_url: z.url({ protocol: /^https?$/ }).nullish(),
  event_webhooks_status: z.number().int().optional(),
  event_webhooks_types: z.array(z.string()).optional(),
})

const badUrl = (message: string): Reply =>
  invalidForm([{ path: ['event_webhooks_url'], code: 'APPLICATION_EVENT_WEBHOOKS_URL_INVALID', message }])

/** Takes an address for events, once it has passed Discord's test of it, or none. @returns why it was not taken */
export async function setEventsUrl(world: World, url: string | null | undefined): Promise<NotTaken | undefined> {
  if (url) {
    if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname))
      return { why: 'The sandbox delivers to this computer only.', isSilent: false }
    const verdict = await judge(world, url)
    if (verdict !== 'ours')
      return { why: 'The specified event webhooks url could not be verified.', isSilent: verdict === 'silent' }
  }
  const hook: Hook | undefined = url
    ? { id: newId(world), url, createdAt: world.now(), valid: true, clientId: applicationId }
    : undefined
  world.state.hooks = hook ? [hook] : []
  return undefined
}

async function change(world: World, call: Call): Promise<Reply> {
  const wish = Change.safeParse(jsonBody(call))
  if (!wish.success) return badUrl('Not a well formed URL.')
  const refusal = await setEventsUrl(world, wish.data.event_webhooks_url)
  return refusal ? badUrl(refusal.why) : json(200, applicationView(world))
}

/** GATEWAY_MESSAGE_CONTENT_LIMITED: the bot is in few servers, and may read. */
const flags = 1 << 19

/** What everybody may know of the app. */
export const publicApplicationView = () => ({
  id: applicationId,
  name: 'Posthorn',
  icon: null,
  description: '',
  type: null,
  bot: userView(theBot),
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: publicKey,
  flags,
  flags_new: String(flags),
})

const applicationView = (world: World) => {
  const [hook] = world.state.hooks
  return {
    ...publicApplicationView(),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userView({ id: '1100000000000000009', username: 'nora', name: 'Nora Winter', isBot: false }),
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    event_webhooks_url: hook?.url ?? null,
    event_webhooks_status: hook ? 2 : 1,
    event_webhooks_types: hook ? ['APPLICATION_AUTHORIZED', 'APPLICATION_DEAUTHORIZED'] : [],
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: ['bot', 'webhook.incoming'],
  }
}

export function applicationRoutes(world: World): readonly Route[] {
  const path = '/api/v10/applications/@me'
  return [
    {
      method: 'GET',
      path,
      operation: 'profile',
      handle: (call) => asBot(world, call) ?? json(200, applicationView(world)),
    },
    {
      method: 'PATCH',
      path,
      operation: 'webhook',
      handle: (call) => asBot(world, call) ?? change(world, call),
    },
  ]
}

/** Tells the app's address what happened to the app. */
export function report(world: World, call: Call, type: string, data: object): void {
  const [hook] = world.state.hooks
  if (!hook) return
  const user = userView({ id: '1100000000000000009', username: 'nora', name: 'Nora Winter', isBot: false })
  const body = JSON.stringify({
    version: 1,
    application_id: applicationId,
    type: 1,
    event: { type, timestamp: new Date(world.now()).toISOString(), data: { user, ...data } },
  })
  world.hooks.send(call, hook, body, signed(body, seconds(world)))
}
