'use client'

import { LabelChips } from '@/components/routing/label-chips'
import { PromiseNote } from '@/components/routing/promise-note'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { StatusBadge } from '@/components/ui/status-badge'
import { when } from '@/lib/core/format'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { ArrowLeft, CircleCheck, CircleDot, Clock, MessageCircleMore, PanelRight, Tag, UserRound } from 'lucide-react'
import { AiStanding } from './ai-standing'
import { AnswerAlike } from './answer-alike'
import { AssignMenu } from './assign-menu'
import { triageRefusal, useInboxPlace } from './inbox-context'
import { DoneAlike } from './done-alike'
import { DoneButton } from './done-button'
import type { OpenMenu } from './inbox-keys'
import { conversationLooks, kindLabel, othersAlike } from './inbox-looks'
import { LabelMenu } from './label-menu'
import { SnoozeMenu } from './snooze-menu'
import type { InboxAddress } from './use-inbox-address'
import { useHolder } from './use-holder'
import type { Triage } from './use-triage'
import { WaitingButton } from './waiting-button'

type Props = {
  readonly conversation: ConversationDetail
  readonly address: InboxAddress
  readonly triage: Triage
  readonly menu: OpenMenu
  readonly onMenu: (menu: OpenMenu) => void
  readonly refresh: (ids: readonly string[]) => Promise<void>
}

/** Who it is with, where it stands, and what can become of it. */
export function ConversationHeader({ conversation, address, triage, menu, onMenu, refresh }: Props) {
  const { timeZone, members, rights } = useInboxPlace()
  const refusal = triageRefusal(rights)
  const holder = useHolder(conversation.heldBy)
  const { id, state, snoozedUntil, assigneeId } = conversation
  const assignee = members.find((member) => member.id === assigneeId)
  const isDone = state === 'done'
  const ids = [id]
  const others = othersAlike(conversation.alike)
  const assignButton = (
    <Button
      size="small"
      icon={<UserRound aria-hidden />}
      disabledReason={refusal}
      className="touch:min-w-11"
      aria-label={assignee ? `Assigned to ${assignee.name}: change` : 'Assign'}
    >
      <span className="max-w-28 truncate @max-xl:sr-only">{assignee?.name ?? 'Assign'}</span>
    </Button>
  )
  const snoozeButton = (
    <Button size="small" icon={<Clock aria-hidden />} disabledReason={refusal} className="touch:min-w-11">
      <span className="@max-xl:sr-only">Snooze</span>
    </Button>
  )
  return (
    <header className="@container flex flex-col gap-1 border-b px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <IconButton
          size="small"
          className="-ml-2 lg:hidden"
          label="Back to the list"
          icon={<ArrowLeft />}
          onClick={() => address.openConversation(null)}
        />
        {/* A narrow header has two rows: who it is with and the way to the details, then what can become of it. */}
        <div className="min-w-0 flex-1 basis-40 @max-md:basis-24">
          <div className="flex items-center gap-2">
            <h2 dir="auto" className="line-clamp-2 min-w-0 text-lead wrap-anywhere">
              {conversation.contact?.name ?? conversation.accountHandle}
            </h2>
            <StatusBadge state={state} looks={conversationLooks} />
          </div>
          <p className="truncate text-meta text-text-3">
            {kindLabel(conversation.kind, conversation.platform)} · {conversation.accountHandle}
            {isDone && conversation.disposition && ` · ${conversation.disposition}`}
            {state === 'snoozed' &&
              snoozedUntil &&
              ` · until ${when(new Date(snoozedUntil), timeZone, 'EEE d MMM, HH:mm')}`}
          </p>
        </div>
        <div
          data-yields
          className="flex flex-wrap items-center gap-1.5 @max-md:order-last @max-md:basis-full @max-sm:gap-0.5"
        >
          {refusal ? (
            <>
              {assignButton}
              {snoozeButton}
            </>
          ) : (
            <>
              <AssignMenu
                now={{ person: assignee ?? null, team: conversation.team }}
                open={menu === 'assign'}
                onOpenChange={(on) => onMenu(on ? 'assign' : null)}
                onChoose={(to, note) => triage.assign(ids, to, { note, more: [conversation] })}
                trigger={assignButton}
              />
              <LabelMenu
                labels={conversation.labels}
                open={menu === 'label'}
                onOpenChange={(on) => onMenu(on ? 'label' : null)}
                onChoose={(label, on) => triage.label(ids, label, on)}
                trigger={<IconButton size="small" variant="secondary" label="Label" shortcut="l" icon={<Tag />} />}
              />
              <SnoozeMenu
                timeZone={timeZone}
                open={menu === 'snooze'}
                onOpenChange={(on) => onMenu(on ? 'snooze' : null)}
                onChoose={(until) => triage.setState(ids, { state: 'snoozed', until }, [conversation])}
                trigger={snoozeButton}
              />
            </>
          )}
          {!isDone && (
            <WaitingButton
              size="small"
              isFolding
              isWaiting={state === 'waiting'}
              disabledReason={refusal}
              onSet={(to) => triage.setState(ids, { state: to }, [conversation])}
            />
          )}
          {isDone || refusal ? (
            <Button
              size="small"
              icon={isDone ? <CircleDot aria-hidden /> : <CircleCheck aria-hidden />}
              disabledReason={refusal}
              shortcut="e"
              onClick={() => triage.setState(ids, { state: isDone ? 'todo' : 'done' }, [conversation])}
            >
              {isDone ? 'Open again' : 'Done'}
            </Button>
          ) : (
            <DoneButton
              size="small"
              isOpen={menu === 'done'}
              onMenu={onMenu}
              onDone={(disposition) => triage.setState(ids, { state: 'done', disposition }, [conversation])}
            />
          )}
        </div>
        <IconButton
          size="small"
          label="Details"
          shortcut="i"
          icon={<PanelRight />}
          onClick={() => {
            const isWide = window.matchMedia('(width >= 80rem)').matches
            if (isWide) address.setDetails(address.details === 'hidden' ? null : 'hidden')
            else address.setDetails('shown')
          }}
        />
      </div>
      {holder && (
        <output className="flex items-center gap-1.5 text-table font-medium text-scheduled">
          <MessageCircleMore aria-hidden className="size-4" />
          {holder} is replying
        </output>
      )}
      <AiStanding conversation={conversation} />
      {conversation.alike > 0 && (
        <div
          data-yields
          className="flex flex-wrap items-center gap-x-3 gap-y-1 text-meta text-text-2 @max-md:flex-nowrap @max-md:gap-x-1"
        >
          {address.filter.alike === id ? (
            <span className="min-w-0 truncate @max-md:mr-auto">{others}</span>
          ) : (
            <button
              type="button"
              className="link min-w-0 truncate @max-md:mr-auto"
              onClick={() => address.showAlike(id)}
            >
              {others}
              <span className="@max-md:sr-only">: show them</span>
            </button>
          )}
          <AnswerAlike conversation={conversation} onOpen={address.openConversation} onSent={refresh} />
          <DoneAlike conversation={conversation} triage={triage} />
        </div>
      )}
      {(conversation.sla || conversation.team || conversation.labels.length > 0) && (
        <div data-yields className="flex flex-wrap items-center gap-x-3 gap-y-1 text-meta text-text-2">
          {conversation.sla && <PromiseNote sla={conversation.sla} timeZone={timeZone} />}
          {conversation.team && <span>Team {conversation.team.name}</span>}
          {conversation.labels.length > 0 && <LabelChips labels={conversation.labels} />}
        </div>
      )}
    </header>
  )
}
