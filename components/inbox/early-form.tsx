'use client'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { keepDraft, useDraft } from './drafts'
import { useInboxPlace } from './inbox-context'
import { backToThread } from './thread-keys'
import { useHandOn, type Writing } from './use-writing'

type Props = {
  readonly conversationId: string
  readonly writing: Writing
  /** Why it cannot be sent: it is not read yet, or cannot be answered. */
  readonly refusal: string
}

/** Keeps the words of an answer before it is known to whom it goes, or when it can go to nobody. */
export function EarlyForm({ conversationId, writing, refusal }: Props) {
  const { fieldRef, settle } = writing
  const { workspace } = useInboxPlace()
  const text = useDraft(workspace, conversationId)
  useHandOn(writing)
  return (
    <div className="flex flex-col gap-2">
      <Field label="Words for an answer" labelHidden>
        <Textarea
          ref={fieldRef}
          rows={2}
          placeholder="Answer…"
          className="max-h-72 min-h-16 keyboard:max-h-24"
          value={text}
          onChange={({ target }) => keepDraft(workspace, conversationId, target.value)}
          onBlur={() => text === '' && settle()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') backToThread(event.currentTarget)
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault()
              toast.refused(refusal)
            }
          }}
        />
      </Field>
      <Button className="self-end" variant="primary" disabledReason={refusal}>
        Send
      </Button>
    </div>
  )
}
