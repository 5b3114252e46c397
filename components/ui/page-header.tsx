import type { ReactNode } from 'react'
import { cn } from './cn'

type Props = {
  readonly title: string
  readonly description?: ReactNode
  /** The one primary action. */
  readonly action?: ReactNode
  /** Lesser ones, before it. */
  readonly secondary?: ReactNode
  /** Above the title: where this page hangs. */
  readonly crumbs?: ReactNode
  /** Beside the title: a status. */
  readonly beside?: ReactNode
  readonly className?: string
}

/** The top of every page: what this is, and the one thing most people come to do. */
export function PageHeader({ title, description, action, secondary, crumbs, beside, className }: Props) {
  return (
    <header className={cn('flex flex-wrap items-start justify-between gap-x-4 gap-y-3', className)}>
      <div className="flex min-w-0 flex-col gap-1">
        {crumbs && <div className="text-meta text-text-3">{crumbs}</div>}
        <div className="flex min-h-control flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-title">{title}</h1>
          {beside}
        </div>
        {description && <p className="max-w-[68ch] text-table text-pretty text-text-2">{description}</p>}
      </div>
      {(action ?? secondary) && (
        <div className="flex flex-wrap items-center gap-2">
          {secondary}
          {action}
        </div>
      )}
    </header>
  )
}
