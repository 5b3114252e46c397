'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { paths } from '@/lib/core/paths'
import { SignIn } from '@/lib/workspace/schema'
import { enterWithPassword } from './enter-with-password'
import { Submit } from './submit'
import { TextLink } from './text-link'

/** `next` is a page of ours. The whole page is loaded anew, so that nothing of another person's session stays in memory. */
export function SignInForm({ next, email = '' }: { readonly next: string; readonly email?: string | undefined }) {
  const form = useForm({ resolver: zodResolver(SignIn), defaultValues: { email, password: '' } })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const problem = await enterWithPassword(given.email, given.password)
        if (problem) form.setError('root', { message: problem })
        else window.location.assign(next)
      }}
    >
      <FormProblem />
      <FormField name="email" label="Email">
        {(field) => <Input {...field} type="email" autoComplete="username" spellCheck={false} />}
      </FormField>
      <FormField
        name="password"
        label="Password"
        aside={<TextLink href={paths.forgotPassword}>Forgot password?</TextLink>}
      >
        {(field) => <Input {...field} type="password" autoComplete="current-password" />}
      </FormField>
      <Submit size="large">Sign in</Submit>
    </Form>
  )
}
