import { cn } from '@/components/ui/cn'
import { duration } from '@/lib/core/format'
import { mediaUrl, type MediaCard } from '@/lib/media/schema'
import { FileText, Film, ImageOff } from 'lucide-react'

type Props = {
  readonly workspace: string
  readonly card: MediaCard
  readonly small?: boolean
  readonly className?: string
}

/** What is shown of a file that has no picture. */
const icons = { image: ImageOff, gif: ImageOff, video: Film, document: FileText } as const

/** What a file looks like. Its words stand elsewhere. */
export function Thumb({ workspace, card, small = false, className }: Props) {
  const Icon = icons[card.kind]
  return (
    <span
      className={cn(
        'relative grid place-items-center overflow-hidden rounded-control bg-sunken text-text-3 ring-1 ring-line ring-inset',
        className,
      )}
    >
      {card.thumb ? (
        // oxlint-disable-next-line nextjs/no-img-element -- our own thumbnail, in its own size
        <img src={mediaUrl(workspace, card.id, card.thumb)} alt="" loading="lazy" className="size-full object-cover" />
      ) : (
        <Icon aria-hidden className={small ? 'size-4' : 'size-6'} />
      )}
      {!small && card.durationMs !== null && (
        <span className="absolute right-1.5 bottom-1.5 rounded-[4px] bg-text px-1 text-meta text-canvas tabular-nums">
          {duration(card.durationMs)}
        </span>
      )}
      {!small && card.kind === 'gif' && (
        <span className="absolute right-1.5 bottom-1.5 rounded-[4px] bg-text px-1 text-meta text-canvas">GIF</span>
      )}
    </span>
  )
}
