'use client'

import { useRouter } from 'next/navigation'
import { useState, type ReactElement, type ReactNode } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import { Dialog } from '@/components/ui/dialog'
import { Form, FormProblem, showFailure } from '@/components/ui/form'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import type { Result } from '@/lib/core/result'

type Props<V extends FieldValues, C, T> = {
  readonly form: UseFormReturn<V, C, T>
  /** What opens it; leave it out where `open` is kept elsewhere. */
  readonly trigger?: ReactElement
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly title: string
  readonly description?: string
  readonly submit: string
  readonly saved: string
  readonly width?: 'narrow' | 'medium' | 'wide'
  readonly save: (values: T) => Promise<Result<unknown>>
  readonly children: ReactNode
}

/** A form in a dialog: it closes when it is saved, and says what is wrong when it is not. */
export function SaveDialog<V extends FieldValues, C, T>({
  form,
  trigger,
  open: isOpen,
  onOpenChange,
  title,
  description,
  submit,
  saved,
  width = 'medium',
  save,
  children,
}: Props<V, C, T>) {
  const [opened, setOpened] = useState(false)
  const open = isOpen ?? opened
  const setOpen = onOpenChange ?? setOpened
  const router = useRouter()
  const change = (next: boolean) => {
    // What was typed and not saved is not there the next time.
    if (next) form.reset()
    setOpen(next)
  }
  return (
    <Dialog open={open} onOpenChange={change} trigger={trigger} title={title} description={description} width={width}>
      <Form
        form={form}
        className="max-w-none"
        onSubmit={async (values) => {
          const answer = await answerOf(save(values))
          if (!answer.ok) return showFailure(form, answer.error)
          toast.done(saved)
          setOpen(false)
          router.refresh()
        }}
      >
        <FormProblem />
        {children}
        <Submit className="self-end">{submit}</Submit>
      </Form>
    </Dialog>
  )
}
