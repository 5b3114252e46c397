'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { paths } from '@/lib/core/paths'
import { joinAsMyselfAction, joinAsNewAction } from '@/lib/workspace/actions'
import { JoinAsMyself, JoinAsNew, passwordRule } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { enterWithPassword } from './enter-with-password'
import { Submit } from './submit'

/** For someone without an account. */
export function JoinAsNewForm({ token, email }: { readonly token: string; readonly email: string }) {
  const form = useForm({ resolver: zodResolver(JoinAsNew), defaultValues: { token, name: '', password: '' } })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const joined = await answerOf(joinAsNewAction(given))
        if (!joined.ok) return showFailure(form, joined.error)
        const problem = await enterWithPassword(joined.value.email, given.password)
        window.location.assign(problem ? paths.signIn : paths.dashboard(joined.value.slug))
      }}
    >
      <FormProblem />
      {/* Lets a password manager keep the password under the right name. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <FormField name="name" label="Your name">
        {(field) => <Input {...field} autoComplete="name" />}
      </FormField>
      <FormField name="password" label="Password" hint={passwordRule}>
        {(field) => <Input {...field} type="password" autoComplete="new-password" />}
      </FormField>
      <Submit size="large">Create account and join</Submit>
    </Form>
  )
}

/** For the person signed in. */
export function JoinAsMyselfForm({ token }: { readonly token: string }) {
  const form = useForm({ resolver: zodResolver(JoinAsMyself), defaultValues: { token } })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const joined = await answerOf(joinAsMyselfAction(given))
        if (joined.ok) window.location.assign(paths.dashboard(joined.value.slug))
        else form.setError('root', { message: joined.error.message })
      }}
    >
      <FormProblem />
      <Submit size="large">Join</Submit>
    </Form>
  )
}
