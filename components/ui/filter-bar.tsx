import type { ReactNode } from 'react'
import { cn } from './cn'

type Props = {
  readonly label?: string
  /** Shown while any filter is set: a button or link that clears them all. */
  readonly clear?: ReactNode
  /** At the right: a count, a view switch. */
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** Filters, kept in the address (nuqs) by whoever fills it. */
export function FilterBar({ label = 'Filters', clear, aside, className, children }: Props) {
  return (
    <search aria-label={label} className={cn('flex flex-wrap items-center gap-2', className)}>
      {children}
      {clear}
      {aside && <div className="ml-auto flex items-center gap-2 text-table text-text-3">{aside}</div>}
    </search>
  )
}
