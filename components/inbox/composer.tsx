'use client'

import { DraftPanel } from '@/components/ai/draft-panel'
import { Callout } from '@/components/ui/callout'
import { IconButton } from '@/components/ui/icon-button'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { ZonedTime } from '@/components/ui/time'
import { useShortcut } from '@/components/shell/shortcuts'
import type { ConversationDetail, ThreadMessage } from '@/lib/inbox/schema'
import { Info, Lock, Reply, X } from 'lucide-react'
import { useEffect, useReducer, useRef, useState } from 'react'
import { Audience } from './audience'
import { useInboxPlace } from './inbox-context'
import { NoteForm } from './note-form'
import { ReplyForm } from './reply-form'
import { standingOn } from './thread-keys'
import { TemplateForm } from './template-form'
import { useHold } from './use-hold'
import { useHolder } from './use-holder'

type Props = {
  readonly conversation: ConversationDetail
  /** The message that is answered; undefined when nothing of theirs is left to answer. */
  readonly to: ThreadMessage | undefined
  /** What was said is here, and not still on its way. */
  readonly isRead: boolean
  /** A message was chosen that is not their last one. */
  readonly isChosen: boolean
  readonly onAnswer: (messageId: string) => void
  readonly onLast: () => void
  readonly onChanged: () => Promise<void>
}

const publicOnly = { open: false, until: null, rule: 'This is answered in public only.' }
const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Where an answer or a note is written. What the network allows is said before anybody types. */
export function Composer({ conversation, to, isRead, isChosen, onAnswer, onLast, onChanged }: Props) {
  const { workspace, rights, timeZone } = useInboxPlace()
  const [mode, setMode] = useState<'answer' | 'note'>('answer')
  // Stays as it was chosen: words meant for one person never go to all because something else was said meanwhile.
  const [privately, setPrivately] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const { answering } = conversation
  const may = privately ? (to?.privateAnswer ?? publicOnly) : answering
  const hold = useHold(conversation.id, conversation.holdFence)
  const holder = useHolder(conversation.heldBy) ?? hold.holder
  // The field of the other mode is only there after the change, and that of an answer once the messages are.
  const wanted = useRef(false)
  const [, look] = useReducer((looks: number) => looks + 1, 0)
  useEffect(() => {
    if (!wanted.current || !field.current) return
    wanted.current = false
    field.current.focus()
  })
  const write = (next: 'answer' | 'note') => {
    setMode(next)
    wanted.current = true
    look()
  }
  useShortcut(
    { keys: 'r', label: 'Reply, also to an earlier message that you went to', group: 'Inbox' },
    () => {
      const line = standingOn()
      if (line) onAnswer(line)
      write('answer')
    },
    !rights.draft,
  )
  const choose = (alone: boolean, id = to?.id) => {
    setPrivately(alone)
    // What is answered privately is that comment, whatever comes in.
    if (alone && id) onAnswer(id)
  }
  useShortcut(
    { keys: 'shift+r', label: 'Reply privately to a comment', group: 'Inbox' },
    () => {
      choose(true, standingOn() ?? to?.id)
      write('answer')
    },
    !rights.draft || answering.privateText === null,
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
          onChange={setMode}
          segments={[
            { value: 'answer', label: 'Answer', icon: <Reply aria-hidden /> },
            { value: 'note', label: 'Note', icon: <Lock aria-hidden /> },
          ]}
        />
        {mode === 'answer' && rights.draft && (privately || to?.privateAnswer) && (
          <Audience privately={privately} onChange={choose} />
        )}
        {mode === 'answer' && may.open && may.until && (
          <p className="text-meta text-text-3">
            Possible until <ZonedTime at={may.until} zone={timeZone} pattern="EEE d MMM, HH:mm" zoneHidden />
          </p>
        )}
        {mode === 'note' && <p className="text-meta text-text-3">Only your team sees notes.</p>}
      </div>
      {mode === 'answer' && may.rule && <Rule open={may.open}>{may.rule}</Rule>}
      {mode === 'answer' && isChosen && to && (
        <p className="flex items-center gap-1.5 text-table text-text-2">
          <Reply aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">
            To {to.author.name}: “{excerpt(to.text)}”
          </span>
          <IconButton size="small" label="Answer the last message instead" icon={<X />} onClick={onLast} />
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
          onChanged={onChanged}
        />
      )}
      {mode === 'note' ? (
        <NoteForm conversationId={conversation.id} fieldRef={field} onChanged={onChanged} />
      ) : (
        may.open &&
        to && (
          <ReplyForm
            conversation={conversation}
            message={to}
            privately={privately}
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
      {mode === 'answer' && answering.open && isRead && !to && (
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
