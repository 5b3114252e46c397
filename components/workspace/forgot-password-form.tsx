'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { requestPasswordResetAction } from '@/lib/workspace/actions'
import { RequestPasswordReset } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { Submit } from './submit'

export function ForgotPasswordForm() {
  const form = useForm({ resolver: zodResolver(RequestPasswordReset), defaultValues: { email: '' } })
  const [askedFor, setAskedFor] = useState<string>()
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const asked = await answerOf(requestPasswordResetAction(given))
        if (asked.ok) setAskedFor(given.email)
        else showFailure(form, asked.error)
      }}
    >
      <FormProblem />
      {askedFor && (
        <Callout tone="published" role="alert" title="Look into your mail">
          If there is an account for {askedFor}, a link to choose a new password is on its way. It works for an hour.
        </Callout>
      )}
      <FormField name="email" label="Email">
        {(field) => <Input {...field} type="email" autoComplete="username" spellCheck={false} />}
      </FormField>
      <Submit size="large">{askedFor ? 'Send another link' : 'Send link'}</Submit>
    </Form>
  )
}
