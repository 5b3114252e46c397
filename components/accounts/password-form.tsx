'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import { connectWithPasswordAction } from '@/lib/accounts/actions'
import { SignInConnection, type ConnectionOffer } from '@/lib/accounts/schema'

type Props = {
  readonly slug: string
  readonly offer: ConnectionOffer
  readonly handle?: string
  readonly projectId?: string | undefined
  readonly onConnected: () => void
}

/** Connects an account by its name and a password made for us. The password is sent once and kept nowhere but sealed. */
export function PasswordForm({ slug, offer, handle = '', projectId, onConnected }: Props) {
  const router = useRouter()
  const form = useForm({
    resolver: zodResolver(SignInConnection),
    defaultValues: { platform: offer.platform, handle, password: '', server: '' },
  })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const done = await answerOf(connectWithPasswordAction(slug, { ...given, ...(projectId ? { projectId } : {}) }))
        if (!done.ok) return showFailure(form, done.error)
        toast.done(`${done.value.accounts.map((account) => account.handle).join(', ')} connected`)
        onConnected()
        router.refresh()
      }}
    >
      <FormProblem />
      <p className="text-table text-pretty text-text-2">{offer.help}</p>
      {offer.fields.map(({ name, label, hint, secret, optional }) => (
        <FormField key={name} name={name} label={label} optional={optional}>
          {(field) => (
            <Input
              {...field}
              type={secret ? 'password' : 'text'}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={hint}
            />
          )}
        </FormField>
      ))}
      <Submit className="self-end">Connect {offer.platformLabel} account</Submit>
    </Form>
  )
}
