'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import type { ReactElement } from 'react'
import { useFieldArray, useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { saveTeamAction } from '@/lib/routing/actions'
import { SaveTeam, type TeamCard } from '@/lib/routing/schema'
import { LinesField, NumberField, SelectField, TextField } from './fields'
import { SaveDialog } from './save-dialog'

type Props = {
  readonly slug: string
  readonly team?: TeamCard
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly trigger: ReactElement
}

export function TeamDialog({ slug, team, members, trigger }: Props) {
  const form = useForm({
    resolver: zodResolver(SaveTeam),
    values: {
      ...(team && { id: team.id }),
      name: team?.name ?? '',
      members: (team?.members ?? []).map(({ memberId, skills, capacity }) => ({
        memberId,
        skills: [...skills],
        capacity,
      })),
    },
  })
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'members' })
  return (
    <SaveDialog
      form={form}
      trigger={trigger}
      title={team ? `Change “${team.name}”` : 'New team'}
      submit={team ? 'Save team' : 'Create team'}
      saved="Team saved"
      save={(given) => saveTeamAction(slug, given)}
    >
      <TextField name="name" label="Name" />
      {fields.map((field, n) => (
        <fieldset key={field.id} className="flex flex-col gap-3 border-t pt-3">
          <legend className="sr-only">Person {n + 1}</legend>
          <div className="flex flex-col gap-3 sm:flex-row">
            <SelectField
              name={`members.${n}.memberId`}
              label="Person"
              options={members.map(({ id, name }) => ({ value: id, label: name }))}
              className="flex-1"
            />
            <NumberField name={`members.${n}.capacity`} label="Holds up to" min={1} max={1_000} className="sm:w-28" />
          </div>
          <LinesField name={`members.${n}.skills`} label="Skills" hint="One a line: French, refunds." />
          <Button size="small" variant="ghost" className="self-start" onClick={() => remove(n)}>
            Take out of the team
          </Button>
        </fieldset>
      ))}
      <Button className="self-start" onClick={() => append({ memberId: '', skills: [], capacity: 50 })}>
        Add a person
      </Button>
    </SaveDialog>
  )
}
