'use client'

import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { when } from '@/lib/core/format'
import type { Result } from '@/lib/core/result'
import { cancelPostAction, reschedulePostAction } from '@/lib/posts/actions'
import type { PostCard, SavedPost, When } from '@/lib/posts/schema'
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

const byTime = (one: PostCard, other: PostCard) => (one.publishAt ?? '').localeCompare(other.publishAt ?? '')

/** Moves posts on the screen at once, then in truth; what is refused goes back and says why. */
export function useMoves({ workspace, timeZone, refresh, onChooseAnother }: Given) {
  const client = useQueryClient()
  const say = (at: Date | string) => when(new Date(at), timeZone, 'EEE d MMM, HH:mm')

  async function place(card: PostCard, to: When, at: Date): Promise<Result<SavedPost>> {
    const publishAt = new Date(at).toISOString()
    const moved: PostCard = { ...card, publishAt, ...(card.publishAt ? {} : { state: 'scheduled' }) }
    const putBack = await changeCards(client, workspace, (cards) =>
      [...cards.filter(({ id }) => id !== card.id), moved].toSorted(byTime),
    )
    const result = await answerOf(reschedulePostAction(workspace, { postId: card.id, when: to }))
    if (!result.ok) putBack()
    void refresh()
    return result
  }

  async function moveBack(card: PostCard): Promise<void> {
    const result = card.publishAt
      ? await place(card, { kind: 'instant', at: new Date(card.publishAt) }, new Date(card.publishAt))
      : await answerOf(cancelPostAction(workspace, { postId: card.id }))
    void refresh()
    if (!result.ok) return void toast.failed(result.error.message)
    toast.done(card.publishAt ? `Back at ${say(card.publishAt)}` : 'Back among the drafts')
  }

  /** Moves a post to a time on the workspace's wall clock; a draft is scheduled for it. */
  async function moveTo(card: PostCard, wallTime: string): Promise<Result<SavedPost>> {
    const result = await place(card, { kind: 'at', wallTime, timeZone }, atWall(wallTime, timeZone))
    if (result.ok) {
      const at = say(result.value.publishAt ?? atWall(wallTime, timeZone))
      toast.undo(card.publishAt ? `Moved to ${at}` : `Scheduled for ${at}`, () => moveBack(card))
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
