'use client'

import { Button } from '@/components/ui/button'
import { answerOf } from '@/components/workspace/answer-of'
import { answerAlikeAction } from '@/lib/inbox/actions'
import { mostAnswered, type AlikeReport, type ConversationDetail } from '@/lib/inbox/schema'
import { ReplyAll } from 'lucide-react'
import { useState } from 'react'
import { AlikeReportDialog } from './alike-report'
import { useInboxPlace } from './inbox-context'
import { WriteAlikeDialog } from './write-alike'

type Props = {
  readonly conversation: ConversationDetail
  readonly onOpen: (id: string) => void
  readonly onSent: (ids: readonly string[]) => Promise<void>
}

/** Answers everybody who says nearly the same, at once. */
export function AnswerAlike({ conversation: { id, alike }, onOpen, onSent }: Props) {
  const { workspace, rights } = useInboxPlace()
  const [step, setStep] = useState<'write' | AlikeReport | null>(null)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function send(conversationIds: readonly string[]) {
    setBusy(true)
    const asked = { conversationId: id, conversationIds: [...conversationIds], text }
    const sent = await answerOf(answerAlikeAction(workspace, asked))
    setBusy(false)
    // Pressed again it sends nothing twice, so the words stay until the server has them.
    if (!sent.ok) return setProblem(sent.error.message)
    setProblem(undefined)
    setText('')
    setStep(sent.value)
    await onSent(conversationIds)
  }

  return (
    <>
      <Button
        size="small"
        className="shrink-0"
        icon={<ReplyAll aria-hidden />}
        disabledReason={rights.reply ? undefined : 'Your role writes answers for approval, one at a time.'}
        onClick={() => setStep('write')}
      >
        Answer all {Math.min(alike + 1, mostAnswered)}
      </Button>
      {step === 'write' && (
        <WriteAlikeDialog
          conversationId={id}
          text={text}
          problem={problem}
          busy={busy}
          onText={(words) => {
            setText(words)
            setProblem(undefined)
          }}
          onSend={(ids) => void send(ids)}
          onOpen={onOpen}
          onClose={() => setStep(null)}
        />
      )}
      {step !== null && step !== 'write' && (
        <AlikeReportDialog report={step} onOpen={onOpen} onChanged={onSent} onClose={() => setStep(null)} />
      )}
    </>
  )
}
