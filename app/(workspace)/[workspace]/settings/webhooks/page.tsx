import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { LiveRefresh } from '@/components/shell/live-refresh'
import { Section } from '@/components/ui/page'
import { NewWebhook } from '@/components/webhooks/new-webhook'
import { WebhookTable } from '@/components/webhooks/webhook-table'
import { listWebhooks } from '@/lib/webhooks'

export const metadata: Metadata = { title: 'Webhooks' }

export default async function WebhooksPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const webhooks = granted(await listWebhooks(ctx, {}))
  const { slug, timeZone } = ctx.workspace
  return (
    <Section
      title="Webhooks"
      description="Programs of your own that are told of events as they happen, by signed requests."
      // Always the same one: it shows a secret while the list changes under it.
      action={<NewWebhook slug={slug} />}
    >
      <LiveRefresh on={['webhook.*']} />
      <WebhookTable slug={slug} timeZone={timeZone} webhooks={webhooks} />
    </Section>
  )
}
