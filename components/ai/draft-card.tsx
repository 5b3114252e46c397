'use client'

import { ExternalLink, Sparkles } from 'lucide-react'
import { useState, type RefObject } from 'react'
import { keepChanged, putBack, useChanged, useEarlier } from '@/components/inbox/drafts'
import { backToThread } from '@/components/inbox/thread-keys'
import type { HoldOnIt } from '@/components/inbox/use-hold'
import { useShortcut } from '@/components/shell/shortcuts'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field, Problems } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { approveDraftAction, cancelReplyAction } from '@/lib/inbox/actions'
import type { DraftCard, DraftDesk } from '@/lib/inbox/schema'
import { money } from './money'
import { RejectDraft } from './reject-draft'

type Props = {
  readonly workspace: string
  readonly draft: DraftCard
  /** What came between it and what it answers. */
  readonly overtaken?: NonNullable<DraftDesk['over']>['why']
  readonly hold: HoldOnIt
  /** Who else answers right now. */
  readonly holder: string | undefined
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>
  readonly maySend: boolean
  readonly drafting: boolean
  readonly onTouched: () => void
  readonly onAgain: () => void
  readonly onDone: () => Promise<void>
}

const origins = { model: 'Draft by AI', saved: 'Saved answer', template: 'Template, not written by AI' } as const

const overtakenInWords: Readonly<Record<NonNullable<DraftDesk['over']>['why'], string>> = {
  answered: 'They have been answered since.',
  edited: 'They changed what they said since.',
  deleted: 'What it answers was taken away since.',
  done: 'The conversation was done since.',
}

/** A drafted answer: to be sent, changed, drafted anew or rejected. What a person changes is kept until it is decided. */
export function DraftCardView(props: Props) {
  const { workspace, draft, overtaken, hold, holder, fieldRef, maySend, drafting } = props
  const { onTouched, onAgain, onDone } = props
  const text = useChanged(workspace, draft.messageId, draft)
  const earlier = useEarlier(workspace, draft.messageId, draft.id)
  const [rejecting, setRejecting] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ readonly message: string; readonly mayInsist: boolean }>()

  const insists = overtaken !== undefined || holder !== undefined || (problem?.mayInsist ?? false)
  const forget = () => keepChanged(workspace, draft.messageId, draft.id, undefined)

  async function use() {
    if (busy || text.trim() === '') return
    setBusy(true)
    const evenSo = insists
    const asked = { draftId: draft.id, text, evenSo, fence: await hold.fenceOf() }
    const sent = await answerOf(approveDraftAction(workspace, asked))
    setBusy(false)
    if (!sent.ok) return setProblem({ message: sent.error.message, mayInsist: sent.error.fields?.evenSo !== undefined })
    setProblem(undefined)
    forget()
    hold.release()
    hold.begin()
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

  useShortcut({ keys: 'shift+d', label: 'Send the draft', group: 'Inbox' }, () => void use(), text.trim() === '')
  useShortcut(
    { keys: 'shift+x', label: 'Reject the draft', group: 'Inbox' },
    () => setRejecting(true),
    overtaken !== undefined,
  )

  return (
    <div className="flex flex-col gap-2 rounded-card border bg-sunken p-3">
      <div className="flex flex-wrap items-center gap-2 text-meta text-text-2">
        <Badge tone={draft.origin === 'template' ? 'review' : 'draft'}>
          <Sparkles aria-hidden /> {origins[draft.origin]}
        </Badge>
        <span className="tabular-nums">{Math.round(draft.confidence * 100)} % sure</span>
        <span className="tabular-nums">
          {draft.costMicros === 0 ? 'cost nothing' : `cost ${money(draft.costMicros)}`}
        </span>
      </div>
      {overtaken && <Callout tone="review">{overtakenInWords[overtaken]} Your words are kept here.</Callout>}
      {draft.fallback && <Callout tone="review">{draft.fallback}</Callout>}
      {earlier.trim() !== '' && earlier !== text && (
        <Callout
          action={
            <Button size="small" onClick={() => putBack(workspace, draft.messageId, draft.id)}>
              Use my words
            </Button>
          }
        >
          This draft is newer than the one you were changing.
        </Callout>
      )}
      <Field label="Drafted answer" labelHidden problems={problem ? [problem.message] : []}>
        <Textarea
          ref={fieldRef}
          rows={3}
          className="max-h-60 min-h-20 bg-surface"
          value={text}
          onChange={({ target }) => {
            keepChanged(workspace, draft.messageId, draft.id, target.value)
            setProblem(undefined)
            onTouched()
            hold.take()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') backToThread(event.currentTarget)
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault()
              void use()
            }
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
        {overtaken ? (
          <Button size="small" variant="ghost" onClick={forget}>
            Drop it
          </Button>
        ) : (
          <RejectDraft
            workspace={workspace}
            draftId={draft.id}
            open={rejecting}
            onOpen={setRejecting}
            onDone={async () => {
              forget()
              await onDone()
            }}
          />
        )}
        {/* Beside what has given way stands the button that has one drafted. */}
        {!overtaken && (
          <Button size="small" variant="ghost" busy={drafting} onClick={onAgain}>
            Draft anew
          </Button>
        )}
        <Button
          size="small"
          className="ml-auto"
          busy={busy}
          disabledReason={text.trim() === '' ? 'Write something first.' : undefined}
          onClick={() => void use()}
        >
          {!maySend ? 'Ask for approval' : insists ? 'Send this draft all the same' : 'Send this draft'}
        </Button>
      </div>
    </div>
  )
}
