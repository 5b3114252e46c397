'use client'

import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { IconButton } from '@/components/ui/icon-button'
import { Pagination } from '@/components/ui/pagination'
import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { paths } from '@/lib/core/paths'
import type { PostCard } from '@/lib/posts/schema'
import { PencilLine, X } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { Glyphs } from './calendar-event'

type Props = {
  readonly workspace: string
  readonly drafts: readonly PostCard[] | undefined
  /** Of all there are. */
  readonly count: number
  readonly failure: string | undefined
  /** How the next of them are fetched; undefined when these are all. */
  readonly more: { readonly busy: boolean; readonly load: () => void } | undefined
  readonly mayMove: boolean
  /** False where the calendar shows no times to drop one on. */
  readonly takesDrops: boolean
  readonly mayWrite: boolean
  /** Without room beside the calendar it is a drawer. */
  readonly isNarrow: boolean
  readonly onOpen: (card: PostCard, element: HTMLElement) => void
  /** One of them is pulled at, or was let go. */
  readonly onDragging: (isDragged: boolean) => void
  readonly onClose: () => void
}

/** Drafts without a time: drag one onto the calendar, or choose a time from its menu. */
export function DraftsTray(props: Props) {
  const { isNarrow, onClose } = props
  if (isNarrow)
    return (
      <Sheet open onOpenChange={(open) => !open && onClose()} title="Drafts">
        <List {...props} />
      </Sheet>
    )
  return (
    <aside
      aria-label="Drafts"
      className="flex w-64 shrink-0 flex-col gap-2 overflow-hidden rounded-card border bg-surface"
    >
      <header className="flex items-center justify-between gap-2 pt-2 pr-2 pl-3">
        <h2 className="text-table">Drafts</h2>
        <IconButton label="Close drafts" icon={<X />} size="small" onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        <List {...props} />
      </div>
    </aside>
  )
}

function List({ workspace, drafts, count, failure, more, mayMove, takesDrops, mayWrite, isNarrow, ...does }: Props) {
  const { onOpen, onDragging } = does
  const list = useRef<HTMLUListElement>(null)
  const draggable = mayMove && takesDrops && !isNarrow && drafts !== undefined && drafts.length > 0
  const tell = useEffectEvent(onDragging)
  useEffect(() => {
    const container = list.current
    if (!draggable || !container) return
    let stop = () => undefined as void
    let left = false
    // Part of the calendar's own chunk, which is there before anything can be dropped on it.
    void import('@fullcalendar/react/interaction').then(({ Draggable }) => {
      if (left) return
      const dragging = new Draggable(container, {
        itemSelector: '[data-draft]',
        eventData: (element) => ({ title: element.textContent ?? '', duration: '01:00' }),
      })
      dragging.dragging.emitter.on('dragstart', () => tell(true))
      dragging.dragging.emitter.on('pointerup', () => tell(false))
      stop = () => {
        dragging.destroy()
        tell(false)
      }
    })
    return () => {
      left = true
      stop()
    }
  }, [draggable])

  if (failure) return <ErrorState title="The drafts could not be read">{failure}</ErrorState>
  if (!drafts)
    return (
      <div className="flex flex-col gap-2" aria-busy>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} className="h-18" />
        ))}
      </div>
    )
  if (drafts.length === 0)
    return (
      <EmptyState
        icon={<PencilLine />}
        title="No drafts"
        description="What you write without a time waits here."
        action={mayWrite && <LinkButton href={paths.compose(workspace)}>New post</LinkButton>}
      />
    )
  return (
    <>
      {mayMove && !isNarrow && (
        <p className="px-1 pb-2 text-meta text-text-3">
          {draggable ? 'Drag one onto the calendar, or press it.' : 'Press one to give it a time.'}
        </p>
      )}
      <ul ref={list} aria-label="Drafts" className="flex flex-col gap-2">
        {drafts.map((card) => (
          <li key={card.id}>
            <button
              type="button"
              data-draft={card.id}
              aria-haspopup="menu"
              onClick={(event) => onOpen(card, event.currentTarget)}
              className="flex w-full touch-manipulation flex-col gap-1.5 rounded-control bg-draft-tint p-2 text-left inset-ring inset-ring-line transition-colors hover:inset-ring-line-strong"
            >
              <span className="flex items-center gap-2">
                <Glyphs platforms={card.platforms} />
                {card.platforms.length === 0 && <span className="text-meta text-text-3">No account yet</span>}
              </span>
              <span dir="auto" className="line-clamp-3 text-table wrap-anywhere">
                {card.excerpt || 'No text yet'}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more && <Pagination next="more" busy={more.busy} onMore={more.load} shown={`${drafts.length} of ${count}`} />}
    </>
  )
}
