import type { LucideIcon } from 'lucide-react'
import { Badge, type Tone } from './badge'
import { cn } from './cn'

/** How one state is shown: always a word, an icon and a colour together. */
export type StatusLook = {
  readonly label: string
  readonly icon: LucideIcon
  readonly tone: Tone
  readonly moving?: boolean
}

/** The look of every state there is: a new state does not compile without its look. */
export type StatusLooks<S extends string> = Readonly<Record<S, StatusLook>>

type Props<S extends string> = { readonly state: S; readonly looks: StatusLooks<S>; readonly className?: string }

/** What state a thing is in. */
export function StatusBadge<S extends string>({ state, looks, className }: Props<S>) {
  const { label, icon: Icon, tone, moving } = looks[state]
  return (
    <Badge tone={tone} {...(className && { className })}>
      <Icon aria-hidden className={cn(moving && 'animate-spin')} />
      {label}
    </Badge>
  )
}

const inks: Readonly<Record<Tone, string>> = {
  plain: 'text-text-3',
  draft: 'text-draft',
  review: 'text-review',
  scheduled: 'text-scheduled',
  published: 'text-published',
  failed: 'text-failed',
}

/** Only the icon, where there is no room for the word (a calendar's chip): the word is read aloud and shown on hover. */
export function StatusIcon<S extends string>({ state, looks, className }: Props<S>) {
  const { label, icon: Icon, tone, moving } = looks[state]
  return (
    <span title={label} className={cn('inline-flex shrink-0', className)}>
      <Icon aria-hidden className={cn('size-4', inks[tone], moving && 'animate-spin')} />
      <span className="sr-only">{label}</span>
    </span>
  )
}
