'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import type { MediaCard } from '@/lib/media/schema'
import { Thumb } from './thumb'
import { inShort, usedIn } from './words'

export type ShownProps = {
  readonly workspace: string
  readonly cards: readonly MediaCard[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (ids: readonly string[], on: boolean) => void
  readonly onOpen: (id: string) => void
}

/** Files as pictures. Pressing one opens it; its box selects it. */
export function MediaGrid({ workspace, cards, selected, onSelect, onOpen }: ShownProps) {
  return (
    <ul aria-label="Files" className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
      {cards.map((card) => {
        const isSelected = selected.has(card.id)
        return (
          <li key={card.id} className="group relative flex min-w-0 flex-col gap-1.5">
            <button
              type="button"
              aria-label={`Open ${card.name}`}
              onClick={() => onOpen(card.id)}
              className={cn('rounded-control', isSelected && 'outline-2 outline-offset-2 outline-accent')}
            >
              <Thumb workspace={workspace} card={card} className="aspect-square w-full" />
            </button>
            <span
              className={cn(
                'absolute top-2 left-2 grid rounded-[4px] bg-surface/90 p-1 transition-opacity',
                !isSelected &&
                  selected.size === 0 &&
                  'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100',
              )}
            >
              <Checkbox
                aria-label={`Select ${card.name}`}
                checked={isSelected}
                onCheckedChange={(on) => onSelect([card.id], on === true)}
                className="mt-0"
              />
            </span>
            <span className="flex min-w-0 flex-col">
              <span className="truncate text-table" title={card.name}>
                {card.name}
              </span>
              <span className="truncate text-meta text-text-3 tabular-nums">
                {card.uses > 0 ? usedIn(card.uses) : inShort(card)}
              </span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
