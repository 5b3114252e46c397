'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import type { ReactElement } from 'react'
import { useFieldArray, useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { saveRuleAction } from '@/lib/routing/actions'
import { RuleConditions, ruleMoments, SaveRule, type Rule } from '@/lib/routing/schema'
import { ActFields, blankAct, ruleActs } from './act-fields'
import { intentOptions, kindOptions, momentLabels, networkName, optionsOf, type Choices } from './choices'
import { CheckField, ChoicesField, LinesField, NumberField, SelectField, TextField } from './fields'
import { HoursField } from './hours-field'
import { SaveDialog } from './save-dialog'

type Props = { readonly slug: string; readonly rule?: Rule; readonly choices: Choices; readonly trigger: ReactElement }

export function RuleDialog({ slug, rule, choices, trigger }: Props) {
  const form = useForm({
    resolver: zodResolver(SaveRule),
    values: {
      ...(rule && { id: rule.id }),
      name: rule?.name ?? '',
      enabled: rule?.enabled ?? true,
      moment: rule?.moment ?? 'conversation',
      conditions: rule?.conditions ?? RuleConditions.parse({}),
      actions: rule?.actions ?? [choices.teams.length > 0 ? blankAct.assign_team : blankAct.label],
      stops: rule?.stops ?? false,
    },
  })
  // What the rule names stays to be seen and taken off, also when no account is left there.
  const networks = [...new Set([...choices.networks, ...(rule?.conditions.platforms ?? [])])]
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'actions' })
  return (
    <SaveDialog
      form={form}
      trigger={trigger}
      width="wide"
      title={rule ? `Change “${rule.name}”` : 'New rule'}
      description="When this happens, if all of that holds, it does the other."
      submit={rule ? 'Save rule' : 'Create rule'}
      saved="Rule saved"
      save={(given) => saveRuleAction(slug, given)}
    >
      <div className="flex flex-col gap-4 sm:flex-row">
        <TextField name="name" label="Name" className="flex-1" />
        <SelectField
          name="moment"
          label="When"
          className="flex-1"
          options={ruleMoments.map((value) => ({ value, label: momentLabels[value] }))}
        />
      </div>
      <h3 className="border-t pt-3 text-body">If all of this holds</h3>
      <ChoicesField name="conditions.kinds" label="It is a" options={kindOptions} />
      <ChoicesField
        name="conditions.intents"
        label="It looks like a"
        hint="A legal matter is told by a model alone, a moment after it was said: let a rule for it wait until AI leaves it to a person, or a promise is due."
        options={intentOptions}
      />
      <ChoicesField
        name="conditions.platforms"
        label="It was said on"
        options={networks.map((value) => ({ value, label: networkName(value) }))}
        nothingToChoose="Connect an account first."
      />
      <ChoicesField
        name="conditions.accountIds"
        label="It was said to"
        options={optionsOf(choices.accounts)}
        nothingToChoose="Connect an account first."
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <LinesField
          name="conditions.words"
          label="It says one of"
          hint="One word or phrase a line. refund* also finds refunds."
        />
        <LinesField name="conditions.contactTags" label="Its author is tagged one of" hint="One tag a line." />
        <LinesField name="conditions.languages" label="It is written in one of" hint="One a line: en, de, fr." />
        <HoursField calendars={choices.calendars} />
      </div>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <NumberField name="conditions.priorityAtLeast" label="Priority at least" min={0} max={100} />
        <NumberField name="conditions.priorityAtMost" label="Priority at most" min={0} max={100} />
        <NumberField name="conditions.leadAtLeast" label="Lead score at least" min={0} max={100} />
        <NumberField name="conditions.leadAtMost" label="Lead score at most" min={0} max={100} />
        <NumberField
          name="conditions.sentimentAtLeast"
          label="Sentiment at least"
          hint="−1 to 1"
          min={-1}
          max={1}
          step={0.1}
        />
        <NumberField
          name="conditions.sentimentAtMost"
          label="Sentiment at most"
          hint="−1 to 1"
          min={-1}
          max={1}
          step={0.1}
        />
      </div>
      <h3 className="border-t pt-3 text-body">Then</h3>
      {fields.map((field, n) => (
        <ActFields
          key={field.id}
          name={`actions.${n}`}
          n={n}
          offered={ruleActs}
          choices={choices}
          remove={() => remove(n)}
        />
      ))}
      <Button className="self-start" onClick={() => append(blankAct.label)}>
        Add a step
      </Button>
      <CheckField name="stops" label="Ask no rule after this one" />
      <CheckField name="enabled" label="In force" hint="A rule that is not is kept, and never asked." />
    </SaveDialog>
  )
}
