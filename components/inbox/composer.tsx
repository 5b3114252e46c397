'use client'

import { DraftPanel, type DraftHandle } from '@/components/ai/draft-panel'
import { Callout } from '@/components/ui/callout'
import { IconButton } from '@/components/ui/icon-button'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { ZonedTime } from '@/components/ui/time'
import { useShortcut } from '@/components/shell/shortcuts'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { Info, Lock, Reply, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Audience } from './audience'
import { clearOfNews } from './clear-of-news'
import { useDraft } from './drafts'
import { EarlyForm } from './early-form'
import { useHasSelection, useInboxPlace } from './inbox-context'
import { NoteForm } from './note-form'
import { ReplyForm } from './reply-form'
import { standingOn } from './thread-keys'
import { TemplateForm } from './template-form'
import type { Addressee } from './use-addressee'
import { useHold } from './use-hold'
import { useHolder } from './use-holder'
import { useFocusOnField, useHandOn, type Writing } from './use-writing'

type Props = {
  readonly conversation: ConversationDetail
  readonly addressee: Addressee
  readonly writing: Writing
  /** Ends the conversation once it is answered; undefined where that cannot be, or is done. */
  readonly onEnd: (() => void) | undefined
  readonly onChanged: () => Promise<void>
}

const closed = (rule: string | null) => ({ open: false, until: null, rule })
const publicOnly = closed('Only comments can be answered privately.')
const nobody = closed('The comment that you answer privately is gone. Choose another one, or answer publicly.')
const gone = closed('The message that you answer is gone. Choose another one.')
const noComment = closed('No comment here can be answered privately. Press R to answer publicly.')
const noMessage = 'There is no message of theirs to answer.'
const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Where an answer or a note is written. What the network allows is said before anybody types. */
export function Composer({ conversation, addressee, writing, onEnd, onChanged }: Props) {
  const { workspace, rights, timeZone } = useInboxPlace()
  const { mode, asked, fieldRef, write, turnTo, settle } = writing
  const { answering } = conversation
  const { to, privately, isRead, isLost, hasComments, answerPrivately } = addressee
  const isKnown = isRead || addressee.gone !== undefined
  const lost = !isKnown ? closed(null) : privately ? nobody : gone
  // In a chat everything is private. Elsewhere what was begun for one person must never stand under a public answer.
  const isForOne = asked === 'privately' && conversation.kind !== 'dm' && !privately
  const unmet = isRead && !hasComments ? noComment : closed(null)
  const unreachable = to?.unreachable
  const taken = privately ? (to?.privateAnswer ?? publicOnly) : answering
  const may = isForOne ? unmet : isLost ? lost : unreachable ? closed(unreachable) : taken
  // Words stay in sight also when they cannot go out any more: who is typing them would press keys of the page instead.
  const isWritten = useDraft(workspace, conversation.id) !== ''
  const isOpen = may.open || ((privately || isLost) && isWritten)
  const shown = isOpen && !isForOne ? (to ?? addressee.gone) : undefined
  const isEarly = isWritten || asked === 'answer' || isForOne || (!isRead && answering.open)
  const hold = useHold(conversation.id, conversation.holdFence)
  const holder = useHolder(conversation.heldBy) ?? hold.holder
  useEffect(() => {
    if (asked === undefined || !isRead) return
    if (isForOne && hasComments) answerPrivately()
    // Without a comment it stays asked for: the words have no other reader.
    if (!isForOne && (mode === 'note' || shown)) settle()
  })
  useFocusOnField(writing)
  useHandOn(writing)
  useShortcut(
    { keys: 'r', label: 'Reply, also to an earlier message that you went to', group: 'Inbox' },
    () => {
      const line = standingOn()
      if (line) addressee.answer(line)
      write('answer')
    },
    !rights.draft,
  )
  useShortcut(
    { keys: 'shift+r', label: 'Reply privately to a comment', group: 'Inbox' },
    () => {
      if (isRead) answerPrivately(standingOn())
      write('privately')
    },
    !rights.draft || answering.privateText === null || (isRead && !hasComments),
  )
  const mayDraft = may.open && !privately && to !== undefined && rights.draft
  const draft = useRef<DraftHandle>(null)
  // A note has neither: who asks for one is about to answer.
  useShortcut(
    { keys: 'd', label: 'Draft an answer, or go to the draft', group: 'Inbox' },
    () => {
      // It is there once the answer is.
      flushSync(() => turnTo('answer'))
      draft.current?.begin()
    },
    !mayDraft,
  )
  const [running, setRunning] = useState(false)
  const hasSelection = useHasSelection()
  useShortcut(
    { keys: 'm', label: 'Macros', group: 'Inbox' },
    () => {
      turnTo('answer')
      setRunning(true)
    },
    !shown || !rights.triage || hasSelection,
  )
  useShortcut({ keys: 'n', label: 'Write a note', group: 'Inbox' }, () => write('note'), !rights.triage)
  if (!rights.draft && !rights.triage)
    return (
      <div className="border-t p-3">
        <Callout>Viewers read the inbox; ask an admin for another role to answer.</Callout>
      </div>
    )
  return (
    <div
      ref={clearOfNews}
      // The draft gives way to what is answered; the field and its button do not, unless there is no room for both.
      className="flex flex-col gap-2 overflow-x-hidden overflow-y-auto border-t bg-surface px-4 py-3 has-[form]:min-h-40"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <SegmentedControl
          label="What you write"
          value={mode}
          onChange={turnTo}
          segments={[
            { value: 'answer', label: 'Answer', icon: <Reply aria-hidden /> },
            { value: 'note', label: 'Note', icon: <Lock aria-hidden /> },
          ]}
        />
        {mode === 'answer' && rights.draft && (privately || to?.privateAnswer) && (
          <Audience
            privately={privately}
            onChange={(alone) => {
              turnTo('answer')
              if (alone) answerPrivately()
              else addressee.answerPublicly()
            }}
          />
        )}
        {mode === 'answer' && may.open && may.until && (
          <p className="text-meta text-text-3">
            Possible until <ZonedTime at={may.until} zone={timeZone} pattern="EEE d MMM, HH:mm" zoneHidden />
          </p>
        )}
        {mode === 'note' && <p className="text-meta text-text-3">Only your team sees notes.</p>}
      </div>
      {mode === 'answer' && may.rule && <Rule open={may.open}>{may.rule}</Rule>}
      {mode === 'answer' && addressee.isNamed && to && (
        <p className="flex items-center gap-1.5 text-table text-text-2">
          <Reply aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">
            To {to.author.name || 'somebody'}: “{excerpt(to.text)}”
          </span>
          {!addressee.isLast && (
            <IconButton
              size="small"
              label={privately ? 'Answer the last message publicly instead' : 'Answer the last message instead'}
              icon={<X />}
              onClick={addressee.answerLast}
            />
          )}
        </p>
      )}
      {mode === 'answer' && mayDraft && (
        <div data-yields className="-mx-2 max-h-[50dvh] overflow-y-auto px-2 has-[textarea]:min-h-32">
          <DraftPanel
            key={to.id}
            workspace={workspace}
            conversationId={conversation.id}
            messageId={to.id}
            hold={hold}
            holder={holder}
            maySend={rights.reply}
            ref={draft}
            onTouched={() => addressee.answer(to.id)}
            onChanged={onChanged}
          />
        </div>
      )}
      {mode === 'note' ? (
        <NoteForm
          conversationId={conversation.id}
          fieldRef={fieldRef}
          onAdded={() => turnTo('answer')}
          onChanged={onChanged}
        />
      ) : shown ? (
        <ReplyForm
          conversation={conversation}
          message={shown}
          privately={privately}
          refusal={may.open ? undefined : (may.rule ?? undefined)}
          hold={hold}
          holder={holder}
          fieldRef={fieldRef}
          running={running}
          onRunning={setRunning}
          onEnd={onEnd}
          onChanged={onChanged}
        />
      ) : (
        rights.draft &&
        isEarly && (
          <EarlyForm
            conversationId={conversation.id}
            writing={writing}
            refusal={(!may.open && may.rule) || (isRead ? noMessage : 'The conversation is still being read.')}
          />
        )
      )}
      {mode === 'answer' && !privately && !answering.open && answering.templates && to && !unreachable && (
        <TemplateForm conversation={conversation} message={to} hold={hold} onChanged={onChanged} />
      )}
      {mode === 'answer' && !privately && answering.open && isRead && !to && !isLost && (
        <p className="text-table text-text-3">{noMessage}</p>
      )}
    </div>
  )
}

/** What the network allows. A closed door is a warning; an open one is worth a line. */
function Rule({ open, children }: { readonly open: boolean; readonly children: string }) {
  if (!open) return <Callout tone="review">{children}</Callout>
  return (
    <p className="flex items-start gap-1.5 text-meta text-pretty text-text-3">
      <Info aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {children}
    </p>
  )
}
