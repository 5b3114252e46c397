'use client'

import { DraftPanel } from '@/components/ai/draft-panel'
import { Callout } from '@/components/ui/callout'
import { IconButton } from '@/components/ui/icon-button'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { ZonedTime } from '@/components/ui/time'
import { useShortcut } from '@/components/shell/shortcuts'
import type { ConversationDetail } from '@/lib/inbox/schema'
import { Info, Lock, Reply, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Audience } from './audience'
import { useDraft } from './drafts'
import { useInboxPlace } from './inbox-context'
import { NoteForm } from './note-form'
import { ReplyForm } from './reply-form'
import { standingOn } from './thread-keys'
import { TemplateForm } from './template-form'
import type { Addressee } from './use-addressee'
import { useHold } from './use-hold'
import { useHolder } from './use-holder'

type Props = {
  readonly conversation: ConversationDetail
  readonly addressee: Addressee
  readonly onChanged: () => Promise<void>
}

const closed = (rule: string | null) => ({ open: false, until: null, rule })
const publicOnly = closed('Only comments can be answered privately.')
const nobody = closed('The comment that you answer privately is gone. Choose another one, or answer publicly.')
const gone = closed('The message that you answer is gone. Choose another one.')
const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Where an answer or a note is written. What the network allows is said before anybody types. */
export function Composer({ conversation, addressee, onChanged }: Props) {
  const { workspace, rights, timeZone } = useInboxPlace()
  const [mode, setMode] = useState<'answer' | 'note'>('answer')
  const field = useRef<HTMLTextAreaElement>(null)
  const { answering } = conversation
  const { to, privately, isRead, isLost, answerPrivately } = addressee
  const isKnown = isRead || addressee.gone !== undefined
  const lost = !isKnown ? closed(null) : privately ? nobody : gone
  const may = isLost ? lost : privately ? (to?.privateAnswer ?? publicOnly) : answering
  // Words stay in sight also when they cannot go out any more: who is typing them would press keys of the page instead.
  const isWritten = useDraft(workspace, conversation.id) !== ''
  const shown = may.open || ((privately || isLost) && isWritten) ? (to ?? addressee.gone) : undefined
  const hold = useHold(conversation.id, conversation.holdFence)
  const holder = useHolder(conversation.heldBy) ?? hold.holder
  // What a key asked for and could not have yet: the other mode's field comes with the change, comments once they are read.
  const wanted = useRef<'field' | 'comment'>(undefined)
  useEffect(() => {
    if (wanted.current === 'comment' && isRead) {
      answerPrivately()
      wanted.current = 'field'
    }
    if (wanted.current !== 'field') return
    field.current?.focus()
    if (field.current || isRead) wanted.current = undefined
  })
  const write = (next: 'answer' | 'note', want: 'field' | 'comment' = 'field') => {
    setMode(next)
    if (next === mode && want === 'field' && field.current) field.current.focus()
    else wanted.current = want
  }
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
      answerPrivately(standingOn())
      write('answer', isRead ? 'field' : 'comment')
    },
    !rights.draft || answering.privateText === null || (isRead && !addressee.hasComments),
  )
  useShortcut({ keys: 'n', label: 'Write a note', group: 'Inbox' }, () => write('note'), !rights.triage)
  if (!rights.draft && !rights.triage)
    return (
      <div className="border-t p-3">
        <Callout>Viewers read the inbox; ask an admin for another role to answer.</Callout>
      </div>
    )
  return (
    <div className="flex flex-col gap-2 border-t bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <SegmentedControl
          label="What you write"
          value={mode}
          onChange={(next) => {
            wanted.current = undefined
            setMode(next)
          }}
          segments={[
            { value: 'answer', label: 'Answer', icon: <Reply aria-hidden /> },
            { value: 'note', label: 'Note', icon: <Lock aria-hidden /> },
          ]}
        />
        {mode === 'answer' && rights.draft && (privately || to?.privateAnswer) && (
          <Audience
            privately={privately}
            onChange={(alone) => {
              wanted.current = undefined
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
      {mode === 'answer' && answering.open && !privately && to && rights.draft && (
        <DraftPanel
          key={to.id}
          workspace={workspace}
          conversationId={conversation.id}
          messageId={to.id}
          hold={hold}
          holder={holder}
          maySend={rights.reply}
          onTouched={() => addressee.answer(to.id)}
          onChanged={onChanged}
        />
      )}
      {mode === 'note' ? (
        <NoteForm conversationId={conversation.id} fieldRef={field} onChanged={onChanged} />
      ) : (
        shown && (
          <ReplyForm
            conversation={conversation}
            message={shown}
            privately={privately}
            refusal={may.open ? undefined : (may.rule ?? undefined)}
            hold={hold}
            holder={holder}
            fieldRef={field}
            onChanged={onChanged}
          />
        )
      )}
      {mode === 'answer' && !privately && !answering.open && answering.templates && to && (
        <TemplateForm conversation={conversation} message={to} hold={hold} onChanged={onChanged} />
      )}
      {mode === 'answer' && !privately && answering.open && isRead && !to && !isLost && (
        <p className="text-table text-text-3">There is no message of theirs to answer.</p>
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
