'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { type OptionField, type OptionValue, valueOf, type TargetAccount } from '@/lib/posts/schema'
import { ListInput } from './option-list'
import { TagsInput } from './option-tags'

type Props = {
  readonly account: TargetAccount
  readonly field: OptionField
  readonly value: OptionValue | undefined
  readonly onChange: (value: OptionValue | undefined) => void
}

/** Beyond this a text is more than one line. */
const oneLine = 200

/** The control for one of a network's own questions, by the kind of its answer. */
export function OptionInput({ account, field, value, onChange }: Props) {
  const { input } = field
  const holds = valueOf(field, value === undefined ? {} : { [field.name]: value })
  const text = typeof value === 'string' ? value : ''
  switch (input.kind) {
    case 'choice':
      return (
        <Select
          {...(typeof holds === 'string' ? { value: holds } : {})}
          options={input.choices.map(({ value, label, hint, closed }) => ({
            value,
            label,
            ...((closed ?? hint) ? { hint: closed ?? hint ?? '' } : {}),
            disabled: closed !== undefined,
          }))}
          onChange={onChange}
        />
      )
    case 'list':
      return <ListInput account={account} field={field} input={input} value={text} onChange={onChange} />
    case 'text': {
      const isLong = input.max > oneLine
      const typed = { value: text, maxLength: input.max * 2, autoComplete: 'off' }
      return isLong ? (
        <Textarea
          rows={2}
          className="min-h-14"
          {...typed}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      ) : (
        <Input {...typed} onChange={(event) => onChange(event.target.value || undefined)} />
      )
    }
    case 'flag':
      // Whoever must be asked has neither yes nor no to begin with.
      return field.required ? (
        <Select
          {...(typeof value === 'boolean' ? { value: value ? 'yes' : 'no' } : {})}
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
          onChange={(answer) => onChange(answer === 'yes')}
        />
      ) : (
        <Checkbox checked={holds === true} onCheckedChange={(checked) => onChange(checked === true)} />
      )
    case 'tags':
      return (
        <TagsInput tags={Array.isArray(value) ? value : []} max={input.max} label={field.label} onChange={onChange} />
      )
  }
}
