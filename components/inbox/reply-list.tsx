'use client'

import { Button } from '@/components/ui/button'
import { StatusBadge } from '@/components/ui/status-badge'
import { ZonedTime } from '@/components/ui/time'
import { useAct } from '@/components/workspace/use-act'
import { approveReplyAction, cancelReplyAction, settleReplyAction } from '@/lib/inbox/actions'
import type { ReplyCard } from '@/lib/inbox/schema'
import { replyLooks } from './inbox-looks'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly replies: readonly ReplyCard[]
  readonly maySend: boolean
}

/** Answers that are not simply sent, and the ledger of all: intent, every try, proof. */
export function ReplyList({ slug, timeZone, replies, maySend }: Props) {
  if (replies.length === 0) return null
  return (
    <ul aria-label="Answers" className="flex flex-col divide-y">
      {replies.map((reply) => (
        <li key={reply.id} className="flex flex-col gap-2 py-3">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <StatusBadge state={reply.state} looks={replyLooks} />
            <ReplyActions slug={slug} reply={reply} maySend={maySend} />
          </div>
          {reply.state !== 'sent' && <p className="text-table break-words whitespace-pre-wrap">{reply.text}</p>}
          {reply.reason && <p className="text-table text-pretty text-text-2">{reply.reason.message}</p>}
          <details className="text-meta text-text-3">
            <summary className="cursor-pointer">Ledger</summary>
            <ol className="mt-1 flex flex-col gap-1">
              <li>
                Written <ZonedTime at={reply.createdAt} zone={timeZone} zoneHidden />
              </li>
              {reply.attempts.map((attempt) => (
                <li key={attempt.id}>
                  {attempt.purpose === 'send' ? 'Sent' : 'Looked for'}{' '}
                  <ZonedTime at={attempt.startedAt} zone={timeZone} zoneHidden />: {attempt.outcome ?? 'under way'}
                  {attempt.durationMs === null ? '' : ` in ${attempt.durationMs} ms`}
                </li>
              ))}
              {reply.proof && <li>Proven by {reply.proof.by.replaceAll('_', ' ')}</li>}
              {reply.url && (
                <li>
                  <a href={reply.url} target="_blank" rel="noreferrer" className="link">
                    Open it at the network
                  </a>
                </li>
              )}
            </ol>
          </details>
        </li>
      ))}
    </ul>
  )
}

function ReplyActions({ slug, reply, maySend }: { slug: string; reply: ReplyCard; maySend: boolean }) {
  const act = useAct()
  const { id: replyId, state } = reply
  const refusal = maySend ? undefined : 'Only owners, admins and managers decide on answers.'
  if (state === 'queued' && reply.attempts.length === 0)
    return (
      <Button size="small" onClick={() => void act(cancelReplyAction(slug, { replyId }), 'Taken back')}>
        Take it back
      </Button>
    )
  if (state === 'in_review')
    return (
      <span className="flex gap-2">
        <Button
          size="small"
          variant="primary"
          disabledReason={refusal}
          onClick={() => void act(approveReplyAction(slug, { replyId }), 'Approved')}
        >
          Approve and send
        </Button>
        <Button size="small" onClick={() => void act(cancelReplyAction(slug, { replyId }), 'Turned down')}>
          Turn down
        </Button>
      </span>
    )
  if (state === 'needs_person')
    return (
      <span className="flex gap-2">
        <Button
          size="small"
          disabledReason={refusal}
          onClick={() => void act(settleReplyAction(slug, { replyId, answer: 'send_again' }), 'It is sent again')}
        >
          It is not there: send again
        </Button>
        <Button
          size="small"
          disabledReason={refusal}
          onClick={() => void act(settleReplyAction(slug, { replyId, answer: 'give_up' }), 'Given up')}
        >
          Give up
        </Button>
      </span>
    )
  return null
}
