'use client'

import { Button } from '@/components/ui/button'
import { useAct } from '@/components/workspace/use-act'
import { when } from '@/lib/core/format'
import { wallOf } from '@/lib/core/wall'
import { moveAccountAction, putBackPostAction, reschedulePostAction } from '@/lib/posts/actions'
import type { PostCard } from '@/lib/posts/schema'
import { CalendarArrowUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { MoveDialog } from '../calendar/move-dialog'
import { answerOf } from '@/components/workspace/answer-of'
import { toast } from '@/components/ui/toast'

/** One of the accounts of a post, which gets a time of its own. */
type OneAccount = { readonly accountId: string; readonly handle: string; readonly publishAt: string }

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly card: PostCard
  /** Only this account is moved; all of them when left out. */
  readonly account?: OneAccount | undefined
  readonly onClose: () => void
}

/** Another time for a post; what went wrong is said in the dialog, what went well can be taken back. */
export function MovePost({ workspace, timeZone, card, account, onClose }: Props) {
  const router = useRouter()
  const act = useAct()

  async function move(_: PostCard, wallTime: string) {
    const asked = { postId: card.id, when: { kind: 'at', wallTime, timeZone } } as const
    const moved = await answerOf(
      account
        ? moveAccountAction(workspace, { ...asked, accountId: account.accountId })
        : reschedulePostAction(workspace, asked),
    )
    if (!moved.ok) return moved
    const { before } = moved.value
    // A wall clock without a zone is read as if it were UTC's.
    const at = account
      ? `${when(new Date(`${wallTime}Z`), 'UTC', 'EEE d MMM, HH:mm')} for ${account.handle}`
      : when(new Date(moved.value.publishAt ?? ''), timeZone, 'EEE d MMM, HH:mm')
    router.refresh()
    if (!before || card.state !== 'scheduled') toast.done(`Scheduled for ${at}`)
    else
      toast.undo(`Moved to ${at}`, async () => {
        await act(putBackPostAction(workspace, { postId: card.id, times: before }), 'Back where it was')
      })
    return moved
  }

  const own = account && {
    title: `Another time for ${account.handle}`,
    wallTime: wallOf(account.publishAt, timeZone),
  }
  return <MoveDialog card={card} timeZone={timeZone} {...own} onMove={move} onClose={onClose} />
}

/** The same behind a button of its own: for a post that was found late, or for one account alone. */
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
        disabledReason={refusal ?? (rest.account ? undefined : rest.card.whyFixed)}
        onClick={() => setOpen(true)}
      >
        {rest.account ? 'Another time for this account…' : 'Choose another time…'}
      </Button>
      {open && <MovePost {...rest} onClose={() => setOpen(false)} />}
    </>
  )
}
