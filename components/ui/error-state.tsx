import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'

type Props = {
  /** What happened. */
  readonly title: string
  /** What it means, and what to do. */
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** To quote when asking for help. */
  readonly reference?: string | undefined
  readonly className?: string
}

/** A part of the page that could not be shown. */
export function ErrorState({ title, children, action, reference, className }: Props) {
  return (
    <div role="alert" className={cn('flex flex-col items-center gap-3 px-4 py-12 text-center', className)}>
      <CircleAlert aria-hidden className="size-6 text-danger-text" />
      <div className="flex max-w-110 flex-col gap-1">
        <p className="font-medium text-balance">{title}</p>
        {children && <div className="text-table text-pretty text-text-2">{children}</div>}
      </div>
      {action}
      {reference && (
        <p className="text-meta text-text-3">
          Reference <code className="font-mono select-all">{reference}</code>
        </p>
      )}
    </div>
  )
}
