'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'

export type Named = { readonly id: string; readonly name: string }

type Props = {
  readonly label: string
  readonly accounts: readonly Named[]
  readonly chosen: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}

/** Any of the accounts. */
export function AccountChoice({ label, accounts, chosen, onChange }: Props) {
  if (accounts.length === 0) return null
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1.5 text-table font-medium">{label}</legend>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {accounts.map(({ id, name }) => (
          <Field key={id} label={name} inline>
            <Checkbox
              checked={chosen.includes(id)}
              onCheckedChange={(on) => onChange(on === true ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
