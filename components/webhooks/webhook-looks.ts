import { Ban, CircleCheck, CirclePause, CircleX, Clock, Radio } from 'lucide-react'
import type { StatusLooks } from '@/components/ui/status-badge'
import { webhookEvents, type DeliveryState, type WebhookState } from '@/lib/webhooks/schema'

export const webhookLooks: StatusLooks<WebhookState> = {
  active: { label: 'Active', icon: Radio, tone: 'published' },
  paused: { label: 'Paused', icon: CirclePause, tone: 'draft' },
  disabled: { label: 'Stopped', icon: Ban, tone: 'failed' },
}

export const deliveryLooks: StatusLooks<DeliveryState> = {
  waiting: { label: 'Waiting', icon: Clock, tone: 'scheduled' },
  delivered: { label: 'Delivered', icon: CircleCheck, tone: 'published' },
  failed: { label: 'Failed', icon: CircleX, tone: 'failed' },
}

const labels: ReadonlyMap<string, string> = new Map([
  ...Object.values(webhookEvents).flatMap((events) => Object.entries(events)),
  ['webhook.tested', 'A test'],
])

/** What an event says happened, in plain words. */
export const eventLabel = (type: string): string => labels.get(type) ?? type
