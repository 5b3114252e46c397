'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { AskBeforeClosing } from '@/components/ui/dialog-hold'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { answerOf } from '@/components/workspace/answer-of'
import { rejectDraftAction } from '@/lib/inbox/actions'

type Props = {
  readonly workspace: string
  readonly draftId: string
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onDone: () => Promise<void>
}

/** Turns a draft down, with a word on why. */
export function RejectDraft({ workspace, draftId, open, onOpen, onDone }: Props) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function reject() {
    if (busy) return
    if (reason.trim() === '') return setProblem('Say in a word or two what is wrong with it.')
    setBusy(true)
    const done = await answerOf(rejectDraftAction(workspace, { draftId, reason }))
    setBusy(false)
    if (!done.ok) return setProblem(done.error.message)
    onOpen(false)
    await onDone()
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(on) => {
        onOpen(on)
        if (!on) setReason('')
      }}
      width="narrow"
      title="Reject this draft"
      description="Why is kept with it, so that voice and knowledge can be mended."
      trigger={
        <Button size="small" variant="ghost">
          Reject
        </Button>
      }
      footer={
        <Button variant="primary" busy={busy} onClick={() => void reject()}>
          Reject draft
        </Button>
      }
    >
      <AskBeforeClosing when={reason.trim() !== ''} />
      <Field label="What is wrong with it" problems={problem ? [problem] : []}>
        <Input
          value={reason}
          autoComplete="off"
          onChange={({ target }) => {
            setReason(target.value)
            setProblem(undefined)
          }}
        />
      </Field>
    </Dialog>
  )
}
