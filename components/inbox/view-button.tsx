'use client'

import { useShortcut } from '@/components/shell/shortcuts'
import { cn } from '@/components/ui/cn'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { countedUpTo } from './inbox-looks'

type Props = {
  readonly icon: LucideIcon
  readonly label: string
  readonly count: number | undefined
  readonly isHere: boolean
  readonly onClick: () => void
  /** The key that goes there. */
  readonly shortcut?: string
  /** What can be done with the view, at its right. */
  readonly menu?: ReactNode
}

/** One list to go to, with how much is in it. */
export function ViewButton({ icon: Icon, label, count, isHere, onClick, shortcut, menu }: Props) {
  useShortcut({ keys: shortcut ?? '', label, group: 'Views of the inbox' }, onClick, shortcut === undefined)
  const counted = count ? countedUpTo(count) : ''
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // On a phone the views stand in a row that is wider than the screen.
    if (isHere) button.current?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [isHere])
  return (
    <span className="relative flex shrink-0 items-center">
      <button
        ref={button}
        type="button"
        aria-current={isHere ? 'true' : undefined}
        onClick={onClick}
        className={cn(
          'ring-inside flex h-control min-w-0 flex-1 items-center gap-2 rounded-control px-2.5 text-table font-medium text-text-2 transition-colors hover:bg-hover hover:text-text',
          isHere && 'bg-selected text-text hover:bg-selected',
          menu && 'pr-8 touch:pr-11',
        )}
      >
        <Icon aria-hidden className={cn('size-4 shrink-0 text-text-3', isHere && 'text-accent-text')} />
        <span className="min-w-0 flex-1 truncate text-left max-lg:max-w-40">{label}</span>
        {counted && <span className="text-meta tabular-nums text-text-3">{counted}</span>}
      </button>
      {menu && <span className="absolute right-0">{menu}</span>}
    </span>
  )
}
