'use client'

import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { holdAiAction } from '@/lib/inbox/actions'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { useQueryClient } from '@tanstack/react-query'
import { BotOff, UserRoundPen } from 'lucide-react'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'
import { inboxKey } from './use-inbox'

/** What AI may and may not do here: it left this to a person, or is kept out until somebody lets it in. */
export function AiStanding({ conversation }: { readonly conversation: ConversationDetail }) {
  const { workspace, rights } = useInboxPlace()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const { id: conversationId, aiHeld, escalatedAt } = conversation
  if (!aiHeld && !escalatedAt) return null

  async function letIn() {
    setBusy(true)
    const done = await answerOf(holdAiAction(workspace, { conversationId, held: false }))
    if (done.ok) toast.done('AI may help here again')
    else toast.failed(done.error.message)
    await client.invalidateQueries({ queryKey: inboxKey(workspace, 'conversation', conversationId) })
    setBusy(false)
  }

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-table text-text-2">
      {escalatedAt && (
        <span className="flex items-center gap-1.5 font-medium text-review">
          <UserRoundPen aria-hidden className="size-4 shrink-0" /> Escalated: AI left this to a person
        </span>
      )}
      {aiHeld && (
        <span className="flex items-center gap-1.5">
          <BotOff aria-hidden className="size-4 shrink-0" /> AI is kept out of this conversation
          {rights.triage && (
            <Button size="small" variant="ghost" busy={busy} onClick={() => void letIn()}>
              Let it in
            </Button>
          )}
        </span>
      )}
    </div>
  )
}
