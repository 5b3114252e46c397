'use client'

import { FileText } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { mediaUrl, type FolderCard, type MediaDetails } from '@/lib/media/schema'
import { DetailsActions } from './details-actions'
import { DetailsFacts } from './details-facts'
import { DetailsForm } from './details-form'
import { DetailsRelated, DetailsUses } from './details-related'
import { NetworkFits } from './network-fits'
import type { MediaRights } from './rights'
import { useDetails } from './use-media'
import { VideoTools } from './video-tools'

export type DetailsProps = {
  readonly workspace: string
  readonly timeZone: string
  readonly file: string
  readonly folders: readonly FolderCard[]
  readonly knownTags: readonly string[]
  readonly rights: MediaRights
  readonly onChanged: () => Promise<void>
  /** Opens another file's details; null closes them. */
  readonly onOpen: (file: string | null) => void
}

/** Everything about one file, and what can be done with it. */
export function DetailsSheet(props: DetailsProps) {
  const details = useDetails(props.workspace, props.file)
  const name = details.data?.card.name
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && props.onOpen(null)}
      title={name ?? 'File'}
      className="sm:w-120 [&_h2]:truncate"
    >
      {details.error && !details.data ? (
        <ErrorState
          title="This file could not be read"
          action={<Button onClick={() => void details.refetch()}>Try again</Button>}
        >
          {details.error.message}
        </ErrorState>
      ) : details.data ? (
        <Inside {...props} details={details.data} />
      ) : (
        <div className="flex flex-col gap-4">
          <Skeleton className="h-60" />
          <Skeleton className="h-24" />
        </div>
      )}
    </Sheet>
  )
}

function Inside({ details, ...props }: DetailsProps & { readonly details: MediaDetails }) {
  const { card } = details
  return (
    <div className="flex flex-col gap-6 pb-4">
      <Shown workspace={props.workspace} details={details} />
      <DetailsActions {...props} details={details} />
      <DetailsForm {...props} details={details} />
      {card.kind === 'video' && props.rights.edit && <VideoTools {...props} details={details} />}
      <NetworkFits {...props} card={card} />
      <DetailsUses {...props} details={details} />
      <DetailsRelated {...props} details={details} />
      <DetailsFacts {...props} details={details} />
    </div>
  )
}

function Shown({ workspace, details: { card } }: { readonly workspace: string; readonly details: MediaDetails }) {
  const style = 'max-h-80 w-full rounded-card bg-sunken object-contain'
  const source = mediaUrl(workspace, card.id)
  if (card.kind === 'video')
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- it is the team's own file, which has none
      <video
        controls
        preload="metadata"
        aria-label={card.name}
        src={source}
        {...(card.thumb ? { poster: mediaUrl(workspace, card.id, card.thumb) } : {})}
        className={style}
      />
    )
  if (card.kind === 'document')
    return (
      <p className="grid h-40 w-full place-content-center justify-items-center gap-2 rounded-card bg-sunken p-4 text-table">
        <FileText aria-hidden className="size-8 text-text-3" />
        <a href={source} className="link" download>
          Download {card.name}
        </a>
      </p>
    )
  // oxlint-disable-next-line nextjs/no-img-element -- a private file, in its own size
  return <img src={source} alt={card.alt || `${card.name}, not described yet`} className={style} />
}
