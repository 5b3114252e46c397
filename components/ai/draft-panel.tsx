'use client'

import { Sparkles } from 'lucide-react'
import { useImperativeHandle, useRef, useState, type Ref } from 'react'
import type { HoldOnIt } from '@/components/inbox/use-hold'
import { useProblem } from '@/components/shell/online'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Kbd } from '@/components/ui/kbd'
import { intentInWords, type ReadingCard } from '@/lib/inbox/schema'
import { DraftCardView } from './draft-card'
import { OvertakenDraft } from './overtaken-draft'
import { useDraftDesk } from './use-draft-desk'

/** Has a draft made, or goes to the one that waits. */
export type DraftHandle = { readonly begin: () => void }

type Props = {
  readonly workspace: string
  readonly conversationId: string
  readonly messageId: string
  readonly hold: HoldOnIt
  /** Who else answers right now. */
  readonly holder: string | undefined
  /** False: what is used waits for somebody who may send it. */
  readonly maySend: boolean
  readonly ref: Ref<DraftHandle>
  /** Somebody begins to change it. */
  readonly onTouched: () => void
  readonly onChanged: () => Promise<void>
}

/** A draft you may send, with its reasons and its cost; or the button that has one made. */
export function DraftPanel(props: Props) {
  const { workspace, conversationId, messageId, hold, holder, maySend, ref, onTouched, onChanged } = props
  const { desk, again, draft } = useDraftDesk(workspace, conversationId)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useProblem()
  const field = useRef<HTMLTextAreaElement>(null)
  const waiting = desk.data?.draft?.messageId === messageId ? desk.data.draft : undefined
  const over = !waiting && desk.data?.over?.draft.messageId === messageId ? desk.data.over : undefined
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

  useImperativeHandle(ref, () => ({
    begin() {
      if (waiting) field.current?.focus()
      else void make(over !== undefined)
    },
  }))

  const card = {
    workspace,
    hold,
    holder,
    fieldRef: field,
    maySend,
    drafting: busy,
    onTouched,
    onAgain: () => void make(true),
    onDone: async () => {
      await again()
      await onChanged()
    },
  }

  return (
    <section aria-label="Draft by AI" className="flex flex-col gap-2">
      {reading && <Reading reading={reading} />}
      {problem && (
        <Callout tone="failed" role="alert">
          {problem}
        </Callout>
      )}
      {over && <OvertakenDraft key={over.draft.id} draft={over.draft} overtaken={over.why} {...card} />}
      {waiting ? (
        <DraftCardView key={waiting.id} draft={waiting} {...card} />
      ) : (
        <Button
          size="small"
          variant="ghost"
          className="self-start"
          icon={<Sparkles />}
          busy={busy}
          // Beside one that has given way another is wanted.
          onClick={() => void make(over !== undefined)}
        >
          Draft an answer
          <Kbd keys="d" className="touch:hidden" />
        </Button>
      )}
    </section>
  )
}

/** How a model reads it, where that differs from our own reading, and why AI left it to people. */
function Reading({ reading: { decision, reasons, model } }: { readonly reading: ReadingCard }) {
  const withdrawn = reasons.some((reason) => reason.startsWith('Not sent'))
  if (decision !== 'person' && !model && !withdrawn) return null
  return (
    <details className="text-table text-text-2" open={withdrawn}>
      <summary className="cursor-pointer">
        {decision === 'person'
          ? 'AI left this to a person'
          : withdrawn
            ? 'An automatic answer was not sent'
            : model?.disagrees
              ? 'A model reads this otherwise than Posthorn'
              : 'A model reads this as Posthorn does'}
      </summary>
      <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5">
        {reasons.filter(Boolean).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {model && (
          <li>
            A model reads it as {article(model.intent)} {intentInWords(model.intent)}, {feelingOf(model.sentiment)}
            {model.disagrees ? '; Posthorn’s own reading differs.' : ', as Posthorn does.'}
          </li>
        )}
      </ul>
    </details>
  )
}

const article = (word: string): string => (/^[aeiou]/.test(word) ? 'an' : 'a')
/** Feelings as the inbox tells them apart. */
const feelingOf = (sentiment: number): string =>
  sentiment < -0.2 ? 'negative' : sentiment > 0.2 ? 'positive' : 'neutral'
