'use client'

import { Avatar } from '@/components/ui/avatar'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import type { GlyphName } from '@/components/ui/network-glyph'
import { RelativeTime, ZonedTime } from '@/components/ui/time'
import { Facts } from '@/components/ui/timeline'
import { paths } from '@/lib/core/paths'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { ArrowLeft } from 'lucide-react'
import { Link } from '@/components/ui/link'
import { useInboxPlace } from './inbox-context'
import { conversationLooks, intentLabel } from './inbox-looks'
import { LastSaid } from './last-said'
import { useOthers } from './use-inbox'
import { WhyThisPriority } from './why-this-priority'

type Props = {
  readonly conversation: ConversationDetail
  readonly onBack: () => void
  readonly onOpen: (id: string) => void
  readonly className?: string
}

/** A template goes to a whole group: there it may be anybody who spoke in it. */
const refusal = ({ kind, answering }: ConversationDetail): string =>
  answering.templates && kind !== 'dm' ? 'Somebody here refused, beyond an answer' : 'Refused, beyond an answer'

/** Who it is with, why it weighs what it weighs, and what else was said with them. */
export function DetailsPane({ conversation, onBack, onOpen, className }: Props) {
  const { workspace, timeZone } = useInboxPlace()
  const { contact, accountHandle, platform, intent, sentiment } = conversation
  return (
    <aside
      aria-label="Details"
      className={cn('flex min-h-0 w-66 shrink-0 flex-col gap-6 overflow-y-auto border-l p-4', className)}
    >
      <div className="flex items-center gap-2 xl:hidden">
        <IconButton
          size="small"
          className="-ml-2"
          label="Back to the conversation"
          icon={<ArrowLeft />}
          onClick={onBack}
        />
        <h2 className="text-lead">Details</h2>
      </div>
      <div className="flex items-center gap-3">
        {/* The column is written from PlatformName, and there is a mark for every one. */}
        <Avatar
          size="large"
          name={contact?.name ?? accountHandle}
          src={contact?.avatarUrl}
          network={platform as GlyphName}
          decorative
        />
        <span className="flex min-w-0 flex-col">
          <span dir="auto" className="font-semibold [overflow-wrap:anywhere]">
            {contact?.name ?? accountHandle}
          </span>
          {contact && (
            <Link href={paths.contact(workspace, contact.id)} className="link w-fit text-table">
              Open contact
            </Link>
          )}
        </span>
      </div>
      <section aria-label="Priority" className="flex flex-col gap-2">
        <WhyThisPriority conversation={conversation} />
      </section>
      <Facts
        facts={[
          ...(intentLabel(intent) ? [{ name: 'Wants', value: intentLabel(intent) }] : []),
          ...(sentiment === null ? [] : [{ name: 'Feeling', value: feelingOf(sentiment) }]),
          {
            name: 'First reply',
            value: conversation.firstReplyAt ? (
              <ZonedTime at={conversation.firstReplyAt} zone={timeZone} pattern="d MMM, HH:mm" zoneHidden />
            ) : (
              'None yet'
            ),
          },
          ...(conversation.state === 'done' && conversation.disposition
            ? [{ name: 'Ended as', value: conversation.disposition }]
            : []),
          ...(conversation.refusesContact ? [{ name: 'Consent', value: refusal(conversation) }] : []),
          { name: 'Messages', value: conversation.messageCount },
        ]}
      />
      {contact && <Others contactId={contact.id} except={conversation.id} onOpen={onOpen} />}
    </aside>
  )
}

const feelingOf = (score: number): string =>
  `${score < -0.2 ? 'Negative' : score > 0.2 ? 'Positive' : 'Neutral'} (${score.toFixed(2)})`

type OthersProps = { readonly contactId: string; readonly except: string; readonly onOpen: (id: string) => void }

function Others({ contactId, except, onOpen }: OthersProps) {
  const { workspace, timeZone } = useInboxPlace()
  const others = useOthers(workspace, contactId)
  const items = others.data?.items.filter(({ id }) => id !== except) ?? []
  if (items.length === 0) return null
  return (
    <section aria-label="Their other conversations" className="flex flex-col gap-1">
      <h3 className="text-meta font-medium text-text-3">Other conversations</h3>
      <ul className="-mx-2 flex flex-col">
        {items.map((card) => {
          const look = conversationLooks[card.state]
          return (
            <li key={card.id}>
              <button
                type="button"
                onClick={() => onOpen(card.id)}
                className="ring-inside flex w-full flex-col rounded-control px-2 py-1.5 text-left transition-colors hover:bg-hover"
              >
                <LastSaid card={card} className="w-full text-table" />
                <span className="flex items-center gap-1 text-meta text-text-3">
                  <look.icon aria-hidden className="size-3.5" />
                  {look.label} · <RelativeTime at={card.lastMessageAt} zone={timeZone} />
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {others.data?.next && (
        <Link href={paths.contact(workspace, contactId)} className="link w-fit text-table">
          Show all
        </Link>
      )}
    </section>
  )
}
