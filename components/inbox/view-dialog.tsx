'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { CheckField, TextField } from '@/components/routing/fields'
import { SaveDialog } from '@/components/routing/save-dialog'
import { saveViewAction } from '@/lib/inbox/actions'
import { SaveView } from '@/lib/inbox/schema'
import { useForm } from 'react-hook-form'
import { useInboxPlace } from './inbox-context'

/** A view before it is saved; without an id it is a new one. */
export type ViewDraft = {
  readonly id?: string
  readonly name: string
  readonly words: string
  readonly isShared: boolean
}

type Props = {
  readonly draft: ViewDraft
  readonly onClose: () => void
  readonly onSaved: (words: string) => void
}

/** Makes a list of everything in which certain words are said, or changes one. */
export function ViewDialog({ draft, onClose, onSaved }: Props) {
  const { workspace, rights } = useInboxPlace()
  const { id, name, words, isShared } = draft
  const form = useForm({
    resolver: zodResolver(SaveView),
    defaultValues: { ...(id && { id }), name, words, isShared },
  })
  return (
    <SaveDialog
      form={form}
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={id ? `Change “${name}”` : 'New view of words'}
      description="A list of every conversation in which somebody says them."
      submit={id ? 'Save view' : 'Make view'}
      saved={id ? 'View saved' : 'View made'}
      save={async (given) => {
        const saved = await saveViewAction(workspace, given)
        if (saved.ok) onSaved(given.words)
        return saved
      }}
    >
      <TextField
        name="words"
        label="Words"
        hint="All of them must be said. “Words in quotes” stand side by side, or between them lets one be enough, -word leaves out, and refund* finds refunds too."
      />
      <TextField name="name" label="Name" />
      {rights.manage && <CheckField name="isShared" label="Everybody here sees it" />}
    </SaveDialog>
  )
}
