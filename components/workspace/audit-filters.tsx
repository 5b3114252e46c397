'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'

type Props = {
  /** With what entries of each say, in small letters. */
  readonly types: readonly { readonly type: string; readonly words: string }[]
  readonly actors: readonly { readonly id: string; readonly name: string }[]
}

const all = 'all'
const filters = {
  type: parseAsString,
  actor: parseAsString,
  from: parseAsString,
  to: parseAsString,
  after: parseAsString,
}

const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** What of the trail is shown; kept in the address. Any change goes back to the first page. */
export function AuditFilters({ types, actors }: Props) {
  const [chosen, choose] = useQueryStates(filters, { shallow: false, history: 'push' })
  const set = (part: Partial<Record<keyof typeof filters, string | null>>) => void choose({ ...part, after: null })
  const some = Object.values(chosen).some((value) => value !== null)
  return (
    <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <Field label="What" className="col-span-2 sm:w-72">
        <Select
          options={[
            { value: all, label: 'Anything' },
            ...types.map(({ type, words }) => ({ value: type, label: capitalized(words) })),
          ]}
          value={chosen.type ?? all}
          onChange={(type) => set({ type: type === all ? null : type })}
        />
      </Field>
      <Field label="Who" className="col-span-2 sm:w-48">
        <Select
          options={[{ value: all, label: 'Anyone' }, ...actors.map(({ id, name }) => ({ value: id, label: name }))]}
          value={chosen.actor ?? all}
          onChange={(actor) => set({ actor: actor === all ? null : actor })}
        />
      </Field>
      <Field label="From" className="sm:w-38">
        <Input type="date" value={chosen.from ?? ''} onChange={({ target }) => set({ from: target.value || null })} />
      </Field>
      <Field label="To" className="sm:w-38">
        <Input type="date" value={chosen.to ?? ''} onChange={({ target }) => set({ to: target.value || null })} />
      </Field>
      {some && (
        <Button variant="ghost" onClick={() => void choose(null)}>
          Clear filters
        </Button>
      )}
    </div>
  )
}
