'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { Form, FormProblem, showFailure } from '@/components/ui/form'
import { Submit } from '@/components/workspace/submit'
import { useAct } from '@/components/workspace/use-act'
import { saveDispositionsAction } from '@/lib/routing/actions'
import { SaveDispositions, type Dispositions } from '@/lib/routing/schema'
import { CheckField, LinesField } from './fields'

type Props = { readonly slug: string; readonly dispositions: Dispositions; readonly mayManage: boolean }

/** The words that conversations end with, and whether people are asked for one. */
export function DispositionForm({ slug, dispositions: { names, asks }, mayManage }: Props) {
  const form = useForm({
    resolver: zodResolver(SaveDispositions),
    defaultValues: { names: [...names], asks },
    disabled: !mayManage,
  })
  const act = useAct()
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const saved = await act(saveDispositionsAction(slug, given), 'Reasons saved')
        if (saved.ok) form.reset(given)
        else showFailure(form, saved.error)
      }}
    >
      <FormProblem />
      {!mayManage && <Callout>Owners, admins and managers can change these.</Callout>}
      <LinesField
        name="names"
        label="Reasons"
        hint="One a line, in the order in which they are offered. What ended before keeps its reason."
      />
      <CheckField
        name="asks"
        label="Ask for the reason whenever a conversation is done"
        hint="Otherwise it is said by who wants to, with Shift+E."
      />
      {mayManage && <Submit className="self-start">Save reasons</Submit>}
    </Form>
  )
}
