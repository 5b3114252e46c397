'use client'

import { cn } from '@/components/ui/cn'
import { StatusBadge } from '@/components/ui/status-badge'
import { when } from '@/lib/core/format'
import { postStates, type PostState, type QuickStats } from '@/lib/posts/schema'
import { postLooks } from '../post-looks'

type Props = {
  readonly stats: QuickStats | undefined
  readonly period: string
  readonly timeZone: string
  readonly chosen: readonly PostState[]
  readonly onChoose: (states: readonly PostState[]) => void
}

/** How many posts of the visible period are in which state, as of when. Pressing one shows only those. */
export function CalendarStats({ stats, period, timeZone, chosen, onChoose }: Props) {
  const counted = postStates.filter((state) => (stats?.byState[state] ?? 0) > 0 || chosen.includes(state))
  const total = Object.values(stats?.byState ?? {}).reduce((sum, count) => sum + count, 0)
  return (
    <section
      aria-label="Posts by state"
      className="flex min-h-7 flex-wrap items-center gap-1 text-meta max-md:-mx-4 max-md:shrink-0 max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:[scrollbar-width:none] max-md:[&>*]:shrink-0"
    >
      {counted.map((state) => {
        const count = stats?.byState[state] ?? 0
        const on = chosen.includes(state)
        return (
          <button
            key={state}
            type="button"
            aria-pressed={on}
            onClick={() => onChoose(on ? chosen.filter((one) => one !== state) : [...chosen, state])}
            className={cn(
              'flex h-7 items-center gap-1.5 rounded-control pr-2 pl-1 transition-colors hover:bg-hover touch:h-11',
              on && 'bg-selected hover:bg-selected',
            )}
          >
            <StatusBadge state={state} looks={postLooks} />
            <span className="font-semibold tabular-nums">{count.toLocaleString('en-GB')}</span>
          </button>
        )
      })}
      {stats && (
        <span className="px-1 text-text-3">
          {total === 0 ? 'No posts' : `${total.toLocaleString('en-GB')} in all`}, {period}, as of{' '}
          <time dateTime={stats.asOf} className="tabular-nums">
            {when(new Date(stats.asOf), timeZone, 'HH:mm')}
          </time>
        </span>
      )}
    </section>
  )
}
