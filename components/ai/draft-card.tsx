'use client'

import { ExternalLink, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field, Problems } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { approveDraftAction, cancelReplyAction } from '@/lib/inbox/actions'
import type { DraftCard } from '@/lib/inbox/schema'
import { money } from './money'
import { RejectDraft } from './reject-draft'

type Props = {
  readonly workspace: string
  readonly draft: DraftCard
  readonly maySend: boolean
  readonly drafting: boolean
  readonly onAgain: () => void
  readonly onDone: () => Promise<void>
}

const origins = { model: 'Draft by AI', saved: 'Saved answer', template: 'Template, not written by AI' } as const

/** A drafted answer: to be sent, changed, drafted anew or rejected. */
export function DraftCardView({ workspace, draft, maySend, drafting, onAgain, onDone }: Props) {
  const [text, setText] = useState(draft.text)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ readonly message: string; readonly mayInsist: boolean }>()

  async function use() {
    if (busy) return
    setBusy(true)
    const asked = { draftId: draft.id, text, evenSo: problem?.mayInsist ?? false }
    const sent = await answerOf(approveDraftAction(workspace, asked))
    setBusy(false)
    if (!sent.ok) return setProblem({ message: sent.error.message, mayInsist: sent.error.fields?.evenSo !== undefined })
    setProblem(undefined)
    const { replyId, sends } = sent.value
    const takeBack = async () => {
      const done = await answerOf(cancelReplyAction(workspace, { replyId }))
      if (!done.ok) toast.failed(done.error.message)
      await onDone()
    }
    toast.done(sends ? 'The answer goes out in a moment' : 'The answer waits for approval', {
      label: 'Take it back',
      run: takeBack,
    })
    await onDone()
  }

  return (
    <div className="flex max-h-[50dvh] flex-col gap-2 overflow-y-auto rounded-card border bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-2 text-meta text-text-2">
        <Badge tone={draft.origin === 'template' ? 'review' : 'draft'}>
          <Sparkles aria-hidden /> {origins[draft.origin]}
        </Badge>
        <span className="tabular-nums">{Math.round(draft.confidence * 100)} % sure</span>
        <span className="tabular-nums">
          {draft.costMicros === 0 ? 'cost nothing' : `cost ${money(draft.costMicros)}`}
        </span>
      </div>
      {draft.fallback && <Callout tone="review">{draft.fallback}</Callout>}
      <Field label="Drafted answer" labelHidden problems={problem ? [problem.message] : []}>
        <Textarea
          rows={3}
          className="max-h-60 min-h-20 bg-surface"
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setProblem(undefined)
          }}
        />
      </Field>
      <Problems problems={text === draft.text ? draft.problems.map(({ message }) => message) : []} />
      <ul aria-label="Reasons" className="flex list-disc flex-col gap-0.5 pl-5 text-meta text-text-2">
        {draft.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {draft.sources.map(({ id, title, url }) => (
          <li key={id}>
            From the knowledge base:{' '}
            {url ? (
              <a className="link" href={url} target="_blank" rel="noreferrer">
                {title} <ExternalLink aria-hidden className="inline size-3" />
              </a>
            ) : (
              title
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <RejectDraft workspace={workspace} draftId={draft.id} onDone={onDone} />
        <Button size="small" variant="ghost" busy={drafting} onClick={onAgain}>
          Draft anew
        </Button>
        <Button
          size="small"
          className="ml-auto"
          busy={busy}
          disabledReason={text.trim() === '' ? 'Write something first.' : undefined}
          onClick={() => void use()}
        >
          {!maySend ? 'Ask for approval' : problem?.mayInsist ? 'Send all the same' : 'Send this draft'}
        </Button>
      </div>
    </div>
  )
}
