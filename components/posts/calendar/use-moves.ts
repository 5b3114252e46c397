'use client'

import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { when } from '@/lib/core/format'
import type { Result } from '@/lib/core/result'
import { cancelPostAction, putBackPostAction, reschedulePostAction } from '@/lib/posts/actions'
import type { CalendarCard, KeptTimes, MovedPost, PostCard } from '@/lib/posts/schema'
import { useQueryClient } from '@tanstack/react-query'
import { atWall } from './period'
import { changeCards } from './use-calendar-posts'

type Given = {
  readonly workspace: string
  readonly timeZone: string
  readonly refresh: () => Promise<void>
  /** The way out of a refusal: choose another time. `wallTime` is the one that was refused. */
  readonly onChooseAnother: (card: PostCard, wallTime: string) => void
}

const byTime = (one: CalendarCard, other: CalendarCard) => one.shownAt.localeCompare(other.shownAt)

/** A post that moves takes all of its times along that are still to come. */
function moved(cards: readonly CalendarCard[], card: PostCard, at: Date): readonly CalendarCard[] {
  const publishAt = at.toISOString()
  const byMs = card.publishAt ? at.getTime() - Date.parse(card.publishAt) : 0
  const there = cards.filter(({ id }) => id === card.id)
  if (there.length === 0)
    return [{ ...card, publishAt, shownAt: publishAt, ...(card.publishAt ? {} : { state: 'scheduled' }) }]
  return there.map((one) =>
    one.movable
      ? { ...one, publishAt, shownAt: new Date(Date.parse(one.shownAt) + byMs).toISOString() }
      : { ...one, publishAt },
  )
}

/** Moves posts on the screen at once, then in truth; what is refused goes back and says why. */
export function useMoves({ workspace, timeZone, refresh, onChooseAnother }: Given) {
  const client = useQueryClient()
  const say = (at: Date | string) => when(new Date(at), timeZone, 'EEE d MMM, HH:mm')

  async function place<T>(card: PostCard, at: Date, work: () => Promise<Result<T>>): Promise<Result<T>> {
    const putBack = await changeCards(client, workspace, (cards) =>
      [...cards.filter(({ id }) => id !== card.id), ...moved(cards, card, at)].toSorted(byTime),
    )
    const result = await answerOf(work())
    if (!result.ok) putBack()
    void refresh()
    return result
  }

  async function moveBack(card: PostCard, before: KeptTimes | null): Promise<void> {
    const postId = card.id
    const result = before
      ? await place(card, new Date(before.publishAt), () => putBackPostAction(workspace, { postId, times: before }))
      : await answerOf(cancelPostAction(workspace, { postId }))
    void refresh()
    if (!result.ok) return void toast.failed(result.error.message)
    toast.done(before ? `Back at ${say(before.publishAt)}` : 'Back among the drafts')
  }

  /** Moves a post to a time on the workspace's wall clock; a draft is scheduled for it. */
  async function moveTo(card: PostCard, wallTime: string): Promise<Result<MovedPost>> {
    const to = atWall(wallTime, timeZone)
    const result = await place(card, to, () =>
      reschedulePostAction(workspace, { postId: card.id, when: { kind: 'at', wallTime, timeZone } }),
    )
    if (result.ok) {
      const { publishAt, before } = result.value
      const at = say(publishAt ?? to)
      toast.undo(before ? `Moved to ${at}` : `Scheduled for ${at}`, () => moveBack(card, before))
    }
    return result
  }

  return {
    moveTo,
    /** The same by dragging: there is no dialog to show a refusal in. */
    async drop(card: PostCard, wallTime: string): Promise<void> {
      const result = await moveTo(card, wallTime)
      if (!result.ok)
        toast.failed(result.error.message, {
          label: 'Choose a time',
          run: () => onChooseAnother(card, wallTime),
        })
    },
  }
}
