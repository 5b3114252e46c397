'use client'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Section } from '@/components/ui/page'
import { Said } from '@/components/ui/said'
import { Textarea } from '@/components/ui/textarea'
import { ZonedTime } from '@/components/ui/time'
import { NextPage } from '@/components/workspace/next-page'
import { useAct } from '@/components/workspace/use-act'
import { addContactNoteAction } from '@/lib/contacts/actions'
import type { ContactDetail } from '@/lib/contacts/schema'
import { useState } from 'react'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly contactId: string
  readonly notes: ContactDetail['notes']
  /** Where the notes before these begin. */
  readonly earlier: string | null
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly mayWrite: boolean
}

/** What we say about a person among ourselves. */
export function ContactNotes({ workspace, timeZone, contactId, notes, earlier, members, mayWrite }: Props) {
  const act = useAct()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)

  async function add() {
    if (busy || text.trim() === '') return
    setBusy(true)
    const kept = await act(addContactNoteAction(workspace, { contactId, text }), 'Noted')
    setBusy(false)
    // What was typed meanwhile is another note.
    if (kept.ok) setText((now) => (now === text ? '' : now))
  }

  return (
    <Section title="Notes" description="Only your team sees them.">
      <NextPage name="notes" next={earlier} words={{ first: 'Latest notes', next: 'Earlier notes' }} />
      {notes.length > 0 && (
        <ul aria-label="Notes" className="flex flex-col gap-2">
          {notes.map((note) => (
            <li key={note.id} className="flex flex-col gap-1 rounded-card bg-review-tint px-3 py-2">
              <Said as="span">{note.text}</Said>
              <span className="text-meta text-text-2">
                {members.find(({ id }) => id === note.authorId)?.name ?? 'Somebody'},{' '}
                <ZonedTime at={note.createdAt} zone={timeZone} pattern="d MMM yyyy, HH:mm" zoneHidden />
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <Field label="A note about them" labelHidden>
            <Textarea
              rows={2}
              placeholder="Write a note…"
              className="min-h-16"
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </Field>
          <Button
            type="submit"
            className="self-end"
            busy={busy}
            disabledReason={text.trim() === '' ? 'Write something first.' : undefined}
          >
            Add note
          </Button>
        </form>
      )}
    </Section>
  )
}
