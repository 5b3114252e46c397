'use client'

import { Badge } from '@/components/ui/badge'
import { Checkbox } from '@/components/ui/checkbox'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { ZonedTime } from '@/components/ui/time'
import { bytes } from '@/lib/core/format'
import { typeLabel } from '@/lib/media/schema'
import type { ShownProps } from './media-grid'
import { Thumb } from './thumb'
import { dimensions, inShort, usedIn } from './words'

/** Files as rows: what they are, how large, what they are tagged with, and whether a post shows them. */
export function MediaTable({
  workspace,
  cards,
  selected,
  onSelect,
  onOpen,
  timeZone,
}: ShownProps & { readonly timeZone: string }) {
  const chosen = cards.filter(({ id }) => selected.has(id)).length
  const some = chosen > 0 && chosen < cards.length
  return (
    <Table label="Files" className="table-fixed">
      <TableHead>
        <Column className="w-9 touch:w-12">
          <Checkbox
            aria-label="Select all that are shown"
            checked={some ? 'indeterminate' : cards.length > 0 && chosen === cards.length}
            onCheckedChange={(on) =>
              onSelect(
                cards.map(({ id }) => id),
                on === true,
              )
            }
          />
        </Column>
        <Column>File</Column>
        <Column className="hidden w-40 xl:table-cell">Tags</Column>
        <Column className="hidden w-16 md:table-cell">Type</Column>
        <Column numeric className="hidden w-28 md:table-cell">
          Pixels
        </Column>
        <Column numeric className="hidden w-24 sm:table-cell">
          Size
        </Column>
        <Column className="hidden w-32 sm:table-cell">Use</Column>
        <Column className="hidden w-28 2xl:table-cell">Added</Column>
      </TableHead>
      <TableBody>
        {cards.map((card) => (
          <Row key={card.id} selected={selected.has(card.id)}>
            <Cell>
              <span className="relative z-(--z-sticky) grid">
                <Checkbox
                  aria-label={`Select ${card.name}`}
                  checked={selected.has(card.id)}
                  onCheckedChange={(on) => onSelect([card.id], on === true)}
                />
              </span>
            </Cell>
            <Cell>
              <span className="flex min-w-0 items-center gap-3">
                <Thumb small workspace={workspace} card={card} className="size-8 shrink-0" />
                <span className="flex min-w-0 flex-col">
                  <button
                    type="button"
                    data-row-link
                    onClick={() => onOpen(card.id)}
                    className="truncate rounded-control text-left font-medium after:absolute after:inset-0 after:content-['']"
                  >
                    {card.name}
                  </button>
                  <span className="truncate text-meta text-text-3 sm:hidden">{inShort(card)}</span>
                </span>
              </span>
            </Cell>
            <Cell className="hidden xl:table-cell">
              <span className="flex gap-1 overflow-hidden">
                {card.tags.slice(0, 2).map((tag) => (
                  <Badge key={tag} className="max-w-full min-w-0 shrink">
                    <span className="truncate">{tag}</span>
                  </Badge>
                ))}
                {card.tags.length > 2 && <span className="text-meta text-text-3">+{card.tags.length - 2}</span>}
              </span>
            </Cell>
            <Cell className="hidden text-text-2 md:table-cell">{typeLabel(card.mime)}</Cell>
            <Cell numeric className="hidden whitespace-nowrap text-text-2 md:table-cell">
              {dimensions(card)}
            </Cell>
            <Cell numeric className="hidden whitespace-nowrap text-text-2 sm:table-cell">
              {bytes(card.sizeBytes)}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-text-2 sm:table-cell">{usedIn(card.uses)}</Cell>
            <Cell className="hidden whitespace-nowrap text-text-2 2xl:table-cell">
              <ZonedTime at={card.createdAt} zone={timeZone} pattern="d MMM yyyy" zoneHidden />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
