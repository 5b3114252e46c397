'use client'

import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import type { ConversationCard } from '@/lib/inbox/schema'
import { CircleCheck, CircleDot, Clock, Tag, UserRoundPlus, X } from 'lucide-react'
import { AssignMenu } from './assign-menu'
import { triageRefusal, useInboxPlace } from './inbox-context'
import type { OpenMenu } from './inbox-keys'
import { LabelMenu } from './label-menu'
import { SnoozeMenu } from './snooze-menu'
import type { NewState, Triage } from './use-triage'

/** As many as the server changes at once. */
const most = 200

type Props = {
  readonly selected: ReadonlySet<string>
  readonly cards: readonly ConversationCard[]
  readonly triage: Triage
  readonly onClear: () => void
  readonly menu: OpenMenu
  readonly onMenu: (menu: OpenMenu) => void
}

/** What can be done with several conversations at once. */
export function InboxBulkBar({ selected, cards, triage, onClear, menu, onMenu }: Props) {
  const { timeZone, rights } = useInboxPlace()
  const ids = [...selected]
  const refusal =
    triageRefusal(rights) ??
    (ids.length === 0 ? 'Select some conversations first.' : undefined) ??
    (ids.length > most ? `At most ${most} at once.` : undefined)
  const allDone = ids.length > 0 && ids.every((id) => cards.find((card) => card.id === id)?.state === 'done')
  const set = (to: NewState) => {
    triage.setState(ids, to)
    onClear()
  }
  return (
    <section
      aria-label="Selected conversations"
      data-page-bar
      className="fixed inset-x-3 bottom-[calc(var(--tab-bar)+0.75rem)] z-(--z-nav) mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card bg-surface p-2 shadow-float"
    >
      <output className="px-2 text-table font-medium tabular-nums">
        {ids.length === 0 ? 'Press conversations to select them' : `${ids.length} selected`}
      </output>
      <Button
        icon={allDone ? <CircleDot aria-hidden /> : <CircleCheck aria-hidden />}
        disabledReason={refusal}
        onClick={() => set({ state: allDone ? 'todo' : 'done' })}
      >
        {allDone ? 'Open again' : 'Done'}
      </Button>
      {refusal ? (
        <>
          <Button icon={<Clock aria-hidden />} disabledReason={refusal}>
            Snooze
          </Button>
          <Button icon={<UserRoundPlus aria-hidden />} disabledReason={refusal}>
            Assign
          </Button>
        </>
      ) : (
        <>
          <SnoozeMenu
            timeZone={timeZone}
            open={menu === 'snooze'}
            onOpenChange={(on) => onMenu(on ? 'snooze' : null)}
            onChoose={(until) => set({ state: 'snoozed', until })}
            trigger={<Button icon={<Clock aria-hidden />}>Snooze</Button>}
          />
          <LabelMenu
            labels={cards.find(({ id }) => id === ids[0])?.labels ?? []}
            open={menu === 'label'}
            onOpenChange={(on) => onMenu(on ? 'label' : null)}
            onChoose={(label, on) => {
              triage.label(ids, label, on)
              onClear()
            }}
            trigger={<Button icon={<Tag aria-hidden />}>Label</Button>}
          />
          <AssignMenu
            open={menu === 'assign'}
            onOpenChange={(on) => onMenu(on ? 'assign' : null)}
            onChoose={(to, name) => {
              triage.assign(ids, to, name)
              onClear()
            }}
            trigger={<Button icon={<UserRoundPlus aria-hidden />}>Assign</Button>}
          />
        </>
      )}
      <IconButton label="Stop selecting" icon={<X />} onClick={onClear} />
    </section>
  )
}
