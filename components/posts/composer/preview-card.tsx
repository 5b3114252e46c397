import { Globe } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { useDesk } from './composer-context'
import type { ShownCard } from './preview-parts'

type Props = {
  readonly link: ShownCard
  /** X lays the title over the picture and says only where it is from below. */
  readonly layout: 'over' | 'below'
  readonly className?: string
}

/** The card that a network makes of a link. */
export function PreviewCard({ link, layout, className }: Props) {
  const { links } = useDesk()
  const { url, written } = link
  const page = links.get(written)
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url
  const picture = page?.imageUrl
  // As when it is sent: what the author wrote, or took away, goes before what the page says.
  const title = (link.title ?? page?.title) || host
  const description = link.description ?? page?.description
  // A network that looks by itself may find a picture where none was found yet.
  const isShown = picture || !link.isOurs || layout === 'over'
  return (
    <div className={cn('flex flex-col overflow-hidden', className)}>
      {isShown && (
        <div className="relative grid aspect-[1.91] place-items-center bg-sunken text-text-3">
          {picture ? (
            // The page's own picture, from its own server.
            // oxlint-disable-next-line nextjs/no-img-element
            <img
              src={picture}
              alt=""
              referrerPolicy="no-referrer"
              className="absolute inset-0 size-full object-cover"
            />
          ) : (
            <Globe aria-hidden className="size-6" />
          )}
          {layout === 'over' && (
            <span className="absolute bottom-2 left-2 max-w-[90%] truncate rounded-[4px] bg-[oklch(0%_0_0/0.77)] px-1.5 text-meta text-[oklch(100%_0_0)]">
              {title}
            </span>
          )}
        </div>
      )}
      {layout === 'over' ? (
        <p className="bg-surface pt-1 text-meta text-text-3">From {host}</p>
      ) : (
        <div className="flex flex-col gap-0.5 px-3 py-2">
          <p className="line-clamp-2 text-body font-semibold">{title}</p>
          {description && <p className="line-clamp-2 text-table text-text-2">{description}</p>}
          <p className="truncate text-meta text-text-3">{host}</p>
        </div>
      )}
    </div>
  )
}
