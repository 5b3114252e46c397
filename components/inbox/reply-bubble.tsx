'use client'

import { StatusBadge } from '@/components/ui/status-badge'
import type { ReplyCard } from '@/lib/inbox/schema'
import { cn } from '@/components/ui/cn'
import { Said } from '@/components/ui/said'
import { useState } from 'react'
import { Privately } from './audience'
import { Automatic } from './automatic'
import { useInboxPlace } from './inbox-context'
import { replyLooks } from './inbox-looks'
import { Decide, TakeBack, TryAgain } from './reply-actions'
import { authorOf } from './reply-author'
import { ReplyFiles } from './reply-files'
import { ReplyLedger } from './reply-ledger'
import { SettleReply } from './settle-reply'

type Props = {
  readonly reply: ReplyCard
  /** It is the last one that can be taken back: the key is about it. */
  readonly isLast: boolean
  /** What it answers was taken away: it cannot be said any more. */
  readonly isToNobody: boolean
  readonly onChanged: () => Promise<void>
}

/** An answer of ours that is not simply there: on its way, waiting for somebody, refused, taken back, or in doubt. */
export function ReplyBubble({ reply, isLast, isToNobody, onChanged }: Props) {
  const { rights, members } = useInboxPlace()
  // A person who changes the words sees them in the field, not twice.
  const [editing, setEditing] = useState(false)
  const isBad = reply.state === 'refused' || reply.state === 'needs_person'
  const actions = { reply, onChanged, editing, onEditing: setEditing }
  return (
    <div data-reply={reply.state} className="ml-auto flex w-fit max-w-[min(68ch,85%)] flex-col items-end gap-1.5">
      <p className="flex items-center gap-2 text-meta text-text-3">
        <span>
          <span className="font-medium text-text-2">{authorOf(reply, members)}</span>{' '}
          {reply.state === 'cancelled' ? 'was about to answer' : 'answers'}
        </span>
        {reply.authorKind === 'ai' && <Automatic />}
        {reply.privately && <Privately />}
      </p>
      {!editing && reply.text !== '' && (
        <Said
          className={cn(
            'rounded-card border border-dashed border-line-strong bg-selected px-3 py-2',
            isBad && 'border-danger bg-failed-tint',
            reply.state === 'cancelled' && 'bg-transparent text-text-3',
          )}
        >
          {reply.text}
        </Said>
      )}
      <ReplyFiles media={reply.media} />
      <div className="flex w-full flex-wrap items-center justify-end gap-2">
        {!editing && <StatusBadge state={reply.state} looks={replyLooks} />}
        {reply.state === 'queued' && rights.draft && <TakeBack reply={reply} isLast={isLast} onChanged={onChanged} />}
        {reply.state === 'in_review' && rights.draft && <Decide {...actions} />}
        {reply.state === 'refused' && rights.draft && !isToNobody && <TryAgain {...actions} />}
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
