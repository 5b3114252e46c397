'use client'

import { cn } from '@/components/ui/cn'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { StatusBadge, StatusIcon } from '@/components/ui/status-badge'
import type { PostCard } from '@/lib/posts/schema'
import { CircleCheckBig, Images, Repeat } from 'lucide-react'
import { postLooks } from '../post-looks'
import { useSelection } from './selection'

type GlyphsProps = {
  readonly platforms: readonly string[]
  /** How many fit; of the rest only the number is shown. */
  readonly most?: number
  readonly className?: string
}

/** The networks' marks, each once. What the mark is of is read aloud. */
export function Glyphs({ platforms, most = 4, className }: GlyphsProps) {
  const networks = [...new Set(platforms)]
  const shown = networks.length > most ? networks.slice(0, most - 1) : networks
  const rest = networks.slice(shown.length)
  return (
    <span className={cn('inline-flex shrink-0 items-center gap-1', className)}>
      {shown.map((network) => (
        // The column holds PlatformName, and there is a mark for every one.
        <NetworkGlyph key={network} network={network as GlyphName} className="size-3.5" />
      ))}
      {rest.length > 0 && (
        <span className="text-meta" title={rest.join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  )
}

type Props = {
  readonly card: PostCard
  readonly time: string
  /** One line in a month, two or more where there is height, a row in a list; only marks where not even a word fits. */
  readonly form: 'line' | 'block' | 'row' | 'marks'
}

/** A post on the calendar: time, networks, first words, state. */
export function CalendarEvent({ card, time, form }: Props) {
  const selected = useSelection().has(card.id)
  const words = card.excerpt || 'No text yet'
  const state = selected ? (
    <CircleCheckBig aria-label="Selected" className="size-3.5 shrink-0 text-accent-text" />
  ) : (
    <StatusIcon state={card.state} looks={postLooks} className="[&_svg]:size-3.5" />
  )
  const marks = (
    <>
      {card.series === 'repeats' && <Repeat aria-label="Repeats" className="size-3 shrink-0" />}
      {card.mediaCount > 0 && <Images aria-label="With media" className="size-3 shrink-0" />}
    </>
  )
  if (form === 'row')
    return (
      <span className="flex min-w-0 flex-1 items-center gap-3 py-1 text-body text-text">
        <span className="w-11 shrink-0 text-table font-medium tabular-nums text-text-2">{time}</span>
        <Glyphs platforms={card.platforms} />
        <span className="min-w-0 flex-1 truncate">{words}</span>
        {marks}
        {selected && state}
        <StatusBadge state={card.state} looks={postLooks} className="max-sm:hidden" />
        <StatusIcon state={card.state} looks={postLooks} className="sm:hidden" />
      </span>
    )
  if (form === 'marks')
    return (
      <span className="flex w-full min-w-0 items-center justify-center gap-1">
        {state}
        <Glyphs platforms={card.platforms.slice(0, 1)} />
        <span className="sr-only">
          {time} {words}
        </span>
      </span>
    )
  const isPlain = form === 'line' && card.state === 'scheduled' && !selected
  return (
    <span
      className={cn(
        'flex w-full min-w-0 gap-x-1.5 text-meta leading-4',
        form === 'line' ? 'items-center' : 'h-full flex-col overflow-hidden',
      )}
    >
      <span className={cn('flex min-w-0 items-center', form === 'line' ? 'max-w-3/5' : 'w-full shrink-0')}>
        <span className="shrink-0 font-semibold tabular-nums">{time}</span>
        {isPlain ? (
          // What most posts of a month are: the room is the words'.
          <span className="sr-only">{postLooks.scheduled.label}</span>
        ) : (
          form === 'line' && <span className="ml-1 inline-flex shrink-0">{state}</span>
        )}
        {/* What does not fit beside the time wraps out of sight whole: nothing is cut through. */}
        <span className="flex h-4 min-w-0 flex-1 flex-wrap items-center gap-x-1 overflow-hidden *:h-4">
          {/* The first of a line never wraps. */}
          <span aria-hidden className="w-0" />
          {form === 'block' && state}
          <Glyphs platforms={card.platforms} most={form === 'line' ? 2 : 4} className="contents [&>svg]:my-px" />
          {marks}
        </span>
      </span>
      <span
        className={cn('min-w-0 text-text', form === 'line' ? 'flex-1 truncate' : 'line-clamp-2 shrink-0 wrap-anywhere')}
      >
        {words}
      </span>
    </span>
  )
}
