'use client'

import { useNow } from '@/components/ui/use-now'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { undoNewest } from '@/components/ui/undos'
import { answerOf } from '@/components/workspace/answer-of'
import type { Result } from '@/lib/core/result'
import { approveReplyAction, cancelReplyAction, tryReplyAgainAction } from '@/lib/inbox/actions'
import type { ReplyCard } from '@/lib/inbox/schema'
import { useEffect, useRef, useState } from 'react'
import { useInboxPlace } from './inbox-context'
import { TurnDown } from './turn-down'

type Props = {
  readonly reply: ReplyCard
  readonly onChanged: () => Promise<void>
}
type Editable = Props & { readonly editing: boolean; readonly onEditing: (editing: boolean) => void }

type Insisting = { readonly evenSo: boolean; readonly despiteRefusal: boolean }
const nothing: Insisting = { evenSo: false, despiteRefusal: false }

/** Does it and shows what became of it; says why when it was not done, and whether the next press insists. */
function useDecision(onChanged: () => Promise<void>) {
  const [busy, setBusy] = useState(false)
  const [insisting, setInsisting] = useState(nothing)
  const decide = async <T,>(
    ask: (given: Insisting) => Promise<Result<T>>,
    done: string | ((value: T) => string),
  ): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    const answer = await answerOf(ask(insisting))
    if (answer.ok) toast.done(typeof done === 'string' ? done : done(answer.value))
    else toast.failed(answer.error.message)
    const fields = answer.ok ? undefined : answer.error.fields
    // What one was told of before stays insisted on: there may be two things to be told of.
    setInsisting((before) =>
      fields?.evenSo
        ? { ...before, evenSo: true }
        : fields?.despiteRefusal
          ? { ...before, despiteRefusal: true }
          : nothing,
    )
    await onChanged()
    setBusy(false)
    return answer.ok
  }
  return { busy, insists: insisting.evenSo || insisting.despiteRefusal, decide }
}

export function TakeBack({ reply, isLast, onChanged }: Props & { readonly isLast: boolean }) {
  const { workspace } = useInboxPlace()
  const { busy, decide } = useDecision(onChanged)
  const takeBack = () => void decide(() => cancelReplyAction(workspace, { replyId: reply.id }), backWords)
  // What was done since, or the answer with its words, goes before an answer whose news is gone.
  useShortcut(
    { keys: 'z', label: 'Take the last answer back', group: 'Inbox' },
    () => {
      if (!undoNewest()) takeBack()
    },
    !isLast,
  )
  const now = useNow(500)
  const left = now === undefined ? 0 : Math.ceil((new Date(reply.sendAt).getTime() - now) / 1_000)
  return (
    <Button size="small" busy={busy} onClick={takeBack}>
      Take it back
      {left > 0 && <span className="text-text-3 tabular-nums">{leftWords(left)}</span>}
    </Button>
  )
}

const backWords = ({ cancelled }: { readonly cancelled: boolean }): string =>
  cancelled
    ? 'Taken back: nothing was sent'
    : 'Taken back, but an earlier try may have arrived: we look, and say here what became of it'

const leftWords = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7_200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3_600)} h`

/** Approves what waits for it, as it is or with other words, or turns it down with a word on why. */
export function Decide({ reply, editing, onEditing, onChanged }: Editable) {
  const { workspace, rights } = useInboxPlace()
  const { busy, insists, decide } = useDecision(onChanged)
  const { id: replyId } = reply
  const approve = (text?: string) =>
    decide(
      (given) => approveReplyAction(workspace, { replyId, ...given, ...(text === undefined ? {} : { text }) }),
      'Approved: it goes out in a moment',
    )
  const label = insists ? 'Send all the same' : 'Approve and send'
  if (editing)
    return <EditWords reply={reply} busy={busy} label={label} onSend={approve} onClose={() => onEditing(false)} />
  return (
    <>
      <TurnDown
        busy={busy}
        onTurnDown={(reason) =>
          decide(
            () => cancelReplyAction(workspace, { replyId, ...(reason ? { reason } : {}) }),
            'Turned down: nothing was sent',
          )
        }
      />
      {rights.reply && (
        <Button size="small" onClick={() => onEditing(true)}>
          Change
        </Button>
      )}
      <Button
        size="small"
        variant="primary"
        busy={busy}
        disabledReason={rights.reply ? undefined : 'Only owners, admins and managers approve answers.'}
        onClick={() => void approve()}
      >
        {label}
      </Button>
    </>
  )
}

/** Says again what the network refused. */
export function TryAgain({ reply, editing, onEditing, onChanged }: Editable) {
  const { workspace, rights } = useInboxPlace()
  const { busy, insists, decide } = useDecision(onChanged)
  const again = (text?: string) =>
    decide(
      (given) =>
        tryReplyAgainAction(workspace, { replyId: reply.id, ...given, ...(text === undefined ? {} : { text }) }),
      rights.reply ? 'The answer goes out in a moment' : 'The answer waits for approval',
    )
  const label = insists ? 'Send all the same' : 'Try again'
  if (editing)
    return <EditWords reply={reply} busy={busy} label={label} onSend={again} onClose={() => onEditing(false)} />
  return (
    <>
      <Button size="small" onClick={() => onEditing(true)}>
        Change
      </Button>
      <Button size="small" busy={busy} onClick={() => void again()}>
        {label}
      </Button>
    </>
  )
}

type EditProps = {
  readonly reply: ReplyCard
  readonly busy: boolean
  readonly label: string
  readonly onSend: (text: string) => Promise<boolean>
  readonly onClose: () => void
}

/** The words of an answer that somebody else wrote, or that were refused, to be changed before they go out. */
function EditWords({ reply, busy, label, onSend, onClose }: EditProps) {
  const [text, setText] = useState(reply.text)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const send = async () => {
    if (text.trim() !== '' && (await onSend(text))) onClose()
  }
  return (
    <form
      className="flex w-full min-w-64 flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label="Words of this answer" labelHidden problems={[]}>
        <Textarea
          ref={field}
          rows={3}
          className="max-h-60 min-h-20"
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose()
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault()
              void send()
            }
          }}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="small" onClick={onClose}>
          Cancel
        </Button>
        <Button
          size="small"
          type="submit"
          variant="primary"
          busy={busy}
          disabledReason={text.trim() === '' ? 'Write something first.' : undefined}
        >
          {label}
        </Button>
      </div>
    </form>
  )
}
