'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { paths } from '@/lib/core/paths'
import { signUpAction } from '@/lib/workspace/actions'
import { passwordRule, SignUp } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { enterWithPassword } from './enter-with-password'
import { Submit } from './submit'
import { TimeZoneInput } from './time-zone-input'
import { useBrowserTimeZone } from './use-browser-time-zone'

export function SignUpForm() {
  const form = useForm({
    resolver: zodResolver(SignUp),
    defaultValues: { name: '', email: '', password: '', workspaceName: '', timeZone: '' },
  })
  useBrowserTimeZone((zone) => form.setValue('timeZone', zone))
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const made = await answerOf(signUpAction(given))
        if (!made.ok) return showFailure(form, made.error)
        const problem = await enterWithPassword(given.email, given.password)
        window.location.assign(problem ? paths.signIn : paths.dashboard(made.value.slug))
      }}
    >
      <FormProblem />
      <FormField name="name" label="Your name">
        {(field) => <Input {...field} autoComplete="name" />}
      </FormField>
      <FormField name="email" label="Email">
        {(field) => <Input {...field} type="email" autoComplete="username" spellCheck={false} />}
      </FormField>
      <FormField name="password" label="Password" hint={passwordRule}>
        {(field) => <Input {...field} type="password" autoComplete="new-password" />}
      </FormField>
      <FormField name="workspaceName" label="Workspace name" hint="Your company, team or brand.">
        {(field) => <Input {...field} autoComplete="organization" />}
      </FormField>
      <FormField name="timeZone" label="Time zone" hint="Posts are scheduled on this clock.">
        {(field) => <TimeZoneInput {...field} />}
      </FormField>
      <Submit size="large">Create account</Submit>
    </Form>
  )
}
