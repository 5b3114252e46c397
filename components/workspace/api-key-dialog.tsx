'use client'

import { ShownOnce } from '@/components/ui/shown-once'
import { zodResolver } from '@hookform/resolvers/zod'
import { KeyRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useController, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field, Problems } from '@/components/ui/field'
import { Form, FormField, FormProblem, showFailure } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { createApiKeyAction } from '@/lib/workspace/actions'
import { CreateApiKey, permissionLabels, type Role } from '@/lib/workspace/schema'
import { answerOf } from './answer-of'
import { presets, scopeGroups } from './scope-groups'
import { Submit } from './submit'

const lifetimes = [
  { value: 'days30', label: '30 days' },
  { value: 'days90', label: '90 days' },
  { value: 'year', label: 'A year' },
  { value: 'forever', label: 'Until it is revoked' },
] as const
type Lifetime = (typeof lifetimes)[number]['value']
const blank: z.input<typeof CreateApiKey> = { name: '', scopes: [], lifetime: 'days90' }

/** Makes a key, then shows it once. Closing the dialog forgets it. */
export function ApiKeyDialog({ slug, role }: { readonly slug: string; readonly role: Role }) {
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<string>()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setMade(undefined)
      }}
      title={made ? 'Copy your key now' : 'New API key'}
      trigger={
        <Button variant="primary" icon={<KeyRound aria-hidden />}>
          New API key
        </Button>
      }
    >
      {made ? (
        <ShownOnce
          label="API key"
          noun="key"
          hint="It is not shown again: we keep only a hash of it. Send it as “Authorization: Bearer …”."
          value={made}
        />
      ) : (
        <ApiKeyForm slug={slug} role={role} onMade={setMade} />
      )}
    </Dialog>
  )
}

type FormProps = { readonly slug: string; readonly role: Role; readonly onMade: (key: string) => void }

function ApiKeyForm({ slug, role, onMade }: FormProps) {
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(CreateApiKey), defaultValues: blank })
  return (
    <Form
      form={form}
      onSubmit={async (given) => {
        const created = await answerOf(createApiKeyAction(slug, given))
        if (!created.ok) return showFailure(form, created.error)
        onMade(created.value.key)
        router.refresh()
      }}
    >
      <FormProblem />
      <FormField name="name" label="What it is for">
        {(field) => <Input {...field} autoComplete="off" placeholder="Website import" />}
      </FormField>
      <FormField name="lifetime" label="Works for">
        {({ value, onChange, onBlur }) => (
          // The form's values are those of CreateApiKey.
          <Select options={lifetimes} value={value as Lifetime} onChange={onChange} onBlur={onBlur} />
        )}
      </FormField>
      <Scopes role={role} />
      <Submit className="self-end">Create key</Submit>
    </Form>
  )
}

function Scopes({ role }: { readonly role: Role }) {
  const { field, fieldState } = useController<z.input<typeof CreateApiKey>, 'scopes'>({ name: 'scopes' })
  const chosen = field.value
  const problem = fieldState.error?.message
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1.5 text-table font-medium">It may</legend>
      <div className="flex flex-wrap gap-2">
        {presets(role).map(({ name, scopes }) => (
          <Button key={name} size="small" onClick={() => field.onChange([...scopes])}>
            {name}
          </Button>
        ))}
        {chosen.length > 0 && (
          <Button size="small" variant="ghost" onClick={() => field.onChange([])}>
            Clear
          </Button>
        )}
      </div>
      {scopeGroups(role).map((group) => (
        <fieldset key={group.name} className="border-t pt-2">
          <legend className="float-left mb-2 w-full text-meta font-medium text-text-3">{group.name}</legend>
          <div className="clear-both grid gap-2 sm:grid-cols-2">
            {group.scopes.map((scope) => (
              <Field key={scope} inline label={permissionLabels[scope]}>
                <Checkbox
                  checked={chosen.includes(scope)}
                  onCheckedChange={(on) =>
                    field.onChange(on === true ? [...chosen, scope] : chosen.filter((one) => one !== scope))
                  }
                />
              </Field>
            ))}
          </div>
        </fieldset>
      ))}
      <Problems problems={problem ? [problem] : []} />
    </fieldset>
  )
}
