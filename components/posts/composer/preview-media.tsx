import { FileText, Play } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { duration } from '@/lib/core/format'
import { mediaUrl } from '@/lib/media/schema'
import { useDesk } from './composer-context'
import type { Shown } from './preview-parts'

/** Networks show four; what is beyond is a number. */
const most = 4

type Props = { readonly media: Shown['media']; readonly className?: string }

/** Pictures side by side, as networks lay them out: one wide, two beside each other, three with a tall one, four. */
export function PreviewMedia({ media, className }: Props) {
  if (media.length === 0) return null
  const shown = media.slice(0, most)
  const one = shown.length === 1 ? shown[0]?.card : undefined
  return (
    <div
      className={cn(
        'grid gap-0.5 overflow-hidden',
        shown.length > 1 && 'aspect-video grid-cols-2',
        shown.length > 2 && 'grid-rows-2',
        className,
      )}
      // Very tall pictures are cut, as on the networks.
      style={one?.width && one.height ? { aspectRatio: Math.max(0.8, one.width / one.height) } : undefined}
    >
      {shown.map(({ card, alt }, place) => (
        <figure
          key={card.id}
          className={cn(
            'relative min-h-0 min-w-0 overflow-hidden bg-sunken',
            shown.length === 3 && place === 0 && 'row-span-2',
          )}
        >
          <Picture card={card} alt={alt} isAlone={shown.length === 1} />
          {card.kind !== 'document' && alt.trim() !== '' && (
            <span className="absolute bottom-1.5 left-1.5 rounded-[4px] bg-[oklch(0%_0_0/0.75)] px-1 text-[0.6875rem] font-semibold text-[oklch(100%_0_0)]">
              ALT
            </span>
          )}
          {place === most - 1 && media.length > most && (
            <span className="absolute inset-0 grid place-items-center bg-[oklch(0%_0_0/0.55)] text-title text-[oklch(100%_0_0)]">
              +{media.length - most}
            </span>
          )}
        </figure>
      ))}
    </div>
  )
}

function Picture({
  card,
  alt,
  isAlone,
}: {
  readonly card: Shown['media'][number]['card']
  readonly alt: string
  readonly isAlone: boolean
}) {
  const { workspace } = useDesk()
  if (card.kind === 'video')
    return (
      <span className={cn('grid size-full place-items-center bg-[oklch(25%_0.01_265)]', isAlone && 'aspect-video')}>
        <span className="grid size-11 place-items-center rounded-full bg-[oklch(0%_0_0/0.6)] text-[oklch(100%_0_0)]">
          <Play aria-label={`Video ${card.name}`} className="size-5 fill-current" />
        </span>
        {card.durationMs !== null && (
          <span className="absolute right-1.5 bottom-1.5 rounded-[4px] bg-[oklch(0%_0_0/0.75)] px-1 text-meta text-[oklch(100%_0_0)]">
            {duration(card.durationMs)}
          </span>
        )}
      </span>
    )
  if (card.kind === 'document')
    return (
      <span
        className={cn(
          'grid size-full place-content-center justify-items-center gap-1 p-4 text-center text-table',
          isAlone && 'aspect-video',
        )}
      >
        <FileText aria-hidden className="size-8 text-text-3" />
        <span className="font-semibold [overflow-wrap:anywhere]">{alt || card.name}</span>
      </span>
    )
  return (
    // Its size is that of our own thumbnails; next/image would store a second copy.
    // oxlint-disable-next-line nextjs/no-img-element
    <img src={mediaUrl(workspace, card.id, card.thumb)} alt={alt} className="size-full object-cover" />
  )
}
