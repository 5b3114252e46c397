'use client'

import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Skeleton } from '@/components/ui/skeleton'
import { StatusBadge } from '@/components/ui/status-badge'
import { ZonedTime } from '@/components/ui/time'
import { Link } from '@/components/ui/link'
import { paths } from '@/lib/core/paths'
import { ExternalLink } from 'lucide-react'
import { PollAnswers } from '../poll-answers'
import { postLooks, variantLooks } from '../post-looks'
import { PostThumbs } from '../post-thumbs'
import { Anchored } from './anchored'
import type { Shown } from './calendar-pointing'
import type { PointedAt } from './use-pointing'
import { usePreview } from './use-calendar-posts'

type Props = { readonly card: Shown; readonly workspace: string; readonly timeZone: string }

/** A look at a post without leaving the calendar: what it says, where it goes, how it stands and why. */
function PostPreview({ card, workspace, timeZone }: Props) {
  const { data, error } = usePreview(workspace, card)
  const at = card.shownAt ?? card.publishAt
  const times = new Set(data?.variants.map(({ publishAt }) => publishAt))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-2">
        <StatusBadge state={card.state} looks={postLooks} />
        {at && (
          <ZonedTime
            at={at}
            zone={timeZone}
            pattern="EEE d MMM, HH:mm"
            className="text-meta tabular-nums text-text-2"
          />
        )}
      </div>
      {error ? (
        <p className="text-table text-danger-text">{error.message}</p>
      ) : (
        <>
          <p dir="auto" className="line-clamp-5 text-table wrap-anywhere whitespace-pre-line">
            {data ? data.text || 'No text yet' : card.excerpt}
          </p>
          {data && data.threadLength > 1 && (
            <p className="text-meta text-text-3">A thread of {data.threadLength} posts</p>
          )}
          {data?.poll && <PollAnswers poll={data.poll} />}
          {data && <PostThumbs files={data.media.slice(0, 4)} workspace={workspace} small />}
          <ul aria-label="Accounts" className="flex flex-col gap-2 border-t pt-3">
            {data
              ? data.variants.map((variant) => (
                  <li key={variant.accountId} className="flex flex-col gap-1">
                    <span className="flex items-center gap-2">
                      {/* The column holds PlatformName, and there is a mark for every one. */}
                      <NetworkGlyph network={variant.platform as GlyphName} />
                      <span className="min-w-0 flex-1 truncate text-table">{variant.handle}</span>
                      {times.size > 1 && variant.publishAt && (
                        <ZonedTime
                          at={variant.publishAt}
                          zone={timeZone}
                          pattern="EEE d, HH:mm"
                          className="shrink-0 text-meta tabular-nums text-text-2"
                        />
                      )}
                      <StatusBadge state={variant.state} looks={variantLooks} />
                    </span>
                    {variant.reason && <span className="text-meta text-pretty text-text-2">{variant.reason}</span>}
                  </li>
                ))
              : card.accountIds.map((id) => (
                  <li key={id} className="h-5">
                    <Skeleton />
                  </li>
                ))}
          </ul>
        </>
      )}
      {!card.movable && card.whyFixed && <p className="text-meta text-pretty text-text-3">{card.whyFixed}</p>}
      <Link href={paths.post(workspace, card.id)} className="link inline-flex items-center gap-1 self-start text-table">
        Open post <ExternalLink aria-hidden className="size-3.5" />
      </Link>
    </div>
  )
}

type AtProps = {
  readonly pointed: PointedAt
  readonly workspace: string
  readonly timeZone: string
  readonly onStay: () => void
  readonly onAway: () => void
  readonly onClose: () => void
}

/** The same, floating beside the post that is pointed at. */
export function PreviewAt({ pointed: { card, element }, workspace, timeZone, onStay, onAway, onClose }: AtProps) {
  return (
    <Anchored
      anchor={element}
      label="Preview"
      quiet
      below={element.getBoundingClientRect().width > window.innerWidth / 2}
      onClose={onClose}
      onPointerEnter={onStay}
      onPointerLeave={onAway}
      className="w-80 max-w-[90vw] p-3"
    >
      <PostPreview card={card} workspace={workspace} timeZone={timeZone} />
    </Anchored>
  )
}
