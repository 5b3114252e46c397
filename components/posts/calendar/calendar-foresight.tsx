'use client'

import { ChevronRight, Telescope } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { dollars, when } from '@/lib/core/format'
import type { Foreseen, Outlook } from '@/lib/posts/schema'

type Props = {
  /** Undefined while it is being reckoned. */
  readonly outlook: Outlook | undefined
  readonly failure: string | undefined
  readonly period: string
  readonly onDay: (day: string) => void
}

/** Its line is always there, so that the calendar below stays where it is when this becomes known or changes. */
const line = 'flex w-fit min-h-7 items-center gap-1.5 rounded-control px-1 text-meta text-text-2 touch:min-h-11'

/** What the queue of the visible period means: what it costs, whose quota it exceeds and when, what ends. */
export function CalendarForesight({ outlook, failure, period, onDay }: Props) {
  if (!outlook) return <p className={line}>{failure && `What to expect could not be reckoned: ${failure}`}</p>
  const exceeded = outlook.foreseen.filter(({ kind }) => kind === 'quota').length
  const brief = [
    ...(outlook.costMicros > 0 ? [`${dollars(outlook.costMicros)}, ${period}`] : []),
    ...(exceeded > 0 ? [`${exceeded} ${exceeded === 1 ? 'quota' : 'quotas'} exceeded`] : []),
    ...outlook.foreseen.flatMap(({ kind, message }) => (kind === 'version' ? [message] : [])),
  ]
  if (outlook.foreseen.length === 0)
    return (
      <p className={line}>
        <Lead />
        <span>no costs, no quota exceeded</span>
      </p>
    )
  return (
    <details className="group rounded-control text-meta">
      <summary className={cn(line, 'cursor-pointer list-none hover:text-text')}>
        <ChevronRight aria-hidden className="size-3.5 shrink-0 transition-transform group-open:rotate-90" />
        <Lead />
        <span className={exceeded > 0 ? 'text-review' : ''}>{brief.join('; ')}</span>
      </summary>
      <ul aria-label="What to expect" className="flex max-h-48 flex-col gap-1 overflow-y-auto py-1 pl-6">
        {outlook.foreseen.map((one) => (
          <Note key={`${one.accountId} ${one.day} ${one.message}`} note={one} onDay={onDay} />
        ))}
      </ul>
    </details>
  )
}

const Lead = () => (
  <>
    <Telescope aria-hidden className="size-3.5 shrink-0" />
    <span className="font-medium">What to expect:</span>
  </>
)

function Note({
  note: { platform, day, kind, message },
  onDay,
}: {
  readonly note: Foreseen
  readonly onDay: Props['onDay']
}) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 text-text-2">
      {/* The column holds PlatformName, and there is a mark for every one. */}
      {platform && <NetworkGlyph network={platform as GlyphName} decorative className="size-3.5 self-center" />}
      {day && kind !== 'version' && (
        <button
          type="button"
          onClick={() => onDay(day)}
          className="min-h-6 rounded-control font-medium text-text hover:underline touch:min-h-11"
        >
          {when(new Date(`${day}T12:00Z`), 'UTC', 'EEE d MMM')}
        </button>
      )}
      <span className={kind === 'quota' ? 'text-review' : ''}>{message}</span>
    </li>
  )
}
