'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Submit } from '@/components/workspace/submit'
import { SandboxNote } from './sandbox-note'
import type { ConnectionOffer } from '@/lib/accounts/schema'
import type { Failure } from '@/lib/core/result'

type Props = {
  readonly offer: ConnectionOffer
  /** Sends the person to the server's consent page, or says why not. */
  readonly onStart: (server: string) => Promise<Failure | undefined>
}

const Server = z.object({ server: z.string().trim().min(1, 'is needed').max(253) })

/** Asks which server an account is on, before its consent page can be shown. */
export function ServerForm({ offer, onStart }: Props) {
  const form = useForm({ resolver: zodResolver(Server), defaultValues: { server: offer.example?.server ?? '' } })
  return (
    <Form
      form={form}
      onSubmit={async ({ server }) => {
        const refused = await onStart(server)
        if (refused) showFailure(form, refused)
      }}
    >
      <FormProblem />
      <p className="text-table text-pretty text-text-2">{offer.help}</p>
      {offer.example && <SandboxNote />}
      <FormField name="server" label={offer.server?.label ?? 'Server'}>
        {(field) => (
          <Input
            {...field}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={offer.server?.hint}
          />
        )}
      </FormField>
      <Submit className="self-end">Go to its consent page</Submit>
    </Form>
  )
}
