import { ArrowDown, ArrowUp, Minus } from 'lucide-react'
import { Link } from './link'
import type { ReactNode } from 'react'
import { cn } from './cn'

type Known = {
  readonly value: string
  /** Against the period before: “+12 %”. `good` colours it; leave it out where up is neither good nor bad. */
  readonly change?: { readonly text: string; readonly direction: 'up' | 'down' | 'level'; readonly good?: boolean }
  readonly absent?: never
}
/** Nobody measured it: “not offered by LinkedIn”. Never 0. */
type Absent = { readonly absent: string; readonly value?: never; readonly change?: never }

type Props = (Known | Absent) & {
  readonly label: string
  /** “Last 28 days”. */
  readonly period: string
  /** How fresh: “as of 09:00”. */
  readonly asOf?: ReactNode
  /** Where the figure is taken apart. */
  readonly href?: string
  readonly className?: string
}

const arrows = { up: ArrowUp, down: ArrowDown, level: Minus } as const

/** A figure with its period, its comparison and its freshness. Stand several in one row, divided by lines. */
export function Stat({ label, value, change, absent, period, asOf, href, className }: Props) {
  const Arrow = change && arrows[change.direction]
  return (
    <dl className={cn('relative flex min-w-0 flex-col gap-1', className)}>
      <dt className="text-table text-text-2">
        {href ? (
          <Link href={href} className="rounded-control after:absolute after:inset-0 hover:text-text">
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className="flex items-baseline gap-2">
        {absent ? (
          <span className="text-table text-text-3">{absent}</span>
        ) : (
          <span className="text-number font-semibold tabular-nums">{value}</span>
        )}
        {change && Arrow && (
          <span
            className={cn(
              'inline-flex items-center gap-0.5 text-table tabular-nums text-text-2',
              change.good === true && 'text-published',
              change.good === false && 'text-danger-text',
            )}
          >
            <Arrow aria-hidden className="size-3.5" />
            {change.text}
          </span>
        )}
      </dd>
      <dd className="text-meta text-text-3">
        {period}
        {asOf && <>, {asOf}</>}
      </dd>
    </dl>
  )
}
