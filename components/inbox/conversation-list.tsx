import Link from 'next/link'
import { Inbox } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { cn } from '@/components/ui/cn'
import { EmptyState } from '@/components/ui/empty-state'
import type { GlyphName } from '@/components/ui/network-glyph'
import { StatusIcon } from '@/components/ui/status-badge'
import { RelativeTime } from '@/components/ui/time'
import type { ConversationCard } from '@/lib/inbox/schema'
import { inboxHref, type InboxAddress } from './inbox-address'
import { conversationLooks, kindLabel } from './inbox-looks'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly address: InboxAddress
  readonly items: readonly ConversationCard[]
  readonly next: string | null
}

/** Conversations of a list, the newest word first. */
export function ConversationList({ slug, timeZone, address, items, next }: Props) {
  if (items.length === 0)
    return (
      <EmptyState
        icon={<Inbox />}
        title={address.search ? `Nothing says “${address.search}”` : 'Nothing is here'}
        description={
          address.search
            ? 'Try another word, or look in All.'
            : 'Comments, mentions and messages to your accounts come in by themselves.'
        }
      />
    )
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label="Conversations" className="flex flex-col gap-0.5">
        {items.map((card) => (
          <li key={card.id}>
            <Row slug={slug} timeZone={timeZone} address={address} card={card} />
          </li>
        ))}
      </ul>
      {next && (
        <Link href={inboxHref(slug, { ...address, after: next })} className="link self-center py-2 text-table">
          Older conversations
        </Link>
      )}
    </div>
  )
}

function Row({ slug, timeZone, address, card }: Omit<Props, 'items' | 'next'> & { readonly card: ConversationCard }) {
  const here = card.id === address.open
  const name = card.contact?.name ?? card.accountHandle
  return (
    <Link
      href={inboxHref(slug, { ...address, open: card.id })}
      aria-current={here ? 'true' : undefined}
      className={cn(
        'flex gap-3 rounded-control p-2.5 transition-colors hover:bg-hover',
        here && 'bg-selected hover:bg-selected',
      )}
    >
      {/* The column is written from PlatformName, and there is a mark for every one. */}
      <Avatar name={name} src={card.contact?.avatarUrl} network={card.platform as GlyphName} decorative />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-baseline justify-between gap-2">
          <span className={cn('truncate text-table', card.unanswered && 'font-semibold')}>{name}</span>
          <RelativeTime
            at={card.lastMessageAt}
            zone={timeZone}
            className="shrink-0 text-meta tabular-nums text-text-3"
          />
        </span>
        <span className="truncate text-table text-text-2">{card.excerpt || kindLabel(card.kind)}</span>
        <span className="flex items-center gap-2 text-meta text-text-3">
          <StatusIcon state={card.state} looks={conversationLooks} />
          <span className="truncate">
            {kindLabel(card.kind)} · {card.accountHandle}
          </span>
          {card.priority >= 80 && <span className="font-medium text-failed">Urgent</span>}
        </span>
      </span>
    </Link>
  )
}
