'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Pause, Play, SendHorizontal } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { SaveDialog } from '@/components/routing/save-dialog'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { useAct } from '@/components/workspace/use-act'
import { paths } from '@/lib/core/paths'
import { changeWebhookAction, removeWebhookAction, testWebhookAction } from '@/lib/webhooks/actions'
import { ChangeWebhook, type WebhookCard } from '@/lib/webhooks/schema'
import { RotateSecret } from './rotate-secret'
import { WebhookFields } from './webhook-fields'

type Props = { readonly slug: string; readonly webhook: WebhookCard }

/** What can be done with a webhook. */
export function WebhookTools({ slug, webhook }: Props) {
  const act = useAct()
  const [isTesting, setTesting] = useState(false)
  const { id: webhookId, state } = webhook
  const isActive = state === 'active'

  async function test() {
    setTesting(true)
    await act(testWebhookAction(slug, { webhookId }), 'A test is on its way')
    setTesting(false)
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        size="small"
        icon={<SendHorizontal aria-hidden />}
        busy={isTesting}
        disabledReason={isActive ? undefined : 'Nothing is sent to it now. Resume it first.'}
        onClick={() => void test()}
      >
        Send a test
      </Button>
      <Button
        size="small"
        icon={isActive ? <Pause aria-hidden /> : <Play aria-hidden />}
        onClick={() =>
          void act(
            changeWebhookAction(slug, { webhookId, isPaused: isActive }),
            isActive ? 'Paused: nothing is sent until you resume it' : 'Resumed: events are told again',
          )
        }
      >
        {isActive ? 'Pause' : 'Resume'}
      </Button>
      <ChangeDialog slug={slug} webhook={webhook} />
      <RotateSecret slug={slug} webhookId={webhookId} />
      <Remove slug={slug} webhook={webhook} />
    </div>
  )
}

function ChangeDialog({ slug, webhook: { id: webhookId, url, description, eventTypes } }: Props) {
  const form = useForm({
    resolver: zodResolver(ChangeWebhook),
    values: { webhookId, url, description, eventTypes: [...eventTypes] },
  })
  return (
    <SaveDialog
      form={form}
      trigger={<Button size="small">Change</Button>}
      title="Change the webhook"
      submit="Save webhook"
      saved="Webhook saved"
      save={(given) => changeWebhookAction(slug, given)}
    >
      <WebhookFields />
    </SaveDialog>
  )
}

function Remove({ slug, webhook: { id, url } }: Props) {
  const act = useAct()
  const router = useRouter()
  return (
    <AlertDialog
      trigger={<Button size="small">Remove</Button>}
      title={`Tell ${new URL(url).host} nothing more?`}
      description="The record of what it was told goes as well. What waits is not sent."
      confirm="Remove webhook"
      onConfirm={async () => {
        const removed = await act(removeWebhookAction(slug, { webhookId: id }), 'Webhook removed')
        if (removed.ok) router.push(paths.webhooks(slug))
      }}
    />
  )
}
