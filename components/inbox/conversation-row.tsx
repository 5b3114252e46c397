'use client'

import { LabelDot } from '@/components/routing/label-dot'
import { Avatar } from '@/components/ui/avatar'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import type { GlyphName } from '@/components/ui/network-glyph'
import { Said } from '@/components/ui/said'
import { RelativeTime } from '@/components/ui/time'
import { when } from '@/lib/core/format'
import { paths } from '@/lib/core/paths'
import { isInView, type ConversationCard, type SlaCard } from '@/lib/inbox/schema'
import { MessageCircleMore, PenLine } from 'lucide-react'
import type { MouseEvent } from 'react'
import { noteOf, useDraft } from './drafts'
import { FoldLine } from './fold-line'
import { useInboxPlace } from './inbox-context'
import { conversationLooks, kindLabel } from './inbox-looks'
import { LastSaid } from './last-said'
import { readThread } from './thread-keys'
import { TimeLeft } from './time-left'
import { Urgent } from './urgent'
import { useHolder } from './use-holder'

type Props = {
  readonly card: ConversationCard
  readonly here: boolean
  readonly selected: boolean
  readonly selecting: boolean
  /** So many stand under it, because they say nearly the same. */
  readonly under: number
  /** Of those, so many are not shown; they are selected with it. */
  readonly hidden: number
  readonly sooner: SlaCard | null
  readonly isUnfolded: boolean
  /** It stands under another. */
  readonly isUnder: boolean
  readonly onOpen: (id: string) => void
  readonly onSelect: (id: string, on: boolean) => void
  readonly onUnfold: (id: string, on: boolean) => void
}

/** A press that asks the browser for something else: a new tab, a window. */
const isElsewhere = ({ metaKey, ctrlKey, shiftKey, button }: MouseEvent) =>
  metaKey || ctrlKey || shiftKey || button !== 0

/** One conversation in a list: who, what last, how it stands, and who is at it. */
export function ConversationRow({
  card,
  here,
  selected,
  selecting,
  under,
  hidden,
  sooner,
  isUnfolded,
  isUnder,
  onOpen,
  onSelect,
  onUnfold,
}: Props) {
  const { workspace, timeZone, members } = useInboxPlace()
  const name = card.contact?.name ?? card.accountHandle
  const holder = useHolder(card.heldBy)
  const [answer, note] = [useDraft(workspace, card.id), useDraft(workspace, noteOf(card.id))]
  const hasDraft = answer !== '' || note !== ''
  const assignee = members.find(({ id }) => id === card.assigneeId)
  const look = conversationLooks[card.state]
  return (
    <div
      className={cn(
        'group relative flex h-full flex-col',
        isUnder &&
          "before:absolute before:inset-y-0 before:left-6 before:w-px before:bg-line-strong before:content-['']",
      )}
    >
      <a
        href={paths.inbox(workspace, { open: card.id })}
        data-conversation={card.id}
        aria-current={here ? 'true' : undefined}
        onClick={(event) => {
          if (isElsewhere(event)) return
          event.preventDefault()
          if (selecting) onSelect(card.id, !selected)
          else if (!here) onOpen(card.id)
          else readThread(card.id)
        }}
        className={cn(
          'ring-inside flex min-h-0 flex-1 gap-3 px-3 py-2.5 transition-colors hover:bg-hover',
          under === 0 && 'border-b',
          isUnder && 'pl-10',
          here && 'bg-selected hover:bg-selected',
          selected && 'bg-selected hover:bg-selected',
        )}
      >
        <Avatar
          name={name}
          src={card.contact?.avatarUrl}
          // The column is written from PlatformName, and there is a mark for every one.
          network={card.platform as GlyphName}
          decorative
          className={cn('self-start', (selecting || selected) && 'invisible')}
        />
        <span className="flex min-w-0 flex-1 flex-col">
          {isUnder && <span className="sr-only">Says nearly the same: </span>}
          <span className="flex items-baseline justify-between gap-2">
            <Said as="span" line className={cn('text-table', card.unanswered ? 'font-semibold' : 'text-text-2')}>
              {name}
            </Said>
            <RelativeTime
              at={card.lastMessageAt}
              zone={timeZone}
              className="shrink-0 text-meta tabular-nums text-text-3"
            />
          </span>
          <LastSaid card={card} className="text-table text-text-2" />
          <span className="mt-0.5 flex min-w-0 items-center gap-1.5 text-meta text-text-3">
            {holder ? (
              <span className="flex min-w-0 items-center gap-1 font-medium text-scheduled">
                <MessageCircleMore aria-hidden className="size-3.5 shrink-0" />
                <span className="truncate">{holder} is answering</span>
              </span>
            ) : (
              <>
                <look.icon aria-hidden className="size-3.5 shrink-0" />
                <span className="shrink-0">
                  {card.state === 'snoozed' && card.snoozedUntil
                    ? `Until ${when(new Date(card.snoozedUntil), timeZone, 'EEE d MMM, HH:mm')}`
                    : card.state === 'done' && card.disposition
                      ? `Done: ${card.disposition}`
                      : look.label}
                </span>
                <span aria-hidden>·</span>
                <span className="truncate">
                  {kindLabel(card.kind, card.platform)} · {card.accountHandle}
                </span>
              </>
            )}
            <span className="ml-auto flex shrink-0 items-center gap-1.5">
              {card.labels.slice(0, 3).map(({ id, name: label, colour }) => (
                <span key={id} title={label} className="inline-flex">
                  <LabelDot colour={colour} />
                  <span className="sr-only">{label}</span>
                </span>
              ))}
              {card.sla && <TimeLeft sla={card.sla} />}
              {hasDraft && (
                <span className="flex items-center gap-0.5 font-medium text-review">
                  <PenLine aria-hidden className="size-3" />
                  Draft
                </span>
              )}
              {isInView('urgent', card, '') && <Urgent />}
              {assignee && (
                <span title={`Assigned to ${assignee.name}`}>
                  <Avatar name={assignee.name} size="small" className="-my-1 scale-90" />
                </span>
              )}
            </span>
          </span>
        </span>
      </a>
      <span
        className={cn(
          'absolute top-2.5 left-3 grid size-8 place-items-center rounded-full bg-surface opacity-0 transition-opacity group-hover:opacity-100 focus-within:opacity-100 touch:hidden',
          (selecting || selected) && 'bg-transparent opacity-100 touch:grid',
          isUnder && 'left-10',
        )}
      >
        <Checkbox
          aria-label={`Select the conversation with ${name}${hidden > 0 ? ` and ${hidden} that ${hidden === 1 ? 'says' : 'say'} nearly the same` : ''}`}
          checked={selected}
          onCheckedChange={(on) => onSelect(card.id, on === true)}
          className="mt-0"
        />
      </span>
      {under > 0 && (
        <FoldLine
          name={name}
          count={under}
          sooner={sooner}
          isUnfolded={isUnfolded}
          here={here || selected}
          onUnfold={(on) => onUnfold(card.id, on)}
        />
      )}
    </div>
  )
}
