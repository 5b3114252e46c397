'use client'

import { Button } from '@/components/ui/button'
import { Problems } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/page'
import type { ContactDetail } from '@/lib/contacts/schema'
import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { writtenFields } from './written-fields'

type FieldsProps = {
  readonly fields: ContactDetail['fields']
  readonly refusal: string | undefined
  readonly onSave: (fields: ContactDetail['fields']) => Promise<unknown>
}

/** What else a workspace keeps of a person, each under a name of its own. */
export function CustomFields({ fields, refusal, onSave }: FieldsProps) {
  const [rows, setRows] = useState(() => Object.entries(fields).map(([name, value], key) => ({ key, name, value })))
  const [next, setNext] = useState(rows.length)
  const { fields: written, problems } = writtenFields(rows)
  const isChanged = problems.size > 0 || JSON.stringify(written) !== JSON.stringify(fields)
  const change = (key: number, to: { name?: string; value?: string }) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...to } : row)))
  return (
    <Section title="Fields" description="Whatever else you keep: a customer number, a city.">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged && problems.size === 0 && !refusal) void onSave(written)
        }}
      >
        {rows.map(({ key, name, value }) => (
          <FieldInputs
            key={key}
            name={name}
            value={value}
            problem={problems.get(key)}
            refusal={refusal}
            onChange={(to) => change(key, to)}
            onRemove={() => setRows(rows.filter((row) => row.key !== key))}
          />
        ))}
        <div className="flex gap-2">
          <Button
            size="small"
            icon={<Plus aria-hidden />}
            disabledReason={refusal}
            onClick={() => {
              setRows([...rows, { key: next, name: '', value: '' }])
              setNext(next + 1)
            }}
          >
            Add a field
          </Button>
          {isChanged && (
            <Button
              size="small"
              variant="primary"
              type="submit"
              disabledReason={problems.size > 0 ? 'Put right what is said at the fields first.' : undefined}
            >
              Save fields
            </Button>
          )}
        </div>
      </form>
    </Section>
  )
}

type FieldProps = {
  readonly name: string
  readonly value: string
  readonly problem: string | undefined
  readonly refusal: string | undefined
  readonly onChange: (to: { readonly name?: string; readonly value?: string }) => void
  readonly onRemove: () => void
}

/** The name above its value: beside each other, neither can be read in a narrow column. */
function FieldInputs({ name, value, problem, refusal, onChange, onRemove }: FieldProps) {
  const problemId = useId()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1.5">
        <Input
          aria-label="Name of the field"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem && problemId}
          placeholder="Name"
          value={name}
          readOnly={refusal !== undefined}
          onChange={({ target }) => onChange({ name: target.value })}
        />
        <IconButton
          size="small"
          label={`Remove ${name || 'the field'}`}
          icon={<X />}
          disabledReason={refusal}
          onClick={onRemove}
        />
      </div>
      <Input
        aria-label={`Value of ${name || 'the field'}`}
        placeholder="Value"
        value={value}
        readOnly={refusal !== undefined}
        onChange={({ target }) => onChange({ value: target.value })}
      />
      <Problems id={problemId} problems={problem ? [problem] : []} />
    </div>
  )
}
