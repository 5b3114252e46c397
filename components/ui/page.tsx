import type { ReactNode } from 'react'
import { cn } from './cn'

type PageProps = {
  /** `list` and `detail` are wide, `form` is 560 px, `workbench` takes everything. */
  readonly kind?: 'list' | 'detail' | 'form' | 'workbench'
  readonly className?: string
  readonly children: ReactNode
}

const widths = {
  list: 'max-w-300',
  detail: 'max-w-240',
  form: 'max-w-140',
  workbench: 'max-w-none md:h-[calc(100dvh-var(--top-bar))] md:min-h-0',
} as const

/** The bones of a page: header, filters, content, at one distance. */
export function Page({ kind = 'list', className, children }: PageProps) {
  return (
    <div className={cn('mx-auto flex w-full flex-col gap-6 px-4 py-4 md:px-6 md:py-6', widths[kind], className)}>
      {children}
    </div>
  )
}

type SectionProps = {
  readonly title: string
  readonly description?: ReactNode
  readonly action?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A part of a page, set off by space and a line, not by a box. */
export function Section({ title, description, action, className, children }: SectionProps) {
  return (
    <section aria-label={title} className={cn('flex flex-col gap-3', className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="flex flex-col gap-0.5">
          <h2 className="text-body">{title}</h2>
          {description && <p className="max-w-[68ch] text-table text-pretty text-text-2">{description}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
