'use client'

import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import {
  type OptionField,
  type OptionValue,
  isAsked,
  problems,
  valueOf,
  type Problem,
  type TargetAccount,
} from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { choose, everyone, optionsOf } from './draft'
import { OptionInput } from './option-input'

/** What a network asks or offers about a post: for the account that is written for, or the only one. */
export function AccountOptions() {
  const { chosen, scope } = useDesk()
  const account =
    scope === everyone ? (chosen.length === 1 ? chosen[0] : undefined) : chosen.find(({ id }) => id === scope)
  return account && account.options.length > 0 ? <Panel key={account.id} account={account} /> : null
}

function Panel({ account }: { readonly account: TargetAccount }) {
  const { draft, edit } = useDesk()
  const given = optionsOf(draft, account.id)
  const asked = account.options.filter((field) => isAsked(field, account, given))
  const found = problems(
    draft.content,
    draft.targets.find(({ accountId }) => accountId === account.id)?.override,
    account,
    [],
  )
  const set = (name: string) => (value: OptionValue | undefined) =>
    edit((draft) => choose(draft, account.id, name, value))
  return (
    <fieldset
      data-options={account.id}
      aria-label={`${account.label} settings`}
      className="flex flex-col gap-4 border-t px-3 py-3"
    >
      <legend className="contents text-table font-medium">
        <span className="text-table font-medium">{account.label} settings</span>
      </legend>
      {asked.map((field) => (
        <Asked
          key={field.name}
          account={account}
          field={field}
          value={given[field.name]}
          problems={problemsOf(found, field, given[field.name])}
          onChange={set(field.name)}
        />
      ))}
    </fieldset>
  )
}

/** What was not answered yet is said in the checks; a field that nobody touched is not red. */
const problemsOf = (
  found: readonly Problem[],
  { name }: OptionField,
  value: OptionValue | undefined,
): readonly string[] =>
  value === undefined ? [] : found.filter(({ option }) => option === name).map(({ message }) => message)

type AskedProps = {
  readonly account: TargetAccount
  readonly field: OptionField
  readonly value: OptionValue | undefined
  readonly problems: readonly string[]
  readonly onChange: (value: OptionValue | undefined) => void
}

/** The most a row of buttons holds; more are a list. */
const inARow = 5

function Asked({ account, field, value, problems, onChange }: AskedProps) {
  const { input, label, hint, required, name } = field
  if (name === 'format' && input.kind === 'choice' && input.choices.length <= inARow) {
    const chosen = valueOf(field, { [name]: value ?? '' })
    return (
      <div className="flex max-w-full flex-col gap-1.5">
        <span className="text-table font-medium">{label}</span>
        <div className="max-w-full overflow-x-auto">
          <SegmentedControl
            label={label}
            value={typeof chosen === 'string' ? chosen : ''}
            segments={input.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
            onChange={onChange}
          />
        </div>
        {hint && <p className="text-meta text-text-3">{hint}</p>}
      </div>
    )
  }
  return (
    <Field
      label={label}
      {...(hint ? { hint } : {})}
      required={required}
      optional={!required && input.kind !== 'flag' && field.preset === undefined}
      inline={input.kind === 'flag' && !required}
      problems={problems}
    >
      <OptionInput account={account} field={field} value={value} onChange={onChange} />
    </Field>
  )
}
