import { countedUpTo, isByUs, kindLabel } from '@/components/inbox/inbox-looks'
import { TimeLeft } from '@/components/inbox/time-left'
import { Urgent } from '@/components/inbox/urgent'
import { LinkButton } from '@/components/ui/button'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { RelativeTime } from '@/components/ui/time'
import { paths } from '@/lib/core/paths'
import { isInView, type ConversationCard, type View } from '@/lib/inbox/schema'
import { Link } from '@/components/ui/link'
import { Said } from '@/components/ui/said'

type Props = {
  readonly label: string
  readonly workspace: string
  readonly timeZone: string
  readonly conversations: readonly ConversationCard[]
  readonly count: number
  /** Where all of them are. */
  readonly view: View
}

/** The first few conversations of a view, one line each, and the way to the others. */
export function ConversationLines({ label, workspace, timeZone, conversations, count, view }: Props) {
  return (
    <>
      <ul aria-label={label} className="flex flex-col divide-y border-y">
        {conversations.map((card) => (
          <li
            key={card.id}
            className="relative flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1.5 text-table hover:bg-hover"
          >
            {/* The column is written from PlatformName, and there is a mark for every one. */}
            <NetworkGlyph network={card.platform as GlyphName} />
            <Link
              href={paths.inbox(workspace, { view, open: card.id })}
              className="flex min-w-0 flex-1 basis-48 gap-2 rounded-control after:absolute after:inset-0 after:content-['']"
            >
              {/* Wide enough for “Somebody on LinkedIn”: some networks name nobody. */}
              <Said as="span" line className="max-w-44 shrink-0 font-medium">
                {card.contact?.name ?? card.accountHandle}
              </Said>
              <span className="min-w-0 truncate text-text-2">
                {kindLabel(card.kind, card.platform)}
                {card.excerpt && (
                  <>
                    {isByUs(card) ? ', you: ' : ': '}
                    <bdi>{card.excerpt}</bdi>
                  </>
                )}
              </span>
            </Link>
            <span className="flex items-center gap-3 text-meta">
              {card.sla && <TimeLeft sla={card.sla} />}
              {isInView('urgent', card, '') && <Urgent />}
              <RelativeTime at={card.lastMessageAt} zone={timeZone} className="text-text-2 tabular-nums" />
            </span>
          </li>
        ))}
      </ul>
      {count > conversations.length && (
        <LinkButton href={paths.inbox(workspace, { view })} variant="ghost" size="small" className="self-start">
          All {countedUpTo(count)}
        </LinkButton>
      )}
    </>
  )
}
