import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Tone } from './badge'
import { cn } from './cn'

export type TimelineItem = {
  readonly id: string
  readonly icon: LucideIcon
  readonly tone: Tone
  /** What happened, as a short sentence. */
  readonly title: ReactNode
  /** When: a ZonedTime or a RelativeTime. */
  readonly at: ReactNode
  /** What proves or explains it: a hash, an answer, a duration. */
  readonly detail?: ReactNode
}

const dots: Readonly<Record<Tone, string>> = {
  plain: 'bg-sunken text-text-3 ring-1 ring-line ring-inset',
  draft: 'bg-draft-tint text-draft',
  review: 'bg-review-tint text-review',
  scheduled: 'bg-scheduled-tint text-scheduled',
  published: 'bg-published-tint text-published',
  failed: 'bg-failed-tint text-failed',
}

/** What happened to one thing, in order: a post's ledger, an account's health. */
export function Timeline({
  label,
  items,
  className,
}: {
  readonly label: string
  readonly items: readonly TimelineItem[]
  readonly className?: string
}) {
  return (
    <ol aria-label={label} className={cn('flex flex-col', className)}>
      {items.map(({ id, icon: Icon, tone, title, at, detail }) => (
        <li key={id} className="group relative flex gap-3 pb-4 last:pb-0">
          <span aria-hidden className="absolute top-6 bottom-0 left-3 w-px bg-line group-last:hidden" />
          <span aria-hidden className={cn('relative grid size-6 shrink-0 place-items-center rounded-full', dots[tone])}>
            <Icon className="size-3.5" />
          </span>
          <div className="flex min-w-0 flex-1 flex-col gap-0.5 pt-0.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium">{title}</span>
              <span className="text-meta text-text-3">{at}</span>
            </div>
            {detail && <div className="min-w-0 text-table [overflow-wrap:anywhere] text-text-2">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** Names and values of one thing: what its columns would be if it were a table. */
export function Facts({
  facts,
  className,
}: {
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[]
  readonly className?: string
}) {
  return (
    <dl
      className={cn(
        'grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 max-sm:grid-cols-[7rem_1fr] gap-y-2 text-table',
        className,
      )}
    >
      {facts.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-text-3">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
