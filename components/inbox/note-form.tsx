'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import { addNoteAction } from '@/lib/inbox/actions'

const Note = z.object({ text: z.string().trim().min(1, 'Write something first.').max(10_000) })

/** Keeps a word among ourselves. */
export function NoteForm({ slug, conversationId }: { readonly slug: string; readonly conversationId: string }) {
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(Note), defaultValues: { text: '' } })
  return (
    <Form
      form={form}
      className="max-w-none flex-row items-end gap-2"
      onSubmit={async ({ text }) => {
        const kept = await answerOf(addNoteAction(slug, { conversationId, text }))
        if (!kept.ok) return showFailure(form, kept.error)
        form.reset({ text: '' })
        router.refresh()
      }}
    >
      <FormProblem />
      <FormField name="text" label="Private note" className="flex-1">
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <Submit>Add note</Submit>
    </Form>
  )
}
