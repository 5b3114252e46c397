'use client'

import { CircleCheck, CircleDot, Clock } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { useAct } from '@/components/workspace/use-act'
import { assignConversationsAction, setStateAction } from '@/lib/inbox/actions'
import type { ConversationDetail } from '@/lib/inbox/schema'

type Props = {
  readonly slug: string
  readonly conversation: ConversationDetail
  readonly members: readonly { readonly id: string; readonly name: string }[]
  /** Why this person may not; undefined when they may. */
  readonly refusal: string | undefined
}

const nobody = 'nobody'
const dayMs = 24 * 60 * 60 * 1_000

/** What becomes of a conversation: whose it is, and where work on it stands. */
export function ConversationActions({ slug, conversation, members, refusal }: Props) {
  const act = useAct()
  const conversationIds = [conversation.id]
  const snooze = () => {
    const until = new Date(Date.now() + dayMs)
    return act(setStateAction(slug, { conversationIds, state: 'snoozed', until }), 'Snoozed until tomorrow')
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Assigned to"
        className="w-44"
        disabled={refusal !== undefined}
        options={[{ value: nobody, label: 'Nobody' }, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
        value={conversation.assigneeId ?? nobody}
        onChange={(to) =>
          void act(
            assignConversationsAction(slug, { conversationIds, assigneeId: to === nobody ? null : to }),
            'Assigned',
          )
        }
      />
      <Button icon={<Clock aria-hidden />} disabledReason={refusal} onClick={() => void snooze()}>
        Snooze a day
      </Button>
      {conversation.state === 'done' ? (
        <Button
          icon={<CircleDot aria-hidden />}
          disabledReason={refusal}
          onClick={() => void act(setStateAction(slug, { conversationIds, state: 'todo' }), 'Open again')}
        >
          Open again
        </Button>
      ) : (
        <Button
          icon={<CircleCheck aria-hidden />}
          disabledReason={refusal}
          onClick={() => void act(setStateAction(slug, { conversationIds, state: 'done' }), 'Done')}
        >
          Done
        </Button>
      )}
    </div>
  )
}
