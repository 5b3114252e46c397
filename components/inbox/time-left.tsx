'use client'

import { cn } from '@/components/ui/cn'
import { useNow } from '@/components/ui/use-now'
import { duration } from '@/lib/core/format'
import type { SlaCard } from '@/lib/inbox/schema'
import { CircleAlert, Timer, TriangleAlert } from 'lucide-react'

const looks = {
  running: { icon: Timer, tone: 'text-text-3' },
  warned: { icon: TriangleAlert, tone: 'text-review' },
  breached: { icon: CircleAlert, tone: 'text-failed' },
} as const

/** How long a promise can still be kept, or for how long it is broken. Nothing while it rests or when it is over. */
export function TimeLeft({ sla: { state, kind, dueAt } }: { readonly sla: SlaCard }) {
  const shown = state === 'running' || state === 'warned' || state === 'breached'
  const now = useNow(shown ? 30_000 : null)
  if (!shown || !dueAt || now === undefined) return null
  const { icon: Icon, tone } = looks[state]
  const leftMs = new Date(dueAt).getTime() - now
  return (
    <span className={cn('inline-flex items-center gap-0.5 font-medium tabular-nums', tone)}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{kind === 'first_reply' ? 'Answer' : 'Solution'} due: </span>
      {leftMs >= 0 ? `${duration(leftMs)} left` : `${duration(-leftMs)} late`}
    </span>
  )
}
