'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import type { MacroStep, RuleAction } from '@/lib/routing/schema'
import { optionsOf, type Choices } from './choices'
import { CheckField, ChoicesField, LinesField, NumberField, SelectField, TextField } from './fields'

export type Act = RuleAction | MacroStep
export type ActKind = Act['do']

const labels: Record<ActKind, string> = {
  assign_person: 'Give it to a person',
  assign_team: 'Give it to a team',
  assign_me: 'Give it to who runs the macro',
  label: 'Put labels on it',
  unlabel: 'Take labels off it',
  state: 'Say where it stands',
  snooze: 'Snooze it',
  priority: 'Raise or lower its priority',
  hold_ai: 'Keep AI out of it',
  notify: 'Call people',
  note: 'Write a note',
  reply: 'Answer with a saved reply',
}

export const ruleActs = ['assign_team', 'assign_person', 'label', 'state', 'priority', 'hold_ai', 'notify'] as const
export const macroActs = [
  'reply',
  'assign_me',
  'assign_team',
  'assign_person',
  'label',
  'unlabel',
  'state',
  'snooze',
  'note',
] as const

/** What each begins with, when it is chosen. */
export const blankAct: { readonly [K in ActKind]: Extract<Act, { do: K }> } = {
  assign_person: { do: 'assign_person', memberId: '' },
  assign_team: { do: 'assign_team', teamId: '', by: 'round_robin', skills: [], onlineOnly: false },
  assign_me: { do: 'assign_me' },
  label: { do: 'label', labelIds: [] },
  unlabel: { do: 'unlabel', labelIds: [] },
  state: { do: 'state', state: 'done' },
  snooze: { do: 'snooze', minutes: 1_440 },
  priority: { do: 'priority', points: 20 },
  hold_ai: { do: 'hold_ai' },
  notify: { do: 'notify', memberIds: [] },
  note: { do: 'note', text: '' },
  reply: { do: 'reply', savedReplyId: '' },
}

type Props = {
  /** Of the form's list: `actions.2`. */
  readonly name: string
  readonly n: number
  readonly offered: readonly ActKind[]
  readonly choices: Choices
  readonly remove: () => void
}

/** One thing that a rule or macro does. */
export function ActFields({ name, n, offered, choices, remove }: Props) {
  const { setValue } = useFormContext()
  const kind: unknown = useWatch({ name: `${name}.do` })
  const chosen = offered.find((each) => each === kind)
  return (
    <fieldset className="flex flex-col gap-3 border-t pt-3">
      <legend className="sr-only">Step {n + 1}</legend>
      <div className="flex items-end gap-2">
        <SelectField
          name={`${name}.do`}
          label="Do"
          className="flex-1"
          options={offered.map((value) => ({ value, label: labels[value] }))}
          onChosen={(next) => {
            const act = offered.find((each) => each === next)
            if (act) setValue(name, blankAct[act])
          }}
        />
        <Button variant="ghost" aria-label={`Remove step ${n + 1}`} onClick={remove}>
          Remove
        </Button>
      </div>
      {chosen && <Details name={name} kind={chosen} choices={choices} />}
    </fieldset>
  )
}

function Details({ name, kind, choices }: { name: string; kind: ActKind; choices: Choices }) {
  const [people, teams, labelsToChoose] = [
    optionsOf(choices.members),
    optionsOf(choices.teams),
    optionsOf(choices.labels),
  ]
  switch (kind) {
    case 'assign_person':
      return (
        <SelectField
          name={`${name}.memberId`}
          label="Person"
          options={choices.members.map(({ id, name: label, mayAnswer }) => ({
            value: id,
            label,
            ...(mayAnswer ? {} : { hint: 'May not answer', disabled: true }),
          }))}
        />
      )
    case 'assign_team':
      return (
        <>
          <div className="flex flex-col gap-3 sm:flex-row">
            <SelectField name={`${name}.teamId`} label="Team" options={teams} className="flex-1" />
            <SelectField
              name={`${name}.by`}
              label="To whom of them"
              className="flex-1"
              none="Nobody yet"
              options={[
                { value: 'round_robin', label: 'By turns' },
                { value: 'load', label: 'Who has least to do' },
              ]}
            />
          </div>
          <LinesField
            name={`${name}.skills`}
            label="Only to who has these skills"
            hint="One a line. Leave it empty for anyone."
          />
          <CheckField name={`${name}.onlineOnly`} label="Only to who is there now" />
        </>
      )
    case 'label':
    case 'unlabel':
      return (
        <ChoicesField
          name={`${name}.labelIds`}
          label="Labels"
          options={labelsToChoose}
          nothingToChoose="Create a label first, on the page Labels."
        />
      )
    case 'state':
      return <StateFields name={name} dispositions={choices.dispositions} />
    case 'snooze':
      return <NumberField name={`${name}.minutes`} label="For minutes" min={1} />
    case 'priority':
      return (
        <NumberField
          name={`${name}.points`}
          label="Points"
          hint="Added to its priority, once. Less than 0 lowers it."
          min={-100}
          max={100}
        />
      )
    case 'notify':
      return <ChoicesField name={`${name}.memberIds`} label="Whom" options={people} />
    case 'note':
      return <TextField name={`${name}.text`} label="Note" rows={2} />
    case 'reply':
      return (
        <SelectField
          name={`${name}.savedReplyId`}
          label="Saved reply"
          hint="Answers the last message that wants an answer, in words for its author. It can be taken back as any reply."
          options={optionsOf(choices.replies)}
        />
      )
    case 'assign_me':
    case 'hold_ai':
      return null
  }
}

function StateFields({ name, dispositions }: { name: string; dispositions: readonly string[] }) {
  const { setValue } = useFormContext()
  const state: unknown = useWatch({ name: `${name}.state` })
  return (
    <div className="flex flex-col gap-3 sm:flex-row">
      <SelectField
        name={`${name}.state`}
        label="It is"
        className="flex-1"
        options={[
          { value: 'done', label: 'Done' },
          { value: 'waiting', label: 'Waiting' },
          { value: 'todo', label: 'To do' },
        ]}
        onChosen={(next) => next !== 'done' && setValue(`${name}.disposition`, undefined)}
      />
      {state === 'done' && (
        <SelectField
          name={`${name}.disposition`}
          label="Because"
          className="flex-1"
          none="No reason"
          options={dispositions.map((value) => ({ value, label: value }))}
        />
      )}
    </div>
  )
}
