'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { ExternalLink } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useForm } from 'react-hook-form'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { Submit } from '@/components/workspace/submit'
import { connectedWords, leftWords } from './connected-words'
import { SandboxNote } from './sandbox-note'
import { connectByFormAction } from '@/lib/accounts/actions'
import { FormConnection, handlesOf, type ConnectionOffer } from '@/lib/accounts/schema'

type Props = {
  readonly slug: string
  readonly offer: ConnectionOffer
  readonly handle?: string
  readonly projectId?: string | undefined
  /** The account that is to be connected again. */
  readonly accountId?: string
  readonly onConnected: () => unknown
}

/** Connects accounts by what a person fills in. Secrets are sent once and kept nowhere but sealed. */
export function ConnectionForm({ slug, offer, handle = '', projectId, accountId, onConnected }: Props) {
  const router = useRouter()
  const example = handle === '' ? offer.example : null
  const filled = (name: string) => (name === 'handle' && handle !== '' ? handle : (example?.[name] ?? ''))
  const form = useForm({
    resolver: zodResolver(FormConnection),
    defaultValues: {
      platform: offer.platform,
      method: offer.method,
      values: Object.fromEntries(offer.fields.map(({ name }) => [name, filled(name)])),
    },
  })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const aim = { ...(projectId ? { projectId } : {}), ...(accountId ? { accountId } : {}) }
        const done = await answerOf(connectByFormAction(slug, { ...given, ...aim }))
        if (!done.ok) return showFailure(form, done.error)
        const [handles, left] = [handlesOf(done.value.accounts), handlesOf(done.value.left)]
        const more = [leftWords(left), ...done.value.notes].join(' ').trim()
        if (handles.length > 0) toast.done(`${connectedWords(handles)} ${more}`.trim())
        else toast.failed(more)
        // The page is asked for anew only at its new address: the old one would open the dialog again.
        await onConnected()
        router.refresh()
      }}
    >
      <FormProblem />
      <p className="text-table text-pretty text-text-2">
        {offer.help}{' '}
        {offer.helpUrl && (
          <a href={offer.helpUrl} target="_blank" rel="noreferrer" className="link whitespace-nowrap">
            Open {offer.platformLabel} <ExternalLink aria-hidden className="inline size-3.5" />
          </a>
        )}
      </p>
      {example && <SandboxNote />}
      {offer.fields.map(({ name, label, hint, secret, optional }) => (
        <FormField key={name} name={`values.${name}`} label={label} optional={optional}>
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
