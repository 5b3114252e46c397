'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { answerOf } from '@/components/workspace/answer-of'
import { rotateWebhookSecretAction } from '@/lib/webhooks/actions'
import { NewSecret } from './new-secret'

const both = 'For 24 hours requests are signed with the secret before as well.'

/** Gives another secret, and shows it once. */
export function RotateSecret({ slug, webhookId }: { readonly slug: string; readonly webhookId: string }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [secret, setSecret] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)

  function change(next: boolean) {
    setOpen(next)
    setSecret(undefined)
    setProblem(undefined)
  }
  async function rotate() {
    setBusy(true)
    const rotated = await answerOf(rotateWebhookSecretAction(slug, { webhookId }))
    setBusy(false)
    if (!rotated.ok) return setProblem(rotated.error.message)
    setSecret(rotated.value.secret)
    router.refresh()
  }

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      width="narrow"
      title={secret ? 'Copy the secret now' : 'Make a new secret?'}
      trigger={<Button size="small">New secret</Button>}
    >
      {secret ? (
        <NewSecret value={secret} more={both} />
      ) : (
        <div className="flex flex-col gap-4">
          {problem && (
            <Callout tone="failed" role="alert">
              {problem}
            </Callout>
          )}
          <p className="text-text-2">{both} Give your program the new one before they are over.</p>
          <Button variant="primary" busy={busy} className="self-end" onClick={() => void rotate()}>
            Make a new secret
          </Button>
        </div>
      )}
    </Dialog>
  )
}
