'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { AskBeforeClosing } from '@/components/ui/dialog-hold'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { useId, useState } from 'react'
import { useInboxPlace } from './inbox-context'
import type { Holder } from './use-triage'

type Props = {
  /** @returns whether all were assigned */
  readonly onChoose: (to: Holder, note: string) => Promise<boolean>
  readonly onClose: () => void
}

/** What was written and did not arrive. The dialog is closed by then, and another conversation may be open. */
let unsent = ''

/** Gives a conversation away with a word for whoever gets it, who reads it at its end. */
export function AssignWithNote({ onChoose, onClose }: Props) {
  const { members, teams, me } = useInboxPlace()
  const [to, setTo] = useState<string>()
  const [note, setNote] = useState(unsent)
  const [hasTried, setTried] = useState(false)
  const form = useId()
  const person = members.find(({ id }) => id === to)
  const team = teams.find(({ id }) => id === to)

  async function choose() {
    if ((!person && !team) || note.trim() === '') return setTried(true)
    unsent = note
    onClose()
    if (await onChoose(person ? { person } : { person: null, team: team ?? null }, note.trim())) unsent = ''
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title="Assign with a note"
      description="The note stands at the end of the conversation. Only your team sees it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form}>
            Assign
          </Button>
        </>
      }
    >
      <AskBeforeClosing when={note.trim() !== ''} />
      <form
        id={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void choose()
        }}
      >
        <Field label="To" problems={hasTried && !person && !team ? ['Choose a person or a team.'] : []} required>
          <Select
            value={to}
            onChange={setTo}
            placeholder="A person or a team"
            options={[
              ...members
                .filter(({ mayAnswer }) => mayAnswer)
                .map(({ id, name }) => ({ value: id, label: id === me ? `${name} (you)` : name })),
              ...teams.map(({ id, name }) => ({ value: id, label: `Team ${name}` })),
            ]}
          />
        </Field>
        <Field
          label="Note"
          problems={hasTried && note.trim() === '' ? ['Write what they should know, or assign without a note.'] : []}
          required
        >
          <Textarea rows={4} maxLength={10_000} value={note} onChange={({ target }) => setNote(target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
