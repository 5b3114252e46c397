'use client'

import { CalendarClock, CircleDollarSign, Scale, TriangleAlert, type LucideIcon } from 'lucide-react'
import { dollars } from '@/lib/core/format'
import type { Foreseen, PostCheck } from '@/lib/posts/schema'

const icons: Readonly<Record<Foreseen['kind'], LucideIcon>> = {
  cost: CircleDollarSign,
  quota: TriangleAlert,
  duty: Scale,
  version: CalendarClock,
}

/** What the post would mean: what it costs in all, whose quota it exceeds, what has to be known. */
export function ForesightNote({ check }: { readonly check: PostCheck | undefined }) {
  if (!check) return null
  const { costMicros, times, goesOn } = check
  const often = goesOn
    ? `${times} times in the next 60 days; the series goes on`
    : times > 1
      ? `${times} times`
      : undefined
  // One post at one price stands beside its account already.
  const rest = check.foreseen.filter(({ kind }) => kind !== 'cost' || times > 1)
  if (costMicros === 0 && rest.length === 0) return null
  return (
    <section aria-label="What to expect" className="flex flex-col gap-1.5 rounded-card border bg-surface px-3 py-2.5">
      {costMicros > 0 && (
        <p className="text-table font-medium tabular-nums">
          This costs {dollars(costMicros)}
          {often && <span className="font-normal text-text-2"> for going out {often}</span>}.
        </p>
      )}
      <ForeseenList foreseen={rest} />
    </section>
  )
}

/** What has to be known before something is scheduled, a line each. */
export function ForeseenList({ foreseen }: { readonly foreseen: readonly Foreseen[] }) {
  return (
    <ul className="flex flex-col gap-1.5 empty:hidden">
      {foreseen.map(({ kind, message }) => {
        const Icon = icons[kind]
        return (
          <li key={message} className="flex items-start gap-1.5 text-meta text-pretty text-text-2">
            <Icon
              aria-hidden
              className={`mt-0.5 size-3.5 shrink-0 ${kind === 'quota' ? 'text-review' : 'text-text-3'}`}
            />
            {message}
          </li>
        )
      })}
    </ul>
  )
}
