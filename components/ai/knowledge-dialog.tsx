'use client'

import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { Dialog } from '@/components/ui/dialog'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import { saveKnowledgeAction } from '@/lib/ai/actions'
import type { KnowledgeCard } from '@/lib/ai/schema'

type Props = { readonly slug: string; readonly entry?: KnowledgeCard; readonly trigger: ReactNode }

/** Says what is true, and, where it is wanted, the very answer to certain words. */
export function KnowledgeDialog({ slug, entry, trigger }: Props) {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  const form = useForm({
    values: {
      title: entry?.title ?? '',
      body: entry?.body ?? '',
      url: entry?.url ?? '',
      whenSaid: entry?.whenSaid.join(', ') ?? '',
      answer: entry?.answer ?? '',
    },
  })
  return (
    <Dialog open={open} onOpenChange={setOpen} title={entry ? `Edit “${entry.title}”` : 'Add entry'} trigger={trigger}>
      <Form
        form={form}
        onSubmit={async ({ whenSaid, ...given }) => {
          const saved = await answerOf(
            saveKnowledgeAction(slug, {
              ...given,
              ...(entry ? { entryId: entry.id } : {}),
              whenSaid: whenSaid
                .split(',')
                .map((phrase) => phrase.trim())
                .filter(Boolean),
            }),
          )
          if (!saved.ok) return showFailure(form, saved.error)
          setOpen(false)
          if (!entry) form.reset()
          router.refresh()
        }}
      >
        <FormProblem />
        <FormField name="title" label="Title">
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField name="body" label="What is true">
          {(field) => <Textarea {...field} rows={4} />}
        </FormField>
        <FormField name="url" label="Page that says so" optional>
          {(field) => <Input {...field} type="url" autoComplete="off" />}
        </FormField>
        <FormField
          name="whenSaid"
          label="When somebody says"
          optional
          hint="Words, separated by commas. Said in a message, the answer below is drafted and no model is asked. It goes out by itself only to whoever asks for them and says nothing besides."
        >
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField name="answer" label="Answer, word for word" optional>
          {(field) => <Textarea {...field} rows={3} />}
        </FormField>
        <Submit className="self-end">Save entry</Submit>
      </Form>
    </Dialog>
  )
}
