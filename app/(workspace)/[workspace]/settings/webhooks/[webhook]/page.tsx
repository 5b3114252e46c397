import type { Metadata } from 'next'
import { Link } from '@/components/ui/link'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { Section } from '@/components/ui/page'
import { StatusBadge } from '@/components/ui/status-badge'
import { DeliveryTable } from '@/components/webhooks/delivery-table'
import { eventLabel, webhookLooks } from '@/components/webhooks/webhook-looks'
import { WebhookNotes } from '@/components/webhooks/webhook-notes'
import { WebhookTools } from '@/components/webhooks/webhook-tools'
import { NextPage } from '@/components/workspace/next-page'
import { paths } from '@/lib/core/paths'
import { getWebhook, listDeliveries } from '@/lib/webhooks'

export const metadata: Metadata = { title: 'Webhook' }

type Props = {
  readonly params: Promise<{ workspace: string; webhook: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const { webhook: webhookId } = await params
  const { after } = await searchParams
  const [read, told] = await Promise.all([
    getWebhook(ctx, { webhookId }),
    listDeliveries(ctx, { webhookId, ...(typeof after === 'string' && { after }) }),
  ])
  const webhook = granted(read)
  const { items, next } = granted(told)
  const { slug, timeZone } = ctx.workspace
  const refusal = webhook.state === 'active' ? undefined : 'Nothing is sent to it now. Resume it first.'
  return (
    <div className="flex flex-col gap-8">
      <LiveRefresh on={['webhook.*']} about={webhookId} />
      <div className="flex flex-col gap-1">
        <Link href={paths.webhooks(slug)} className="self-start rounded-control text-meta text-text-3 hover:text-text">
          Webhooks
        </Link>
        <Section
          title={webhook.description || new URL(webhook.url).host}
          description={<span className="break-all">{webhook.url}</span>}
          action={<WebhookTools slug={slug} webhook={webhook} />}
        >
          <p>
            <StatusBadge state={webhook.state} looks={webhookLooks} />
          </p>
          <WebhookNotes webhook={webhook} timeZone={timeZone} />
          <details className="text-table text-text-2">
            <summary className="w-fit cursor-pointer rounded-control">
              Told of {webhook.eventTypes.length} {webhook.eventTypes.length === 1 ? 'kind' : 'kinds'} of event
            </summary>
            <ul className="grid gap-1 pt-2 sm:grid-cols-2">
              {webhook.eventTypes.map((type) => (
                <li key={type}>{eventLabel(type)}</li>
              ))}
            </ul>
          </details>
        </Section>
      </div>
      <Section title="Deliveries" description="What it was told, and what it answered, for 30 days.">
        <DeliveryTable slug={slug} timeZone={timeZone} deliveries={items} refusal={refusal} />
        <NextPage name="after" next={next} />
      </Section>
    </div>
  )
}
