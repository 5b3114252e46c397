'use client'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { answerOf } from '@/components/workspace/answer-of'
import { addNoteAction } from '@/lib/inbox/actions'
import { useRef, useState, type RefObject } from 'react'
import { draftOf, keepDraft, noteOf, useDraft } from './drafts'
import { useInboxPlace } from './inbox-context'
import { backToThread } from './thread-keys'

type Props = {
  readonly conversationId: string
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>
  /** It is kept, and nothing more was written. */
  readonly onAdded: () => void
  readonly onChanged: () => Promise<void>
}

/** Keeps a word among ourselves. */
export function NoteForm({ conversationId, fieldRef, onAdded, onChanged }: Props) {
  const { workspace, rights } = useInboxPlace()
  const place = noteOf(conversationId)
  const text = useDraft(workspace, place)
  const formRef = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function add() {
    if (busy) return
    if (text.trim() === '') return setProblem('Write something first.')
    setBusy(true)
    const kept = await answerOf(addNoteAction(workspace, { conversationId, text }))
    setBusy(false)
    if (!kept.ok) return setProblem(kept.error.message)
    // What was typed while it was on its way is not part of it.
    const isAll = draftOf(workspace, place) === text
    if (isAll) keepDraft(workspace, place, '')
    setProblem(undefined)
    if (isAll) {
      backToThread(formRef.current)
      onAdded()
    }
    await onChanged()
  }

  return (
    <form
      ref={formRef}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Field label="Private note" labelHidden problems={problem ? [problem] : []}>
        <Textarea
          ref={fieldRef}
          rows={2}
          placeholder="A note for your team…"
          className="max-h-60 min-h-16 keyboard:max-h-24 bg-review-tint"
          value={text}
          onChange={({ target }) => {
            setProblem(undefined)
            keepDraft(workspace, place, target.value)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') backToThread(event.currentTarget)
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault()
              void add()
            }
          }}
        />
      </Field>
      <Button
        type="submit"
        size="small"
        className="self-end"
        busy={busy}
        disabledReason={rights.triage ? undefined : 'Viewers read the inbox; ask an admin for another role.'}
      >
        Add note
      </Button>
    </form>
  )
}
