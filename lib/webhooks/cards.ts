import type { DeliveryCard, DeliveryState, WebhookCard, WebhookEventType, WebhookState } from './schema'
import { webhookEventTypes } from './schema'

export const webhookColumns = {
  id: true,
  url: true,
  description: true,
  eventTypes: true,
  state: true,
  end: true,
  failingSince: true,
  previousUntil: true,
  createdAt: true,
  deliveries: { orderBy: { id: 'desc' }, take: 1, select: { state: true, createdAt: true } },
} as const

type Row = {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly eventTypes: readonly string[]
  readonly state: WebhookState
  readonly end: WebhookCard['end']
  readonly failingSince: Date | null
  readonly previousUntil: Date | null
  readonly createdAt: Date
  readonly deliveries: readonly { readonly state: DeliveryState; readonly createdAt: Date }[]
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** Types that a later version tells no more are left out. */
const known = (types: readonly string[]): readonly WebhookEventType[] =>
  webhookEventTypes.filter((type) => types.includes(type))

export const toCard = ({ deliveries: [last], ...row }: Row): WebhookCard => ({
  id: row.id,
  url: row.url,
  description: row.description,
  eventTypes: known(row.eventTypes),
  state: row.state,
  end: row.end,
  failingSince: iso(row.failingSince),
  previousUntil: iso(row.previousUntil),
  createdAt: row.createdAt.toISOString(),
  last: last ? { state: last.state, at: last.createdAt.toISOString() } : null,
})

export const deliveryColumns = {
  id: true,
  eventId: true,
  type: true,
  state: true,
  attempts: true,
  lastStatus: true,
  lastError: true,
  durationMs: true,
  createdAt: true,
  attemptedAt: true,
  nextAttemptAt: true,
  deliveredAt: true,
} as const

type DeliveryRow = {
  readonly [K in keyof DeliveryCard]: K extends `${string}At`
    ? K extends 'createdAt'
      ? Date
      : Date | null
    : DeliveryCard[K]
}

export const toDelivery = (row: DeliveryRow): DeliveryCard => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  attemptedAt: iso(row.attemptedAt),
  nextAttemptAt: iso(row.nextAttemptAt),
  deliveredAt: iso(row.deliveredAt),
})
