'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Timer } from 'lucide-react'
import type { ReactElement } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { deletePolicyAction, orderPoliciesAction, savePolicyAction } from '@/lib/routing/actions'
import { PolicyConditions, SavePolicy, type Policy } from '@/lib/routing/schema'
import { kindOptions, nameIn, optionsOf, sayMinutes, type Choices } from './choices'
import { CheckField, ChoicesField, NumberField, SelectField, TextField } from './fields'
import { DeleteButton, MoveButtons } from './row-buttons'
import { conditionWords } from './rule-words'
import { SaveDialog } from './save-dialog'

type Props = {
  readonly slug: string
  readonly policies: readonly Policy[]
  readonly choices: Choices
  readonly mayManage: boolean
}

const targetWords = ({ firstReplyMinutes, resolutionMinutes }: Policy): string =>
  [
    firstReplyMinutes !== null && `answer within ${sayMinutes(firstReplyMinutes)}`,
    resolutionMinutes !== null && `done within ${sayMinutes(resolutionMinutes)}`,
  ]
    .filter(Boolean)
    .join(' · ')

export function PolicyList({ slug, policies, choices, mayManage }: Props) {
  if (policies.length === 0)
    return (
      <EmptyState
        icon={<Timer />}
        title="No promises yet"
        description="A promise says how soon people are answered, warns before it is broken, and can ask rules."
        action={mayManage && <NewPolicy slug={slug} choices={choices} />}
      />
    )
  const ids = policies.map(({ id }) => id)
  return (
    <Table label="List of promises">
      <TableHead>
        <Column>Promise</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {policies.map((policy) => (
          <Row key={policy.id}>
            <Cell>
              <span className="flex flex-wrap items-center gap-2 font-medium">
                {policy.name} {!policy.enabled && <Badge>not in force</Badge>}
              </span>
              <span className="block text-pretty text-text-2">
                {conditionWords(policy.conditions, choices).join(' · ') || 'Every conversation'} → {targetWords(policy)}{' '}
                · counted{' '}
                {policy.calendarId ? `in “${nameIn(choices.calendars, policy.calendarId)}”` : 'around the clock'} ·
                warns {sayMinutes(policy.warnMinutes)} before
              </span>
            </Cell>
            <Cell className="w-24 text-right align-top md:whitespace-nowrap">
              {mayManage && (
                <>
                  <MoveButtons
                    id={policy.id}
                    name={policy.name}
                    ids={ids}
                    order={(moved) => orderPoliciesAction(slug, { ids: moved })}
                  />
                  <PolicyDialog
                    slug={slug}
                    policy={policy}
                    choices={choices}
                    trigger={
                      <Button size="small" variant="ghost" aria-label={`Change ${policy.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <DeleteButton
                    name={policy.name}
                    what="promise"
                    lost="Clocks that run for it end; what was kept or broken stays written."
                    run={() => deletePolicyAction(slug, { id: policy.id })}
                  />
                </>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

export const NewPolicy = ({ slug, choices }: Pick<Props, 'slug' | 'choices'>) => (
  <PolicyDialog slug={slug} choices={choices} trigger={<Button variant="primary">New promise</Button>} />
)

const blank: z.input<typeof SavePolicy> = {
  name: '',
  enabled: true,
  conditions: PolicyConditions.parse({}),
  calendarId: null,
  firstReplyMinutes: 60,
  resolutionMinutes: null,
  warnMinutes: 15,
  pauseWaiting: true,
  pauseSnoozed: true,
}

type DialogProps = Pick<Props, 'slug' | 'choices'> & { readonly policy?: Policy; readonly trigger: ReactElement }

function PolicyDialog({ slug, policy, choices, trigger }: DialogProps) {
  const values: z.input<typeof SavePolicy> = policy ?? blank
  const form = useForm({ resolver: zodResolver(SavePolicy), values })
  return (
    <SaveDialog
      form={form}
      trigger={trigger}
      title={policy ? `Change “${policy.name}”` : 'New promise'}
      description="The first promise in the list that fits a conversation holds for it."
      submit={policy ? 'Save promise' : 'Make promise'}
      saved="Promise saved"
      save={(given) => savePolicyAction(slug, given)}
    >
      <TextField name="name" label="Name" />
      <ChoicesField name="conditions.kinds" label="For a" options={kindOptions.slice(0, 4)} />
      <ChoicesField
        name="conditions.accountIds"
        label="Said to"
        options={optionsOf(choices.accounts)}
        nothingToChoose="Connect an account first."
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberField name="conditions.priorityAtLeast" label="Priority at least" min={0} max={100} />
        <NumberField name="conditions.priorityAtMost" label="Priority at most" min={0} max={100} />
        <NumberField name="firstReplyMinutes" label="Answered within" hint="Minutes. Empty: not promised." min={1} />
        <NumberField name="resolutionMinutes" label="Done within" hint="Minutes. Empty: not promised." min={1} />
        <NumberField
          name="warnMinutes"
          label="Warn before"
          hint="Minutes. 0: no warning. Of a shorter promise, when half of its time is left."
          min={0}
        />
        <SelectField
          name="calendarId"
          label="Counted in"
          none="Around the clock"
          options={optionsOf(choices.calendars)}
        />
      </div>
      <CheckField name="pauseWaiting" label="Rests while the conversation waits" />
      <CheckField name="pauseSnoozed" label="Rests while it is snoozed" />
      <CheckField name="enabled" label="In force" />
    </SaveDialog>
  )
}
