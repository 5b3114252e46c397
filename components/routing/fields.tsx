'use client'

import { useId } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { Checkbox } from '@/components/ui/checkbox'
import { Problems } from '@/components/ui/field'
import { FormField } from '@/components/ui/form'
import { Input } from '@/components/ui/input'
import { Select, type Option } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'

type Named = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly className?: string
  readonly labelHidden?: boolean
}

export const TextField = ({
  rows,
  type = 'text',
  ...rest
}: Named & { rows?: number; type?: 'text' | 'time' | 'date' }) => (
  <FormField {...rest}>
    {(field) => (rows ? <Textarea {...field} rows={rows} /> : <Input {...field} type={type} autoComplete="off" />)}
  </FormField>
)

/** A number, or null. What is emptied must not be undefined: then the form would take what it began with. */
export const NumberField = ({ min, max, step, ...rest }: Named & { min?: number; max?: number; step?: number }) => (
  <FormField {...rest}>
    {({ value, onChange, ...field }) => (
      <Input
        {...field}
        type="number"
        inputMode={step === undefined ? 'numeric' : 'decimal'}
        min={min}
        max={max}
        step={step}
        value={typeof value === 'number' ? value : ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
      />
    )}
  </FormField>
)

/** Several short texts, each on a line of its own. */
export const LinesField = ({ placeholder, ...rest }: Named & { placeholder?: string }) => (
  <FormField {...rest}>
    {({ value, onChange, onBlur, ...field }) => (
      <Textarea
        {...field}
        rows={2}
        placeholder={placeholder}
        value={Array.isArray(value) ? value.join('\n') : ''}
        onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
        onBlur={() => {
          // While somebody types, an empty line is where the next word goes.
          if (Array.isArray(value)) onChange(value.map((line) => String(line).trim()).filter((line) => line !== ''))
          onBlur()
        }}
      />
    )}
  </FormField>
)

const nothing = '-'

/** One of several. With `none`, also nothing: then the value is null. */
export const SelectField = ({
  options,
  none,
  onChosen,
  ...rest
}: Named & {
  readonly options: readonly Option[]
  readonly none?: string
  readonly onChosen?: (value: string) => void
}) => (
  <FormField {...rest}>
    {({ value, onChange, onBlur }) => (
      <Select
        options={none === undefined ? options : [{ value: nothing, label: none }, ...options]}
        value={typeof value === 'string' ? value : none === undefined ? undefined : nothing}
        onChange={(chosen) => {
          onChange(chosen === nothing ? null : chosen)
          onChosen?.(chosen)
        }}
        onBlur={onBlur}
      />
    )}
  </FormField>
)

/** Any of several. */
export function ChoicesField({
  name,
  label,
  hint,
  options,
  nothingToChoose,
}: Named & { readonly options: readonly { value: string; label: string }[]; readonly nothingToChoose?: string }) {
  const { control } = useFormContext()
  const { field, fieldState } = useController({ control, name })
  const chosen: readonly unknown[] = Array.isArray(field.value) ? field.value : []
  const message = fieldState.error?.message ?? fieldState.error?.root?.message
  const hintId = useId()
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={hint ? hintId : undefined}>
      <legend className="mb-1.5 text-table font-medium text-text">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {options.map((option) => (
          <label key={option.value} className="flex items-start gap-2 text-table">
            <Checkbox
              checked={chosen.includes(option.value)}
              onCheckedChange={(on) =>
                field.onChange(on ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))
              }
              onBlur={field.onBlur}
            />
            {option.label}
          </label>
        ))}
        {options.length === 0 && <p className="text-meta text-text-3">{nothingToChoose ?? 'Nothing to choose yet.'}</p>}
      </div>
      {hint && (
        <p id={hintId} className="text-meta text-pretty text-text-3">
          {hint}
        </p>
      )}
      <Problems problems={message ? [message] : []} />
    </fieldset>
  )
}

export const CheckField = ({ name, label, hint }: Named) => (
  <FormField name={name} label={label} hint={hint} inline>
    {({ value, onChange, onBlur }) => (
      <Checkbox checked={value === true} onCheckedChange={(on) => onChange(on === true)} onBlur={onBlur} />
    )}
  </FormField>
)
