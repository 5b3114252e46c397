'use client'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast'
import { useNow } from '@/components/ui/use-now'
import { answerOf } from '@/components/workspace/answer-of'
import { cancelRepliesAction } from '@/lib/inbox/actions'
import type { AlikeReport } from '@/lib/inbox/schema'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'
import { NamedList } from './named-list'

type Props = {
  readonly report: AlikeReport
  readonly onOpen: (id: string) => void
  readonly onChanged: (ids: readonly string[]) => Promise<void>
  readonly onClose: () => void
}

const answers = (count: number) => (count === 1 ? '1 answer' : `${count} answers`)

/** What became of one answer to many, and the time to take it back. */
export function AlikeReportDialog({ report: { sendAt, items }, onOpen, onChanged, onClose }: Props) {
  const { workspace } = useInboxPlace()
  const [busy, setBusy] = useState(false)
  const now = useNow(1_000)
  const queued = items.filter((item) => item.outcome === 'queued')
  const goes = queued.length > 0 && now !== undefined && new Date(sendAt).getTime() > now
  const listed = (outcome: AlikeReport['items'][number]['outcome'], words: string) =>
    items.flatMap((item) =>
      item.outcome === outcome
        ? [{ id: item.conversationId, name: item.name, message: item.outcome === 'left_out' ? item.message : words }]
        : [],
    )
  const open = (id: string) => {
    onClose()
    onOpen(id)
  }

  async function takeBack() {
    setBusy(true)
    const replyIds = queued.map(({ replyId }) => replyId)
    const done = await answerOf(cancelRepliesAction(workspace, { replyIds }))
    setBusy(false)
    if (!done.ok) return toast.failed(done.error.message)
    const { cancelled, tooLate } = done.value
    if (tooLate > 0)
      toast.failed(`${answers(tooLate)} had gone out already, or may have; ${answers(cancelled)} were taken back.`)
    else toast.done(`${answers(cancelled)} taken back`)
    onClose()
    await onChanged(queued.map(({ conversationId }) => conversationId))
  }

  const lists = [
    {
      title: goes ? 'Goes out in a moment' : 'On its way',
      items: listed('queued', 'Open it to see what became of it.'),
    },
    { title: 'Had it already', items: listed('known', 'This very answer was written there before.') },
    { title: 'Left out', items: listed('left_out', '') },
  ].filter((list) => list.items.length > 0)
  return (
    <Dialog
      open
      onOpenChange={(shown) => !shown && onClose()}
      title={`${answers(queued.length)} of ${items.length}`}
      description={
        goes
          ? 'They go out when the time to take them back is over.'
          : 'Each conversation shows what became of its answer.'
      }
      footer={
        <>
          {goes && (
            <Button busy={busy} onClick={() => void takeBack()}>
              Take them back
            </Button>
          )}
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {lists.map((list) => (
          <NamedList key={list.title} {...list} onOpen={open} />
        ))}
      </div>
    </Dialog>
  )
}
