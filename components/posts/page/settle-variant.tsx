'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button, LinkButton } from '@/components/ui/button'
import { ItIsThere } from '@/components/workspace/it-is-there'
import { useAct } from '@/components/workspace/use-act'
import { paths } from '@/lib/core/paths'
import { settleVariantAction } from '@/lib/posts/actions'
import type { VariantDetail } from '@/lib/posts/schema'
import { useState } from 'react'

type Props = {
  readonly workspace: string
  readonly variant: VariantDetail
  readonly network: string
  /** Why this person may not answer; undefined when they may. */
  readonly refusal?: string | undefined
}

/** What a person can say of a post that waits for them. Each answer says what follows before it is given. */
export function SettleVariant({ workspace, variant, network, refusal }: Props) {
  const [asking, setAsking] = useState<'there' | 'again' | 'give_up'>()
  const act = useAct()
  const close = () => setAsking(undefined)
  const { id: variantId, steps, reason, state } = variant
  const inDoubt = steps.some((step) => step.state === 'unknown')
  const isPart = steps.some((step) => step.state === 'done')
  const words = wordsFor({ inDoubt, isPart, isLate: reason?.kind === 'late', network })

  return (
    <div className="flex flex-wrap gap-2">
      {reason?.kind === 'reconnect' && (
        <LinkButton href={paths.account(workspace, variant.accountId)} variant="primary" size="small">
          Reconnect the account
        </LinkButton>
      )}
      {inDoubt && (
        <Button size="small" disabledReason={refusal} onClick={() => setAsking('there')}>
          It is there
        </Button>
      )}
      <Button size="small" disabledReason={refusal} onClick={() => setAsking('again')}>
        {words.again}
      </Button>
      {state === 'needs_person' && (
        <Button size="small" disabledReason={refusal} onClick={() => setAsking('give_up')}>
          {words.giveUp}
        </Button>
      )}
      {asking === 'there' && (
        <ItIsThere
          thing="post"
          network={network}
          onClose={close}
          onSay={(url) =>
            act(settleVariantAction(workspace, { variantId, answer: 'there', url }), 'Settled: it is there')
          }
        />
      )}
      <AlertDialog
        open={asking === 'again'}
        onOpenChange={close}
        title={inDoubt ? 'Send it again?' : `${words.again}?`}
        description={words.afterAgain}
        confirm={inDoubt ? 'Send again' : words.again}
        onConfirm={async () => {
          await act(settleVariantAction(workspace, { variantId, answer: 'send_again' }), 'Sending…')
        }}
      />
      <AlertDialog
        open={asking === 'give_up'}
        onOpenChange={close}
        title={isPart ? 'Leave it as it is?' : 'Give up this post?'}
        description={words.afterGiveUp}
        confirm={words.giveUp}
        onConfirm={async () => {
          await act(
            settleVariantAction(workspace, { variantId, answer: 'give_up' }),
            isPart ? 'Left as it is' : 'Given up',
          )
        }}
      />
    </div>
  )
}

type Situation = {
  readonly inDoubt: boolean
  readonly isPart: boolean
  readonly isLate: boolean
  readonly network: string
}

function wordsFor({ inDoubt, isPart, isLate, network }: Situation) {
  const again = inDoubt ? 'It is not: send again' : isPart ? 'Send the rest' : isLate ? 'Send now' : 'Send again'
  const afterAgain = inDoubt
    ? `Only if you looked at ${network} and it is not there. If it is there after all, people will see it twice.`
    : isPart
      ? 'What is published stays; the parts that are missing go out within seconds, below it.'
      : isLate
        ? 'It goes out within seconds, although its time has passed.'
        : `${network} gets it again within seconds, word for word.`
  return {
    again,
    afterAgain,
    giveUp: isPart ? 'Leave it so' : 'Give up',
    afterGiveUp: isPart
      ? 'The parts that are published stay. The others are never sent.'
      : inDoubt
        ? `Nothing more is sent, and nobody looks again. If it is at ${network}, it stays there and counts as given up here.`
        : `Nothing is sent to ${network}. You can duplicate the post later.`,
  }
}
