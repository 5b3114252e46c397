'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Check, FileText, Film, Images } from 'lucide-react'
import { useState } from 'react'
import { read } from '@/components/shell/queries'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Dialog } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { mediaUrl, type MediaCard } from '@/lib/media/schema'

const perPage = 24
type Answer = { readonly data: readonly MediaCard[]; readonly next: string | null }

type Props = {
  readonly workspace: string
  /** Those that are there already. */
  readonly taken: readonly string[]
  readonly onChoose: (cards: readonly MediaCard[]) => void
}

/** Files that were uploaded before, newest first. */
export function MediaLibrary({ workspace, taken, onChoose }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      width="wide"
      title="Media library"
      description="Pictures, videos and documents that were uploaded before, newest first."
      trigger={
        <Button size="small" variant="ghost" icon={<Images aria-hidden />}>
          Library
        </Button>
      }
    >
      {open && (
        <LibraryPages
          workspace={workspace}
          taken={taken}
          onChoose={(cards) => {
            setOpen(false)
            onChoose(cards)
          }}
        />
      )}
    </Dialog>
  )
}

function LibraryPages({ workspace, taken, onChoose }: Props) {
  const [chosen, setChosen] = useState<readonly MediaCard[]>([])
  const pages = useInfiniteQuery({
    queryKey: ['media', workspace],
    queryFn: ({ pageParam, signal }) =>
      read<Answer>(
        `/api/media?${new URLSearchParams({ workspace, take: String(perPage), ...(pageParam && { cursor: pageParam }) })}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    // Somebody may just have uploaded what is looked for.
    staleTime: 0,
  })
  if (pages.error && !pages.data)
    return (
      <ErrorState
        title="The library could not be read"
        action={<Button onClick={() => void pages.refetch()}>Try again</Button>}
      >
        {pages.error.message}
      </ErrorState>
    )
  const cards = pages.data?.pages.flatMap(({ data }) => data)
  if (!cards) return <Skeleton className="h-60" />
  if (cards.length === 0)
    return <EmptyState icon={<Images />} title="What is uploaded to any post will be here, to be used again." />
  return (
    <div className="flex flex-col gap-4">
      <ul aria-label="Files" className="grid grid-cols-3 gap-2 sm:grid-cols-6">
        {cards.map((card) => (
          <li key={card.id}>
            <LibraryFile
              workspace={workspace}
              card={card}
              isTaken={taken.includes(card.id)}
              isChosen={chosen.includes(card)}
              onPress={() =>
                setChosen(chosen.includes(card) ? chosen.filter((one) => one !== card) : [...chosen, card])
              }
            />
          </li>
        ))}
      </ul>
      <div className="flex items-center justify-between gap-2">
        {pages.hasNextPage ? (
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show older
          </Button>
        ) : (
          <span />
        )}
        <Button
          variant="primary"
          disabledReason={chosen.length === 0 ? 'Choose at least one file.' : undefined}
          onClick={() => onChoose(chosen)}
        >
          {chosen.length > 1 ? `Add ${chosen.length} files` : 'Add file'}
        </Button>
      </div>
    </div>
  )
}

type FileProps = {
  readonly workspace: string
  readonly card: MediaCard
  readonly isTaken: boolean
  readonly isChosen: boolean
  readonly onPress: () => void
}

function LibraryFile({ workspace, card, isTaken, isChosen, onPress }: FileProps) {
  const Icon = card.kind === 'document' ? FileText : Film
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-label={`${card.name}${isTaken ? ', there already' : ''}`}
      title={card.alt || card.name}
      disabled={isTaken}
      onClick={onPress}
      className={cn(
        'relative grid aspect-square w-full place-items-center overflow-hidden rounded-control bg-sunken text-text-3',
        isTaken && 'opacity-45',
        isChosen && 'outline-2 outline-offset-2 outline-accent',
      )}
    >
      {card.thumb ? (
        // oxlint-disable-next-line nextjs/no-img-element -- our own thumbnail, in its own size
        <img src={mediaUrl(workspace, card.id, card.thumb)} alt="" loading="lazy" className="size-full object-cover" />
      ) : (
        <Icon aria-hidden className="size-6" />
      )}
      {isChosen && (
        <span className="absolute top-1 right-1 grid size-5 place-items-center rounded-full bg-accent text-on-accent">
          <Check aria-hidden className="size-3.5" />
        </span>
      )}
    </button>
  )
}
