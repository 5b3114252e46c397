'use client'

import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { ConversationCard, ConversationState } from '@/lib/inbox/schema'
import { CircleCheck, CircleDot, Clock, Tag, UserRoundPlus, X, Zap } from 'lucide-react'
import { AssignMenu } from './assign-menu'
import { roomForBar } from './clear-of-news'
import { DoneButton } from './done-button'
import { triageRefusal, useInboxPlace } from './inbox-context'
import type { OpenMenu } from './inbox-keys'
import { LabelMenu } from './label-menu'
import { MacroMenu } from './macro-menu'
import { SnoozeMenu } from './snooze-menu'
import type { NewState, Progress, Triage } from './use-triage'
import { WaitingButton } from './waiting-button'

/** More would take minutes. */
const most = 1_000

const bar =
  'fixed inset-x-3 bottom-[calc(var(--tab-bar)+0.75rem)] z-(--z-nav) mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card bg-surface p-2 shadow-float'

type Props = {
  readonly selected: ReadonlySet<string>
  /** Of those, so many are not shown: they are folded under others. */
  readonly folded: number
  readonly cards: readonly ConversationCard[]
  readonly triage: Triage
  /** Selects all that the list has read so far. */
  readonly onAll: () => void
  readonly onClear: () => void
  readonly menu: OpenMenu
  readonly onMenu: (menu: OpenMenu) => void
}

/** What can be done with several conversations at once. */
export function InboxBulkBar({ selected, folded, cards, triage, onAll, onClear, menu, onMenu }: Props) {
  const { timeZone, rights } = useInboxPlace()
  const ids = [...selected]
  const refusal =
    triageRefusal(rights) ??
    (ids.length === 0 ? 'Select some conversations first.' : undefined) ??
    (ids.length > most ? `At most ${most} at once.` : undefined)
  const areAll = (state: ConversationState) =>
    ids.length > 0 && ids.every((id) => cards.find((card) => card.id === id)?.state === state)
  const allDone = areAll('done')
  const set = (to: NewState) => {
    triage.setState(ids, to)
    onClear()
  }
  if (triage.progress) return <BulkProgress progress={triage.progress} />
  return (
    <section aria-label="Selected conversations" ref={roomForBar} data-page-bar className={bar}>
      <output className="px-2 text-table font-medium tabular-nums">
        {ids.length === 0 ? 'Press conversations to select them' : `${ids.length} selected`}
        {folded > 0 && `, ${folded} of them folded`}
      </output>
      {cards.some(({ id }) => !selected.has(id)) && (
        <Button variant="ghost" onClick={onAll}>
          All {cards.length} listed
        </Button>
      )}
      {refusal || allDone ? (
        <Button
          icon={allDone ? <CircleDot aria-hidden /> : <CircleCheck aria-hidden />}
          disabledReason={refusal}
          onClick={() => set({ state: 'todo' })}
        >
          {allDone ? 'Open again' : 'Done'}
        </Button>
      ) : (
        <DoneButton
          isOpen={menu === 'done'}
          onMenu={onMenu}
          onDone={(disposition) => set({ state: 'done', disposition })}
        />
      )}
      {!allDone && (
        <WaitingButton isWaiting={areAll('waiting')} disabledReason={refusal} onSet={(state) => set({ state })} />
      )}
      {refusal ? (
        <>
          <Button icon={<Clock aria-hidden />} disabledReason={refusal}>
            Snooze
          </Button>
          <Button icon={<Tag aria-hidden />} disabledReason={refusal}>
            Label
          </Button>
          <Button icon={<UserRoundPlus aria-hidden />} disabledReason={refusal}>
            Assign
          </Button>
          <Button icon={<Zap aria-hidden />} disabledReason={refusal}>
            Macro
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
            onChoose={(to, note) => {
              const assigned = triage.assign(ids, to, { note })
              onClear()
              return assigned
            }}
            trigger={<Button icon={<UserRoundPlus aria-hidden />}>Assign</Button>}
          />
          <MacroMenu
            open={menu === 'macro'}
            onOpenChange={(on) => onMenu(on ? 'macro' : null)}
            onChoose={(macro) => {
              triage.macro(ids, macro)
              onClear()
            }}
            trigger={<Button icon={<Zap aria-hidden />}>Macro</Button>}
          />
        </>
      )}
      <IconButton label="Stop selecting" icon={<X />} onClick={onClear} />
    </section>
  )
}

function BulkProgress({ progress: { words, done, of } }: { readonly progress: Progress }) {
  return (
    <section aria-label="Selected conversations" ref={roomForBar} data-page-bar className={bar}>
      <span className="flex w-72 max-w-full flex-col gap-2 p-2">
        <output className="flex justify-between gap-2 text-table font-medium">
          <span className="truncate">{words}…</span>
          <span className="shrink-0 tabular-nums">
            {done} of {of}
          </span>
        </output>
        <ProgressBar label={words} done={done / of} />
      </span>
    </section>
  )
}
