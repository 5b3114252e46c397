import { MB, readBody } from '@/app/api/body'
import { platformOf } from '@/app/api/contract/words'
import { answerFailure } from '@/lib/core/envelope'
import { count } from '@/lib/core/metrics'
import { pass } from '@/lib/core/rate'
import type { Failure } from '@/lib/core/result'
import { appConfig, platformNames, platforms, providers, type AppConfig, type Webhook } from '@/lib/platforms'
import { addressOf } from '@/lib/workspace/address'
import { noteHandshake, storeIncoming } from '@/lib/workspace/incoming'

const received = count('posthorn_webhooks_total', 'Webhook requests by network and what became of them', [
  'platform',
  'outcome',
])

type Params = Readonly<Record<string, string>>

/** Meta says of WhatsApp’s reports that they have up to 3 MB; the others send less. */
const mostBytes = 4 * MB

/** Everybody who may report: networks, and providers that reach several. */
const reporters = [...platformNames.map((name) => platforms[name]), ...providers]

/** A reporter's webhook and our apps there. Reports on pages belong to the app for pages, so the later ones come first. */
function webhookOf({
  platform = '',
}: Params): { name: string; webhook: Webhook; apps: readonly AppConfig[] } | undefined {
  const asked = platformOf(platform)
  const reporter = reporters.find(({ name }) => name === asked)
  if (!reporter?.webhook) return undefined
  const { name, webhook, connections } = reporter
  const apps = connections.map((method) => appConfig(name, method.name, process.env)).toReversed()
  return { name, webhook, apps }
}

const reporting = reporters.flatMap(({ name, webhook }) => (webhook ? [name] : []))

const noWebhook: Failure = {
  code: 'NOT_FOUND',
  message: `No network reports to this address. Its last word must be one of: ${reporting.join(', ')}.`,
}
const notAsked: Failure = {
  code: 'INVALID_INPUT',
  message: 'This is not the question a network asks here, or its webhook secret is not set.',
}
const unsigned: Failure = {
  code: 'INVALID_TOKEN',
  message:
    'The signature does not fit the body. Sign the very bytes that are sent, with the webhook secret that is set here.',
}
const wait = (retryAt: Date): Failure => ({
  code: 'RATE_LIMIT_EXCEEDED',
  message: 'Too many reports without a good signature. Send later, and sign with the webhook secret that is set here.',
  retryAt,
})

export async function receiveHandshake(request: Request, params: Params, requestId: string): Promise<Response> {
  const known = webhookOf(params)
  if (!known) return answerFailure(noWebhook, requestId)
  const { searchParams } = new URL(request.url)
  const answer = known.apps
    .map((app) => known.webhook.handshake(app, searchParams))
    .find((given) => given !== undefined)
  if (!answer) return answerFailure(notAsked, requestId)
  await noteHandshake(known.name)
  return new Response(answer.body, { headers: { 'content-type': answer.contentType } })
}

/**
 * Believes nothing before the signature fits the raw bytes; stores each event once; answers at once. What the events
 * mean is found out by a job, so that a slow moment of ours never makes a network give up on us.
 */
export async function receiveWebhook(request: Request, params: Params, requestId: string): Promise<Response> {
  const known = webhookOf(params)
  if (!known) return answerFailure(noWebhook, requestId)
  const { name, webhook, apps } = known
  const refuse = (outcome: string, failure: Failure) => {
    received.inc({ platform: name, outcome })
    return answerFailure(failure, requestId)
  }
  const body = await readBody(request, mostBytes)
  if (!body.ok) return refuse('too_large', body.error)
  const address = new URL(request.url)
  const app = apps.find((each) => webhook.verify(each, body.value, request.headers, address))
  if (!app) {
    // Only what is not believed is counted: a network that is turned away in a flood gives up on us.
    const passage = await pass('webhook', `${name}:${addressOf(request.headers)}`)
    return passage.open ? refuse('unsigned', unsigned) : refuse('limited', wait(passage.resetAt))
  }
  const greeting = webhook.greet?.(body.value)
  if (greeting) {
    await noteHandshake(name)
    return new Response(greeting.body ?? null, {
      status: greeting.status,
      headers: greeting.contentType ? { 'content-type': greeting.contentType } : {},
    })
  }
  const read = webhook.read(body.value, app, address)
  if (!read.ok)
    return refuse('malformed', { code: 'VALIDATION_ERROR', message: `${read.error.reason} Nothing was kept.` })
  // A provider's report is about an account of a network.
  const byNetwork = Map.groupBy(read.value, ({ network }) => network ?? name)
  let fresh = 0
  for (const [network, events] of byNetwork) fresh += await storeIncoming(network, events)
  received.inc({ platform: name, outcome: fresh > 0 ? 'stored' : 'known' })
  return Response.json({ received: read.value.length, new: fresh })
}
