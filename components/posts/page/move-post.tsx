'use client'

import { Button } from '@/components/ui/button'
import { useAct } from '@/components/workspace/use-act'
import { when } from '@/lib/core/format'
import { putBackPostAction, reschedulePostAction } from '@/lib/posts/actions'
import type { PostCard } from '@/lib/posts/schema'
import { CalendarArrowUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { MoveDialog } from '../calendar/move-dialog'
import { answerOf } from '@/components/workspace/answer-of'
import { toast } from '@/components/ui/toast'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly card: PostCard
  readonly onClose: () => void
}

/** Another time for a post; what went wrong is said in the dialog, what went well can be taken back. */
export function MovePost({ workspace, timeZone, card, onClose }: Props) {
  const router = useRouter()
  const act = useAct()

  async function move(_: PostCard, wallTime: string) {
    const moved = await answerOf(
      reschedulePostAction(workspace, { postId: card.id, when: { kind: 'at', wallTime, timeZone } }),
    )
    if (!moved.ok) return moved
    const { before } = moved.value
    const at = when(new Date(moved.value.publishAt ?? ''), timeZone, 'EEE d MMM, HH:mm')
    router.refresh()
    if (!before || card.state !== 'scheduled') toast.done(`Scheduled for ${at}`)
    else
      toast.undo(`Moved to ${at}`, async () => {
        await act(putBackPostAction(workspace, { postId: card.id, times: before }), 'Back where it was')
      })
    return moved
  }

  return <MoveDialog card={card} timeZone={timeZone} onMove={move} onClose={onClose} />
}

/** The same behind a button of its own, for a post that was found late. */
export function ChooseAnotherTime({
  refusal,
  ...rest
}: Omit<Props, 'onClose'> & { readonly refusal?: string | undefined }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="small"
        icon={<CalendarArrowUp aria-hidden />}
        disabledReason={refusal ?? rest.card.whyFixed}
        onClick={() => setOpen(true)}
      >
        Choose another time…
      </Button>
      {open && <MovePost {...rest} onClose={() => setOpen(false)} />}
    </>
  )
}
