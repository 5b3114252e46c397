'use client'

import { toast } from '@/components/ui/toast'
import { atOnce } from '@/components/workspace/ask-in-parts'
import { when } from '@/lib/core/format'
import type { Result } from '@/lib/core/result'
import { isInView, type BulkReport, type ConversationCard, type ConversationChange } from '@/lib/inbox/schema'
import type { LabelCard, MacroCard } from '@/lib/routing/schema'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeInParts } from './change-in-parts'
import type { Teammate } from './inbox-context'
import { changeCards, placeCards } from './place-cards'
import { inboxKey, isFromTop, listKey, type ListData } from './use-inbox'
import type { InboxFilter } from './use-inbox-address'

export type NewState =
  | { readonly state: 'todo' | 'waiting' }
  | { readonly state: 'done'; readonly disposition?: string | null }
  | { readonly state: 'snoozed'; readonly until: Date }
/** Whose a conversation becomes; its team stays where none is said. */
export type Holder = { readonly person: Teammate | null; readonly team?: Teammate | null }
/** How far a change of many is. */
export type Progress = { readonly words: string; readonly done: number; readonly of: number }
/** Those that a change of many left as they were, and why. */
export type LeftOut = {
  readonly words: string
  readonly done: number
  readonly left: readonly { readonly id: string; readonly name: string; readonly message: string }[]
}

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly me: string
  readonly filter: InboxFilter
  readonly open: string | null
  readonly cards: readonly ConversationCard[]
  /** What is selected and not among them any more, as it was. */
  readonly left: readonly ConversationCard[]
  /** Those of `cards` that are shown, as they are shown. */
  readonly rows: readonly { readonly id: string }[]
  readonly refresh: (ids: readonly string[]) => Promise<void>
  readonly onOpen: (id: string | null) => void
}

const said: Readonly<Record<'todo' | 'waiting', string>> = { todo: 'Open again', waiting: 'Waiting for them' }
function wordsOf(to: NewState, timeZone: string): string {
  if (to.state === 'done') return to.disposition ? `Done: ${to.disposition}` : 'Done'
  if (to.state === 'snoozed') return `Snoozed until ${when(to.until, timeZone, 'EEE d MMM, HH:mm')}`
  return said[to.state]
}
const many = (ids: readonly string[], words: string) =>
  ids.length === 1 ? words : `${ids.length} conversations: ${words.charAt(0).toLowerCase()}${words.slice(1)}`

const changeOf = (to: NewState): ConversationChange =>
  to.state === 'done'
    ? { do: 'done', ...(to.disposition ? { disposition: to.disposition } : {}) }
    : to.state === 'snoozed'
      ? { do: 'snooze', until: to.until }
      : { do: 'state', state: to.state }

type Given = { readonly note?: string | undefined; readonly more?: readonly ConversationCard[] }

type Step = {
  readonly words: string
  readonly change: ConversationChange
  readonly patch?: Partial<ConversationCard>
  /** Each that it was done to has something to take back. */
  readonly fromEach?: true
  /** What takes it back, for those that it was done to; absent where nothing can. */
  readonly back?: (ids: ReadonlySet<string>) => readonly (readonly [readonly string[], ConversationChange])[]
}

/** What becomes of conversations. It is seen at once, can be taken back, and is put back with the reason when it was refused. */
export function useTriage({ workspace, timeZone, me, filter, open, cards, left: gone, rows, refresh, onOpen }: Props) {
  const client = useQueryClient()
  const [progress, setProgress] = useState<Progress | null>(null)
  const [leftOut, setLeftOut] = useState<LeftOut | null>(null)

  /** The one that opens by itself when these leave the list. */
  function nextAfter(ids: ReadonlySet<string>): string | null {
    const from = rows.findIndex(({ id }) => id === open)
    const below = rows.slice(from + 1).find(({ id }) => !ids.has(id))
    return (below ?? rows.slice(0, Math.max(0, from)).findLast(({ id }) => !ids.has(id)))?.id ?? null
  }

  async function inParts(ids: readonly string[], words: string, change: ConversationChange) {
    const step = (done: number) => setProgress(ids.length > atOnce ? { words, done, of: ids.length } : null)
    step(0)
    const answer = await changeInParts(workspace, ids, change, step)
    setProgress(null)
    return answer
  }

  async function takeBack(step: Step, report: BulkReport): Promise<void> {
    const changed = new Set(report.items.flatMap((item) => (item.ok ? [item.conversationId] : [])))
    const undone: Result<BulkReport>[] = []
    const steps = step.back?.(changed) ?? []
    const missed = step.fromEach === true && steps.flatMap(([ids]) => ids).length < changed.size
    if (missed) toast.failed('Not all were taken back: how some stood before is not known here. Look at them again.')
    for (const [ids, change] of steps) undone.push(await inParts(ids, 'Taking it back', change))
    const failed = undone.find((one) => !one.ok)
    const refused = undone.flatMap((one) => (one.ok ? one.value.items : [])).find((item) => !item.ok)
    if (failed && !failed.ok) toast.failed(failed.error.message)
    else if (refused && !refused.ok) toast.failed(refused.message)
  }

  /** @returns whether it was done to all of them */
  async function carryOut(
    ids: readonly string[],
    step: Step,
    more: readonly ConversationCard[] = [],
  ): Promise<boolean> {
    if (ids.length === 0) return true
    const chosen = new Set(ids)
    const names = new Map(
      [...cards, ...gone, ...more].map((card) => [card.id, card.contact?.name ?? card.accountHandle]),
    )
    const key = listKey(workspace, filter)
    const before = client.getQueryData<ListData>(key)?.pages.flatMap(({ items }) => items) ?? []
    /** These alone: what came or went meanwhile stays as it is. */
    const putBack = () => {
      const were = before.filter(({ id }) => chosen.has(id))
      client.setQueryData<ListData>(
        key,
        (data) => data && { ...data, pages: [...placeCards(data.pages, chosen, were, filter.sort, isFromTop(data))] },
      )
    }
    const changed = (card: ConversationCard) => {
      const now = { ...card, ...step.patch }
      return isInView(filter.view, now, me) ? now : undefined
    }
    const leaves = open !== null && chosen.has(open) && cards.some((card) => card.id === open && !changed(card))
    const next = nextAfter(chosen)
    client.setQueryData<ListData>(
      key,
      (data) => data && { ...data, pages: [...changeCards(data.pages, chosen, changed)] },
    )
    // On a phone the list is the next step, not another conversation.
    if (leaves) onOpen(window.matchMedia('(width < 64rem)').matches ? null : next)
    const answer = await inParts(ids, step.words, step.change)
    const left = answer.ok ? answer.value.items.flatMap((item) => (item.ok ? [] : [item])) : []
    if (!answer.ok || left.length > 0) putBack()
    if (!answer.ok || left.length === ids.length) {
      if (leaves) onOpen(open)
      if (ids.length === 1 || !answer.ok) toast.failed(answer.ok ? (left[0]?.message ?? '') : answer.error.message)
    } else if (left.length === 0) {
      if (!step.back) toast.done(many(ids, step.words))
      else
        toast.undo(many(ids, step.words), async () => {
          await takeBack(step, answer.value)
          if (leaves) onOpen(open)
          await refresh(ids)
        })
    }
    if (answer.ok && left.length > 0 && ids.length > 1)
      setLeftOut({
        words: step.words,
        done: answer.value.done,
        left: left.map(({ conversationId: id, message }) => ({ id, name: names.get(id) ?? 'A conversation', message })),
      })
    if (open !== null && chosen.has(open))
      void client.invalidateQueries({ queryKey: inboxKey(workspace, 'conversation', open) })
    await refresh(ids)
    return answer.ok && left.length === 0
  }

  const known = (ids: readonly string[], more: readonly ConversationCard[] = []) =>
    ids.flatMap((id) => [...cards, ...more, ...gone].find((card) => card.id === id) ?? [])

  /** Groups that were alike, each with what makes them so again. */
  const asBefore =
    (
      ids: readonly string[],
      more: readonly ConversationCard[],
      change: (card: ConversationCard) => ConversationChange,
    ) =>
    (done: ReadonlySet<string>) =>
      [...Map.groupBy(known(ids, more), (card) => JSON.stringify(change(card))).values()].flatMap((group) => {
        const [first] = group
        const mine = group.flatMap(({ id }) => (done.has(id) ? [id] : []))
        return first && mine.length > 0 ? [[mine, change(first)] as const] : []
      })

  return {
    progress,
    leftOut,
    closeLeftOut: () => setLeftOut(null),
    /** `more` are conversations of these that the list need not hold: the one that is open, those that are alike. */
    setState(ids: readonly string[], to: NewState, more: readonly ConversationCard[] = []): void {
      void carryOut(
        ids,
        {
          words: wordsOf(to, timeZone),
          change: changeOf(to),
          patch: {
            state: to.state,
            snoozedUntil: to.state === 'snoozed' ? to.until.toISOString() : null,
            disposition: (to.state === 'done' && to.disposition) || null,
            ...(to.state === 'done' && { escalatedAt: null, stuckAt: null }),
          },
          fromEach: true,
          back: asBefore(ids, more, ({ state, snoozedUntil, disposition, escalatedAt }) => {
            const undoes = to.state
            // Only an end takes it from a person.
            const leftAgain = to.state === 'done' && escalatedAt !== null ? { leftAgain: true as const } : {}
            if (state === 'done') return { do: 'done', ...(disposition ? { disposition } : {}), undoes }
            const until = new Date(snoozedUntil ?? 0)
            // What it slept until has come meanwhile.
            return state === 'snoozed' && until.getTime() > Date.now()
              ? { do: 'snooze', until, ...leftAgain, undoes }
              : { do: 'state', state: state === 'waiting' ? state : 'todo', ...leftAgain, undoes }
          }),
        },
        more,
      )
    },
    /** Puts a label on, or takes it off. */
    label(ids: readonly string[], label: LabelCard, on: boolean): void {
      const change = (put: boolean): ConversationChange => ({
        do: 'label',
        add: put ? [label.id] : [],
        remove: put ? [] : [label.id],
      })
      const had = new Set(
        known(ids).flatMap((card) => (card.labels.some(({ id }) => id === label.id) ? [card.id] : [])),
      )
      void carryOut(ids, {
        words: on ? `Labelled ${label.name}` : `${label.name} taken off`,
        change: change(on),
        // Those on which it made no difference stay as they are.
        back: (done) => {
          const differs = [...done].filter((id) => had.has(id) !== on)
          return differs.length > 0 ? [[differs, change(!on)]] : []
        },
      })
    },
    /** `note` stays with each of them, also where it is taken back. @returns whether all were assigned */
    assign(ids: readonly string[], to: Holder, { note, more = [] }: Given): Promise<boolean> {
      return carryOut(
        ids,
        {
          words: `Assigned to ${to.person?.name ?? (to.team ? `team ${to.team.name}` : 'nobody')}`,
          change: {
            do: 'assign',
            assigneeId: to.person?.id ?? null,
            ...(to.team !== undefined && { teamId: to.team?.id ?? null }),
            ...(note !== undefined && { note }),
          },
          patch: { assigneeId: to.person?.id ?? null, ...(to.team !== undefined && { team: to.team }) },
          fromEach: true,
          back: asBefore(ids, more, ({ assigneeId, team }) => ({
            do: 'assign',
            assigneeId,
            teamId: team?.id ?? null,
          })),
        },
        more,
      )
    },
    /** Carries a macro out on each. What it did cannot be taken back at once. */
    macro(ids: readonly string[], { id, name }: MacroCard): void {
      void carryOut(ids, { words: name, change: { do: 'macro', macroId: id } })
    },
  }
}

export type Triage = ReturnType<typeof useTriage>
