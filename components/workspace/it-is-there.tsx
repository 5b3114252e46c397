'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Result } from '@/lib/core/result'
import { useId, useState } from 'react'

type Props = {
  readonly thing: 'post' | 'answer'
  readonly network: string
  readonly onSay: (url: string) => Promise<Result<unknown>>
  readonly onClose: () => void
}

/** A person found something of ours at the network, and gives its address as the proof. */
export function ItIsThere({ thing, network, onSay, onClose }: Props) {
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const form = useId()

  async function say() {
    const address = url.trim()
    if (!/^https?:\/\//.test(address) || !URL.canParse(address))
      return setProblem(`Paste the ${thing}’s full address, beginning with https://`)
    setBusy(true)
    const said = await onSay(address)
    setBusy(false)
    if (said.ok) onClose()
    else setProblem(said.error.message)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title="It is there"
      description={`It is not sent again. The address is kept as the proof, with your name${thing === 'post' ? `, and figures are read from it where ${network} allows` : ''}.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            It is there
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void say()
        }}
      >
        <Field
          label={`The ${thing}’s address at ${network}`}
          hint="Open the post there and copy what the browser shows."
          problems={problem ? [problem] : []}
          required
        >
          <Input
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder="https://"
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  )
}
