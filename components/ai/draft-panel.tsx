'use client'

import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { ReadingCard } from '@/lib/inbox/schema'
import { DraftCardView } from './draft-card'
import { useDraftDesk } from './use-draft-desk'

type Props = {
  readonly workspace: string
  readonly conversationId: string
  readonly messageId: string
  /** False: what is used waits for somebody who may send it. */
  readonly maySend: boolean
  readonly onChanged: () => Promise<void>
}

/** A draft you may send, with its reasons and its cost; or the button that has one made. */
export function DraftPanel({ workspace, conversationId, messageId, maySend, onChanged }: Props) {
  const { desk, again, draft } = useDraftDesk(workspace, conversationId)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const waiting = desk.data?.draft?.messageId === messageId ? desk.data.draft : undefined
  const reading = desk.data?.reading

  async function make(anew: boolean) {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await draft(messageId, anew)
      await again()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The draft could not be made. Try again.')
    } finally {
      setBusy(false)
    }
  }

  return (
    <section aria-label="Draft by AI" className="flex flex-col gap-2">
      {reading && reading.decision === 'person' && <Escalation reading={reading} />}
      {problem && (
        <Callout tone="failed" role="alert">
          {problem}
        </Callout>
      )}
      {waiting ? (
        <DraftCardView
          key={waiting.id}
          workspace={workspace}
          draft={waiting}
          maySend={maySend}
          drafting={busy}
          onAgain={() => void make(true)}
          onDone={async () => {
            await again()
            await onChanged()
          }}
        />
      ) : (
        <Button
          size="small"
          variant="ghost"
          className="self-start"
          icon={<Sparkles />}
          busy={busy}
          onClick={() => void make(false)}
        >
          Draft an answer
        </Button>
      )}
    </section>
  )
}

/** Why AI left this to people, and where a model reads it otherwise than we do. */
function Escalation({ reading }: { readonly reading: ReadingCard }) {
  return (
    <details className="text-table text-text-2">
      <summary className="cursor-pointer">AI left this to a person</summary>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5">
        {reading.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {reading.model?.disagrees && (
          <li>A model reads it as a {reading.model.intent.replaceAll('_', ' ')}, otherwise than Posthorn does.</li>
        )}
      </ul>
    </details>
  )
}
