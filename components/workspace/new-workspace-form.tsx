'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { paths } from '@/lib/core/paths'
import { createWorkspaceAction } from '@/lib/workspace/actions'
import { CreateWorkspace } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { Submit } from './submit'
import { TimeZoneInput } from './time-zone-input'
import { useBrowserTimeZone } from './use-browser-time-zone'

export function NewWorkspaceForm() {
  const form = useForm({ resolver: zodResolver(CreateWorkspace), defaultValues: { name: '', timeZone: '' } })
  useBrowserTimeZone((zone) => form.setValue('timeZone', zone))
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const made = await answerOf(createWorkspaceAction(given))
        if (made.ok) window.location.assign(paths.dashboard(made.value.slug))
        else showFailure(form, made.error)
      }}
    >
      <FormProblem />
      <FormField name="name" label="Workspace name" hint="Your company, team or brand.">
        {(field) => <Input {...field} autoComplete="organization" />}
      </FormField>
      <FormField name="timeZone" label="Time zone" hint="Posts are scheduled on this clock.">
        {(field) => <TimeZoneInput {...field} />}
      </FormField>
      <Submit size="large">Create workspace</Submit>
    </Form>
  )
}
