'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { paths } from '@/lib/core/paths'
import { resetPasswordAction } from '@/lib/workspace/actions'
import { passwordRule, ResetPassword } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { enterWithPassword } from './enter-with-password'
import { Submit } from './submit'

export function ResetPasswordForm({ token }: { readonly token: string }) {
  const form = useForm({ resolver: zodResolver(ResetPassword), defaultValues: { token, password: '' } })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const reset = await answerOf(resetPasswordAction(given))
        if (!reset.ok) return showFailure(form, reset.error)
        const problem = await enterWithPassword(reset.value.email, given.password)
        window.location.assign(problem ? paths.signIn : paths.home)
      }}
    >
      <FormProblem />
      <FormField name="password" label="New password" hint={passwordRule}>
        {(field) => <Input {...field} type="password" autoComplete="new-password" />}
      </FormField>
      <Submit size="large">Save password and sign in</Submit>
    </Form>
  )
}
