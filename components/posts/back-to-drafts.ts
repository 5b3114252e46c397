import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { when } from '@/lib/core/format'
import { cancelPostAction, putBackPostAction } from '@/lib/posts/actions'

type Given = {
  readonly workspace: string
  readonly timeZone: string
  readonly postId: string
  /** Shows what there is now. */
  readonly refresh: () => unknown
  readonly onFailure: (message: string) => void
}

/** Takes a post off the schedule; for a while it can be put back, each account at the time it had. */
export async function backToDrafts({ workspace, timeZone, postId, refresh, onFailure }: Given): Promise<void> {
  const cancelled = await answerOf(cancelPostAction(workspace, { postId }))
  refresh()
  if (!cancelled.ok) return onFailure(cancelled.error.message)
  const { before } = cancelled.value
  if (!before) return void toast.done('Back among the drafts')
  toast.undo('Back among the drafts', async () => {
    const again = await answerOf(putBackPostAction(workspace, { postId, times: before }))
    refresh()
    if (again.ok) toast.done(`Scheduled again for ${when(new Date(before.publishAt), timeZone, 'EEE d MMM, HH:mm')}`)
    else onFailure(again.error.message)
  })
}
