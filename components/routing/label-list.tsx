'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Tag } from 'lucide-react'
import type { ReactElement } from 'react'
import { useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { deleteLabelAction, saveLabelAction } from '@/lib/routing/actions'
import { labelColours, SaveLabel, type LabelCard } from '@/lib/routing/schema'
import { SelectField, TextField } from './fields'
import { LabelDot } from './label-dot'
import { DeleteButton } from './row-buttons'
import { SaveDialog } from './save-dialog'

type Props = { readonly slug: string; readonly labels: readonly LabelCard[]; readonly mayManage: boolean }

export function LabelList({ slug, labels, mayManage }: Props) {
  if (labels.length === 0)
    return (
      <EmptyState
        icon={<Tag />}
        title="No labels yet"
        description="People and rules put labels on conversations, to find them again."
        action={mayManage && <NewLabel slug={slug} />}
      />
    )
  return (
    <Table label="List of labels">
      <TableHead>
        <Column>Name</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {labels.map((label) => (
          <Row key={label.id}>
            <Cell>
              <span className="flex items-center gap-2 font-medium">
                <LabelDot colour={label.colour} /> {label.name}
              </span>
            </Cell>
            <Cell className="text-right whitespace-nowrap">
              {mayManage && (
                <>
                  <LabelDialog
                    slug={slug}
                    label={label}
                    trigger={
                      <Button size="small" variant="ghost" aria-label={`Change ${label.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <DeleteButton
                    name={label.name}
                    what="label"
                    lost="It goes from every conversation that has it."
                    run={() => deleteLabelAction(slug, { id: label.id })}
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

export const NewLabel = ({ slug }: { readonly slug: string }) => (
  <LabelDialog slug={slug} trigger={<Button variant="primary">New label</Button>} />
)

function LabelDialog({ slug, label, trigger }: { slug: string; label?: LabelCard; trigger: ReactElement }) {
  const form = useForm({
    resolver: zodResolver(SaveLabel),
    values: { name: label?.name ?? '', colour: label?.colour ?? 'grey', ...(label && { id: label.id }) },
  })
  return (
    <SaveDialog
      form={form}
      trigger={trigger}
      width="narrow"
      title={label ? `Change “${label.name}”` : 'New label'}
      submit={label ? 'Save label' : 'Create label'}
      saved="Label saved"
      save={(given) => saveLabelAction(slug, given)}
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
