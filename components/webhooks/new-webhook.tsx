'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Webhook } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Form, FormProblem, showFailure } from '@/components/ui/form'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import { createWebhookAction } from '@/lib/webhooks/actions'
import { CreateWebhook } from '@/lib/webhooks/schema'
import { NewSecret } from './new-secret'
import { WebhookFields } from './webhook-fields'

const blank: z.input<typeof CreateWebhook> = { url: '', description: '', eventTypes: [] }

/** Makes a webhook, then shows its secret once. Closing the dialog forgets it. */
export function NewWebhook({ slug }: { readonly slug: string }) {
  const [open, setOpen] = useState(false)
  const [secret, setSecret] = useState<string>()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setSecret(undefined)
      }}
      title={secret ? 'Copy the secret now' : 'New webhook'}
      trigger={
        <Button variant="primary" icon={<Webhook aria-hidden />}>
          New webhook
        </Button>
      }
    >
      {secret ? <NewSecret value={secret} /> : <WebhookForm slug={slug} onMade={setSecret} />}
    </Dialog>
  )
}

function WebhookForm({ slug, onMade }: { readonly slug: string; readonly onMade: (secret: string) => void }) {
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(CreateWebhook), defaultValues: blank })
  return (
    <Form
      form={form}
      className="max-w-none"
      onSubmit={async (given) => {
        const created = await answerOf(createWebhookAction(slug, given))
        if (!created.ok) return showFailure(form, created.error)
        onMade(created.value.secret)
        router.refresh()
      }}
    >
      <FormProblem />
      <WebhookFields />
      <Submit className="self-end">Create webhook</Submit>
    </Form>
  )
}
