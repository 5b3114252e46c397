'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { ItIsThere } from '@/components/workspace/it-is-there'
import { answerOf } from '@/components/workspace/answer-of'
import { settleReplyAction } from '@/lib/inbox/actions'
import type { ReplyCard } from '@/lib/inbox/schema'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'

type Props = {
  readonly reply: ReplyCard
  /** Why this person may not decide; undefined when they may. */
  readonly refusal: string | undefined
  readonly onChanged: () => Promise<void>
}

/** What a person can say of an answer that nobody else can tell about. Each says what follows before it is given. */
export function SettleReply({ reply, refusal, onChanged }: Props) {
  const { workspace } = useInboxPlace()
  const [asking, setAsking] = useState<'there' | 'again' | 'give_up'>()
  const close = () => setAsking(undefined)
  const replyId = reply.id
  const inDoubt = reply.attempts.some(({ outcome }) => outcome === 'unknown' || outcome === 'died' || outcome === null)

  async function settle(how: Parameters<typeof settleReplyAction>[1], done: string) {
    const answer = await answerOf(settleReplyAction(workspace, how))
    if (answer.ok) toast.done(done)
    await onChanged()
    return answer
  }
  const say = async (how: Parameters<typeof settleReplyAction>[1], done: string) => {
    const answer = await settle(how, done)
    if (!answer.ok) toast.failed(answer.error.message)
  }

  return (
    <div className="flex flex-wrap justify-end gap-2">
      {inDoubt && (
        <Button size="small" disabledReason={refusal} onClick={() => setAsking('there')}>
          It is there
        </Button>
      )}
      <Button size="small" disabledReason={refusal} onClick={() => setAsking('again')}>
        {inDoubt ? 'It is not: send again' : 'Send again'}
      </Button>
      <Button size="small" disabledReason={refusal} onClick={() => setAsking('give_up')}>
        Give up
      </Button>
      {asking === 'there' && (
        <ItIsThere
          thing="answer"
          network="the network"
          onClose={close}
          onSay={(url) => settle({ replyId, answer: 'it_is_there', url }, 'Settled: it is there')}
        />
      )}
      <AlertDialog
        open={asking === 'again'}
        onOpenChange={close}
        title="Send it again?"
        description={
          inDoubt
            ? 'Only if you looked at the network and it is not there. If it is there after all, they will see it twice.'
            : 'The network gets it again within seconds, word for word.'
        }
        confirm="Send again"
        onConfirm={() => say({ replyId, answer: 'send_again' }, 'Sending…')}
      />
      <AlertDialog
        open={asking === 'give_up'}
        onOpenChange={close}
        title="Give up this answer?"
        description={
          inDoubt
            ? 'Nothing more is sent, and nobody looks again. If it is at the network, it stays there.'
            : 'Nothing is sent. You can write another answer.'
        }
        confirm="Give up"
        onConfirm={() => say({ replyId, answer: 'give_up' }, 'Given up')}
      />
    </div>
  )
}
