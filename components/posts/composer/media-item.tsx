'use client'

import { ArrowLeft, ArrowRight, FileText, Film, X } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Textarea } from '@/components/ui/textarea'
import { duration } from '@/lib/core/format'
import { mediaUrl, type MediaCard } from '@/lib/media/schema'
import { limitsOf, strictestAlt } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { optionsOf, wordsIn } from './draft'

type Props = {
  readonly mediaId: string
  readonly place: number
  readonly count: number
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

/** One file of a post: what it shows, in which place, and its words for those who cannot see it. */
export function MediaItem({ mediaId, place, count, onMove, onRemove }: Props) {
  const { media } = useDesk()
  const card = media.get(mediaId)
  const name = card?.name ?? 'A file that is gone'
  return (
    <li className="flex flex-wrap gap-3 sm:flex-nowrap">
      <Thumb card={card} />
      <div className="flex min-w-0 flex-1 basis-52 flex-col gap-1.5">
        <div className="flex items-center gap-1">
          <span className="min-w-0 flex-1 truncate text-table">{name}</span>
          {count > 1 && (
            <>
              <IconButton
                size="small"
                label={`Move ${name} earlier`}
                icon={<ArrowLeft />}
                disabledReason={place === 0 ? 'It is the first already.' : undefined}
                onClick={() => onMove(-1)}
              />
              <IconButton
                size="small"
                label={`Move ${name} later`}
                icon={<ArrowRight />}
                disabledReason={place === count - 1 ? 'It is the last already.' : undefined}
                onClick={() => onMove(1)}
              />
            </>
          )}
          <IconButton size="small" label={`Remove ${name}`} icon={<X />} onClick={onRemove} />
        </div>
        {card && <AltText card={card} />}
      </div>
    </li>
  )
}

function Thumb({ card }: { readonly card: MediaCard | undefined }) {
  const { workspace } = useDesk()
  const Icon = card?.kind === 'document' ? FileText : Film
  return (
    <span
      className={cn(
        'relative grid size-20 shrink-0 place-items-center overflow-hidden rounded-control bg-sunken text-text-3',
      )}
    >
      {card?.thumb ? (
        // Its size is that of our own thumbnails; next/image would store a second copy.
        // oxlint-disable-next-line nextjs/no-img-element
        <img src={mediaUrl(workspace, card.id, card.thumb)} alt="" className="size-full object-cover" />
      ) : (
        <Icon aria-hidden className="size-5" />
      )}
      {card?.durationMs != null && (
        <span className="absolute right-1 bottom-1 rounded-[4px] bg-text px-1 text-meta text-canvas">
          {duration(card.durationMs)}
        </span>
      )}
    </span>
  )
}

/** As many as are kept at all. */
const mostAlt = 2_000

function AltText({ card }: { readonly card: MediaCard }) {
  const { draft, chosen, edit } = useDesk()
  const alt = draft.content.alts[card.id] ?? card.alt
  const isDocument = card.kind === 'document'
  // Only those that get the file, each in the format that was chosen for it.
  const limits = chosen
    .filter(({ id }) => wordsIn(draft, id).mediaIds.includes(card.id))
    .map((account) => limitsOf(account, optionsOf(draft, account.id)))
  const strictest = strictestAlt(card.kind, limits)
  if (card.kind === 'video' && strictest === undefined) return null
  const max = Math.min(mostAlt, strictest ?? mostAlt)
  const length = [...alt].length
  return (
    <Field
      label={`${isDocument ? 'Title of' : 'Alt text for'} ${card.name}`}
      labelHidden
      problems={length > max ? [`Remove ${length - max} characters: the strictest network here takes ${max}.`] : []}
      hint={
        <span className="flex justify-between gap-2">
          <span>{alt.trim() === '' && !isDocument && 'Say what is in it, for people who cannot see it.'}</span>
          <span className="tabular-nums">
            {length.toLocaleString('en-GB')} / {max.toLocaleString('en-GB')}
          </span>
        </span>
      }
    >
      <Textarea
        rows={1}
        placeholder={isDocument ? 'Title' : 'Alt text'}
        value={alt}
        maxLength={mostAlt}
        className="min-h-9"
        onChange={(event) => {
          const text = event.target.value
          edit((draft) => ({
            ...draft,
            content: { ...draft.content, alts: { ...draft.content.alts, [card.id]: text } },
          }))
        }}
      />
    </Field>
  )
}
