'use client'

import { Button } from '@/components/ui/button'
import { StatusBadge } from '@/components/ui/status-badge'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import type { Result } from '@/lib/core/result'
import { approveReplyAction, cancelReplyAction } from '@/lib/inbox/actions'
import type { ReplyCard } from '@/lib/inbox/schema'
import { cn } from '@/components/ui/cn'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'
import { replyLooks } from './inbox-looks'
import { ReplyLedger } from './reply-ledger'
import { SettleReply } from './settle-reply'
import { useNow } from './use-now'

type Props = {
  readonly reply: ReplyCard
  readonly author: string | undefined
  readonly onChanged: () => Promise<void>
}

/** An answer of ours that is not simply there: on its way, waiting for somebody, refused, or in doubt. */
export function ReplyBubble({ reply, author, onChanged }: Props) {
  const { rights } = useInboxPlace()
  const isBad = reply.state === 'refused' || reply.state === 'needs_person'
  return (
    <div data-reply={reply.state} className="ml-auto flex w-fit max-w-[min(68ch,85%)] flex-col items-end gap-1.5">
      <p className="text-meta text-text-3">
        <span className="font-medium text-text-2">{author ?? 'We'}</span> answers
      </p>
      <p
        className={cn(
          'rounded-card border border-dashed border-line-strong bg-selected px-3 py-2 break-words whitespace-pre-wrap',
          isBad && 'border-danger bg-failed-tint',
        )}
      >
        {reply.text}
      </p>
      <div className="flex flex-wrap items-center justify-end gap-2">
        <StatusBadge state={reply.state} looks={replyLooks} />
        {reply.state === 'queued' && reply.attempts.length === 0 && <TakeBack reply={reply} onChanged={onChanged} />}
        {reply.state === 'in_review' && <Decide reply={reply} maySend={rights.reply} onChanged={onChanged} />}
      </div>
      {reply.reason && (
        <p className="max-w-[60ch] text-right text-table text-pretty text-text-2">{reply.reason.message}</p>
      )}
      {reply.state === 'needs_person' && (
        <SettleReply
          reply={reply}
          refusal={rights.reply ? undefined : 'Only owners, admins and managers decide on answers.'}
          onChanged={onChanged}
        />
      )}
      <ReplyLedger reply={reply} />
    </div>
  )
}

/** Does it and shows what became of it; says why when it was not done. */
function useDecision(onChanged: () => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const decide = async (work: Promise<Result<unknown>>, done: string) => {
    setBusy(true)
    const answer = await answerOf(work)
    if (answer.ok) toast.done(done)
    else toast.failed(answer.error.message)
    await onChanged()
    setBusy(false)
  }
  return [busy, decide] as const
}

function TakeBack({ reply, onChanged }: Omit<Props, 'author'>) {
  const { workspace } = useInboxPlace()
  const [busy, decide] = useDecision(onChanged)
  const left = Math.ceil((new Date(reply.sendAt).getTime() - useNow(500)) / 1_000)
  return (
    <Button
      size="small"
      busy={busy}
      onClick={() => void decide(cancelReplyAction(workspace, { replyId: reply.id }), 'Taken back: nothing was sent')}
    >
      Take it back
      {left > 0 && <span className="text-text-3 tabular-nums">{left} s</span>}
    </Button>
  )
}

function Decide({ reply, maySend, onChanged }: Omit<Props, 'author'> & { readonly maySend: boolean }) {
  const { workspace } = useInboxPlace()
  const [busy, decide] = useDecision(onChanged)
  const { id: replyId } = reply
  return (
    <>
      <Button
        size="small"
        busy={busy}
        onClick={() => void decide(cancelReplyAction(workspace, { replyId }), 'Turned down: nothing was sent')}
      >
        Turn down
      </Button>
      <Button
        size="small"
        variant="primary"
        busy={busy}
        disabledReason={maySend ? undefined : 'Only owners, admins and managers approve answers.'}
        onClick={() => void decide(approveReplyAction(workspace, { replyId }), 'Approved: it goes out in a moment')}
      >
        Approve and send
      </Button>
    </>
  )
}
