'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { AskBeforeClosing } from '@/components/ui/dialog-hold'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useState } from 'react'

type Props = {
  readonly busy: boolean
  /** @returns whether it was done. */
  readonly onTurnDown: (reason: string) => Promise<boolean>
}

/** Turns down an answer that waits for approval. Why is shown to who wrote it. */
export function TurnDown({ busy, onTurnDown }: Props) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  return (
    <Dialog
      open={open}
      onOpenChange={(on) => {
        setOpen(on)
        if (!on) setReason('')
      }}
      width="narrow"
      title="Turn down this answer"
      description="Nothing is sent. Who wrote it sees why."
      trigger={<Button size="small">Turn down</Button>}
      footer={
        <Button
          variant="primary"
          busy={busy}
          onClick={() => void onTurnDown(reason.trim()).then((done) => done && setOpen(false))}
        >
          Turn down
        </Button>
      }
    >
      <AskBeforeClosing when={reason.trim() !== ''} />
      <Field label="What is wrong with it" hint="You may leave this empty." problems={[]}>
        <Input value={reason} autoComplete="off" onChange={({ target }) => setReason(target.value)} />
      </Field>
    </Dialog>
  )
}
