'use client'

import { Link } from '@/components/ui/link'
import { postLooks } from '@/components/posts/post-looks'
import { Section } from '@/components/ui/page'
import { StatusBadge } from '@/components/ui/status-badge'
import { ZonedTime } from '@/components/ui/time'
import { paths } from '@/lib/core/paths'
import type { MediaCard, MediaDetails } from '@/lib/media/schema'
import type { PostState } from '@/lib/posts/schema'
import type { DetailsProps } from './details-sheet'
import { Thumb } from './thumb'
import { inShort, usedIn } from './words'

type Props = Pick<DetailsProps, 'workspace' | 'timeZone' | 'onOpen'> & { readonly details: MediaDetails }

const isState = (state: string): state is PostState => state in postLooks

/** The posts that show a file. */
export function DetailsUses({ workspace, timeZone, details }: Props) {
  return (
    <Section title={usedIn(details.card.uses)}>
      {details.uses.length > 0 ? (
        <>
          <ul className="flex flex-col divide-y">
            {details.uses.map(({ postId, excerpt, state, at }) => (
              <li key={postId} className="flex items-center gap-3 py-1.5 text-table">
                <Link
                  href={paths.post(workspace, postId)}
                  className="min-w-0 flex-1 truncate rounded-control font-medium text-accent-text hover:underline"
                >
                  {excerpt || 'A post without text'}
                </Link>
                {at && <ZonedTime at={at} zone={timeZone} pattern="d MMM, HH:mm" zoneHidden className="text-text-3" />}
                {isState(state) && <StatusBadge state={state} looks={postLooks} />}
              </li>
            ))}
          </ul>
          {details.moreUses > 0 && (
            <p className="text-table text-text-2">and {details.moreUses} more, written before these</p>
          )}
        </>
      ) : (
        <p className="text-table text-text-2">
          {details.card.uses === 0
            ? 'No post shows this file.'
            : 'What shows this file is being deleted at its network. Until it is gone there, it may come back.'}
        </p>
      )}
    </Section>
  )
}

/** What a file was made from, what was made from it, and its doubles. */
export function DetailsRelated({ workspace, details, onOpen }: Props) {
  const { original, derived, duplicates, changes } = details
  return (
    <>
      {(original !== null || changes.length > 0) && (
        <Section title="What was done to it">
          <ul className="list-disc pl-4 text-table text-text-2">
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
          {original ? (
            <Files label="Original" workspace={workspace} cards={[original]} onOpen={onOpen} />
          ) : (
            <p className="text-table text-text-2">The original was deleted.</p>
          )}
        </Section>
      )}
      {derived.length > 0 && (
        <Section title="Made from it">
          <Files label="Made from it" workspace={workspace} cards={derived} onOpen={onOpen} />
        </Section>
      )}
      {duplicates.length > 0 && (
        <Section title="Same content" description="These files are the same, byte for byte.">
          <Files label="Same content" workspace={workspace} cards={duplicates} onOpen={onOpen} />
        </Section>
      )}
    </>
  )
}

function Files({
  label,
  workspace,
  cards,
  onOpen,
}: {
  readonly label: string
  readonly workspace: string
  readonly cards: readonly MediaCard[]
  readonly onOpen: (file: string) => void
}) {
  return (
    <ul aria-label={label} className="flex flex-col gap-1">
      {cards.map((card) => (
        <li key={card.id}>
          <button
            type="button"
            onClick={() => onOpen(card.id)}
            className="flex w-full items-center gap-3 rounded-control p-1 text-left text-table hover:bg-hover"
          >
            <Thumb small workspace={workspace} card={card} className="size-10 shrink-0" />
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-medium">{card.name}</span>
              <span className="text-meta text-text-3 tabular-nums">{inShort(card)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
