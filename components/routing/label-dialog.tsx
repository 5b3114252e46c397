'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import type { ReactElement } from 'react'
import { useForm } from 'react-hook-form'
import { saveLabelAction } from '@/lib/routing/actions'
import { labelColours, SaveLabel, type LabelCard } from '@/lib/routing/schema'
import { SelectField, TextField } from './fields'
import { LabelDot } from './label-dot'
import { SaveDialog } from './save-dialog'

type Props = {
  readonly slug: string
  /** The one that is changed; a new one without. */
  readonly label?: LabelCard
  readonly trigger?: ReactElement
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly onSaved?: (label: LabelCard) => void
}

export function LabelDialog({ slug, label, onSaved, ...opening }: Props) {
  const form = useForm({
    resolver: zodResolver(SaveLabel),
    values: { name: label?.name ?? '', colour: label?.colour ?? 'grey', ...(label && { id: label.id }) },
  })
  return (
    <SaveDialog
      form={form}
      {...opening}
      width="narrow"
      title={label ? `Change “${label.name}”` : 'New label'}
      submit={label ? 'Save label' : 'Create label'}
      saved="Label saved"
      save={async (given) => {
        const saved = await saveLabelAction(slug, given)
        if (saved.ok) onSaved?.({ ...given, id: saved.value.id })
        return saved
      }}
    >
      <TextField name="name" label="Name" />
      <SelectField
        name="colour"
        label="Colour"
        options={labelColours.map((value) => ({
          value,
          label: value.charAt(0).toUpperCase() + value.slice(1),
          icon: <LabelDot colour={value} />,
        }))}
      />
    </SaveDialog>
  )
}
