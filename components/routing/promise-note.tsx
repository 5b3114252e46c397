import { CircleAlert, CircleCheck, CircleMinus, Pause, Timer, TriangleAlert, type LucideIcon } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { when } from '@/lib/core/format'
import type { SlaCard } from '@/lib/inbox/schema'

type Look = { readonly icon: LucideIcon; readonly tone: string; say(what: string, due: string): string }

const looks: Record<SlaCard['state'], Look> = {
  running: { icon: Timer, tone: 'text-text-3', say: (what, due) => `${what} due ${due}` },
  warned: { icon: TriangleAlert, tone: 'text-review', say: (what, due) => `${what} soon due: ${due}` },
  breached: { icon: CircleAlert, tone: 'text-failed', say: (what, due) => `${what} overdue${due && ` since ${due}`}` },
  paused: { icon: Pause, tone: 'text-text-3', say: (what) => `${what}: the clock rests` },
  ended: { icon: CircleMinus, tone: 'text-text-3', say: (what) => `${what} no longer due` },
  met: { icon: CircleCheck, tone: 'text-text-3', say: (what) => `${what} in time` },
}

/** How the promise to a person stands, in words. */
export function PromiseNote({ sla, timeZone }: { readonly sla: SlaCard; readonly timeZone: string }) {
  const { icon: Icon, tone, say } = looks[sla.state]
  const due = sla.dueAt ? when(new Date(sla.dueAt), timeZone, 'EEE HH:mm') : ''
  return (
    <span className={cn('inline-flex items-center gap-1 font-medium whitespace-nowrap', tone)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {say(sla.kind === 'first_reply' ? 'Answer' : 'Solution', due)}
    </span>
  )
}
