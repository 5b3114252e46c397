'use client'

import { Tag } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { deleteLabelAction } from '@/lib/routing/actions'
import type { LabelCard } from '@/lib/routing/schema'
import { LabelDialog } from './label-dialog'
import { LabelDot } from './label-dot'
import { DeleteButton } from './row-buttons'

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
