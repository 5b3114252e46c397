'use client'

import { useShortcut } from '@/components/shell/shortcuts'
import { clearOfNews } from './clear-of-news'
import { EarlyForm } from './early-form'
import { useInboxPlace } from './inbox-context'
import { NoteForm } from './note-form'
import { useFocusOnField, useHandOn, type Writing } from './use-writing'

type Props = {
  readonly conversationId: string
  readonly writing: Writing
  readonly onChanged: () => Promise<void>
}

/** Where one writes while the conversation is on its way. */
export function EarlyComposer({ conversationId, writing, onChanged }: Props) {
  const { rights } = useInboxPlace()
  const { write, mode } = writing
  useShortcut({ keys: 'r', label: 'Reply', group: 'Inbox' }, () => write('answer'), !rights.draft)
  useShortcut(
    { keys: 'shift+r', label: 'Reply privately to a comment', group: 'Inbox' },
    () => write('privately'),
    !rights.draft,
  )
  useShortcut({ keys: 'n', label: 'Write a note', group: 'Inbox' }, () => write('note'), !rights.triage)
  useFocusOnField(writing)
  if (!rights.draft && !rights.triage) return null
  return (
    <div ref={clearOfNews} className="flex flex-col gap-2 border-t bg-surface px-4 py-3">
      {mode === 'note' ? (
        <EarlyNote conversationId={conversationId} writing={writing} onChanged={onChanged} />
      ) : (
        <EarlyForm conversationId={conversationId} writing={writing} refusal="The conversation is still being read." />
      )}
    </div>
  )
}

function EarlyNote({ conversationId, writing, onChanged }: Props) {
  useHandOn(writing)
  return (
    <NoteForm
      conversationId={conversationId}
      fieldRef={writing.fieldRef}
      onAdded={() => writing.turnTo('answer')}
      onChanged={onChanged}
    />
  )
}
