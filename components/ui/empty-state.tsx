import type { ReactNode } from 'react'
import { cn } from './cn'

type Props = {
  readonly icon: ReactNode
  /** One line: what will be here. “Nothing yet” and “nothing found” are different lines. */
  readonly title: string
  readonly description?: ReactNode
  /** The first step. */
  readonly action?: ReactNode
  readonly className?: string
}

/** An empty place that says what belongs there. */
export function EmptyState({ icon, title, description, action, className }: Props) {
  return (
    <div className={cn('flex flex-col items-center gap-3 px-4 py-12 text-center', className)}>
      <span aria-hidden className="text-text-3 [&_svg]:size-6">
        {icon}
      </span>
      <div className="flex max-w-100 flex-col gap-1">
        <p className="font-medium text-balance">{title}</p>
        {description && <p className="text-table text-pretty text-text-2">{description}</p>}
      </div>
      {action}
    </div>
  )
}
