import { z } from 'zod'
import { ChangeWebhook, CreateWebhook, testedType, webhookEventTypes } from '@/lib/webhooks/schema'
import { endpoint, exactly } from './endpoint'
import { cursor, limit } from './posts'
import { instant } from './values'
import { OneId } from './words'

const EventType = z.enum(webhookEventTypes)
const DeliveryState = z.enum(['waiting', 'delivered', 'failed'])

const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(EventType),
  state: z.enum(['active', 'paused', 'disabled']).meta({ description: '`disabled`: Posthorn stopped by itself.' }),
  end: z
    .enum(['gone', 'failing'])
    .nullable()
    .meta({ description: 'Why it stopped: an answer of 410, or five days in which nothing got through.' }),
  failingSince: instant.nullable(),
  previousUntil: instant
    .nullable()
    .meta({ description: 'Until when the secret before the current one signs as well.' }),
  createdAt: instant,
  last: z.object({ state: DeliveryState, at: instant }).nullable().meta({ description: 'The newest delivery.' }),
})
const secret = z.string().meta({ description: '`whsec_…`. It is in this answer and in no other.' })
const Delivery = z.object({
  id: z.string(),
  eventId: z.string().meta({ description: 'What the request carries as `webhook-id`, at every try.' }),
  type: z.string().meta({ description: `One of the webhook’s \`eventTypes\`, or \`${testedType}\`.` }),
  state: DeliveryState,
  attempts: z.number().int(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  createdAt: instant,
  attemptedAt: instant.nullable(),
  nextAttemptAt: instant.nullable(),
  deliveredAt: instant.nullable(),
})

const scope = 'webhook.manage'
const tag = 'Webhooks'
const { url, description, eventTypes } = CreateWebhook.shape

export const listWebhooks = endpoint({
  id: 'listWebhookEndpoints',
  method: 'GET',
  path: '/api/webhook-endpoints',
  tag,
  summary: 'List webhooks',
  description: 'All of them, in the order they were made; no secrets.',
  scope,
  answer: z.object({ data: z.array(Webhook) }),
})

export const createWebhook = endpoint({
  id: 'createWebhookEndpoint',
  method: 'POST',
  path: '/api/webhook-endpoints',
  tag,
  summary: 'Have a program told of events',
  description:
    'Each event of `eventTypes` that happens from now on is sent to `url` by a signed POST. `url` begins with https:// and is on the public internet. There may be 20 in a workspace.',
  scope,
  body: exactly({ url, description, eventTypes }),
  example: { url: 'https://hooks.example.com/posthorn', eventTypes: ['post.published', 'message.received'] },
  status: 201,
  answer: z.object({ data: Webhook.extend({ secret }) }),
  failures: ['CONFLICT'],
})

export const getWebhook = endpoint({
  id: 'getWebhookEndpoint',
  method: 'GET',
  path: '/api/webhook-endpoints/{id}',
  tag,
  summary: 'Read a webhook',
  description: 'As in the list.',
  scope,
  params: OneId,
  answer: z.object({ data: Webhook }),
  failures: ['NOT_FOUND'],
})

const change = ChangeWebhook.shape
export const changeWebhook = endpoint({
  id: 'changeWebhookEndpoint',
  method: 'PATCH',
  path: '/api/webhook-endpoints/{id}',
  tag,
  summary: 'Change, pause or resume a webhook',
  description:
    'What is absent stays. While `isPaused`, nothing is sent: what waits goes on when it is resumed, and what happens meanwhile is not told. `"isPaused": false` also resumes one that was stopped.',
  scope,
  params: OneId,
  body: exactly({
    url: change.url,
    description: change.description,
    eventTypes: change.eventTypes,
    isPaused: change.isPaused,
  }),
  example: { isPaused: true },
  answer: z.object({ data: Webhook }),
  failures: ['NOT_FOUND'],
})

export const deleteWebhook = endpoint({
  id: 'deleteWebhookEndpoint',
  method: 'DELETE',
  path: '/api/webhook-endpoints/{id}',
  tag,
  summary: 'Remove a webhook',
  description: 'With the record of what it was told. What waits is not sent.',
  scope,
  params: OneId,
  answer: z.object({ data: z.object({ removed: z.literal(true) }) }),
  failures: ['NOT_FOUND'],
})

export const testWebhook = endpoint({
  id: 'testWebhookEndpoint',
  method: 'POST',
  path: '/api/webhook-endpoints/{id}/test',
  tag,
  summary: 'Send a test',
  description: `An event \`${testedType}\`, by the same road as all others. Its deliveries tell how it went.`,
  scope,
  params: OneId,
  status: 202,
  answer: z.object({ data: z.object({ tested: z.literal(true) }) }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})

export const rotateSecret = endpoint({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/api/webhook-endpoints/{id}/rotate',
  tag,
  summary: 'Change the secret',
  description: 'The one before signs as well for 24 hours: the header then holds both signatures.',
  scope,
  params: OneId,
  answer: z.object({ data: Webhook.extend({ secret }) }),
  failures: ['NOT_FOUND'],
})

export const listDeliveries = endpoint({
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: '/api/webhook-endpoints/{id}/deliveries',
  tag,
  summary: 'Read what a program was told',
  description:
    'The newest first, of the last 30 days: each with its tries, what it answered, and when it is tried next.',
  scope,
  params: OneId,
  query: exactly({ cursor, limit }),
  answer: z.object({ data: z.array(Delivery), next: z.string().nullable() }),
  failures: ['NOT_FOUND'],
  isPaged: true,
})

export const redeliver = endpoint({
  id: 'redeliverWebhook',
  method: 'POST',
  path: '/api/webhook-deliveries/{id}/redeliver',
  tag,
  summary: 'Tell an event again',
  description: 'Under the same `webhook-id`, and from the beginning of the schedule.',
  scope,
  params: OneId,
  status: 202,
  answer: z.object({ data: Delivery }),
  failures: ['NOT_FOUND', 'CONFLICT'],
})
