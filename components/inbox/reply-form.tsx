'use client'

import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast'
import { fileProblems, type ConversationDetail, type MessageCard } from '@/lib/inbox/schema'
import { MessageCircleMore } from 'lucide-react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { Attached, AttachFiles } from './attached'
import { keepDraft, keepTo, toOf, useDraft, useFiles } from './drafts'
import { labelOf, useInboxPlace } from './inbox-context'
import { limitOf } from './reply-limit'
import { ReplyTools } from './reply-tools'
import { backToThread } from './thread-keys'
import type { HoldOnIt } from './use-hold'
import { useSendReply } from './use-send-reply'

type Props = {
  readonly conversation: ConversationDetail
  readonly message: MessageCard
  /** Its author alone reads the answer. */
  readonly privately: boolean
  /** Why it cannot go out any more; undefined when it can. */
  readonly refusal: string | undefined
  readonly hold: HoldOnIt
  /** Who else answers right now. */
  readonly holder: string | undefined
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>
  /** The macros are open. */
  readonly running: boolean
  readonly onRunning: (running: boolean) => void
  /** Ends the conversation; undefined where that cannot be, or is done. */
  readonly onEnd: (() => void) | undefined
  readonly onChanged: () => Promise<void>
}

/** Answers a message. What is typed is kept in this browser until it is sent; others are told that one is answering. */
export function ReplyForm(props: Props) {
  const { conversation, message, privately, refusal, hold, holder, fieldRef, running, onRunning, onEnd, onChanged } =
    props
  const { workspace, rights, accounts } = useInboxPlace()
  const text = useDraft(workspace, conversation.id)
  const write = (words: string) => {
    keepDraft(workspace, conversation.id, words)
    keepTo(workspace, conversation.id, { id: message.id, privately })
  }
  // Words typed before it was read are from now on for whom they stand under.
  useEffect(() => {
    if (text !== '' && !toOf(workspace, conversation.id))
      keepTo(workspace, conversation.id, { id: message.id, privately })
  }, [workspace, conversation.id, text, message.id, privately])
  const files = useFiles(workspace, conversation.id)
  const [picking, setPicking] = useState(false)
  /** The saved replies were opened from the field. */
  const bySlash = useRef(false)
  const { send, busy, problem, forget } = useSendReply({ conversation, message, hold, onChanged })
  const media = privately ? null : conversation.answering.media
  const { remaining, problems } = limitOf(
    conversation,
    text,
    privately ? (conversation.answering.privateText ?? undefined) : files.length > 0 ? media?.caption : undefined,
  )
  const fileTrouble = fileProblems(labelOf(accounts, conversation.accountId), files, media)
  const formRef = useRef<HTMLFormElement>(null)
  const answer = (andThen?: () => void) => {
    if (refusal !== undefined) return void toast.refused(refusal)
    const onSent = () => {
      // Whoever went to another conversation meanwhile is not called away from it.
      if (!formRef.current) return
      backToThread(formRef.current)
      andThen?.()
    }
    void send(text, holder !== undefined, { files, privately, onSent })
  }
  useShortcut(
    { keys: 'mod+shift+enter', label: 'Send the answer, and done', group: 'Inbox' },
    () => {
      // Only whoever stands in the words sends them.
      if (document.activeElement === fieldRef.current) answer(onEnd)
    },
    !onEnd,
  )
  const who = message.author.name || 'them'
  return (
    <form
      ref={formRef}
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        answer()
      }}
    >
      {holder && (
        <output className="flex items-center gap-1.5 text-table font-medium text-review">
          <MessageCircleMore aria-hidden className="size-4 shrink-0" />
          {holder} is answering this right now. Wait for them, or send yours all the same.
        </output>
      )}
      <Field
        label={privately ? `Your answer, for ${who} alone` : 'Your answer'}
        labelHidden
        problems={problem ? [problem] : [...problems, ...fileTrouble]}
      >
        <Textarea
          ref={fieldRef}
          rows={2}
          placeholder={privately ? `Only ${who} reads this…` : `Answer ${who}…`}
          className="max-h-72 min-h-16 keyboard:max-h-24"
          value={text}
          onChange={({ target }) => {
            write(target.value)
            forget()
            if (target.value !== '') hold.take()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') backToThread(event.currentTarget)
            // Pressed once more, it is the first sign of an answer.
            if (event.key === '/' && text === '' && !bySlash.current) {
              event.preventDefault()
              bySlash.current = true
              setPicking(true)
            } else bySlash.current = false
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !(event.shiftKey && onEnd)) {
              event.preventDefault()
              answer()
            }
          }}
        />
      </Field>
      <Attached conversation={conversation} files={files} />
      {files.length > 0 && media?.apart && (
        <p className="text-meta text-text-3">The file goes out as an answer of its own, beside your words.</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <ReplyTools
          conversationId={conversation.id}
          messageId={message.id}
          privately={privately}
          hold={hold}
          picking={picking}
          onPicking={setPicking}
          onPicked={(event) => {
            if (!bySlash.current) return
            // Who opened them from the field writes on there: elsewhere letters are commands.
            event.preventDefault()
            fieldRef.current?.focus()
          }}
          running={running}
          onRunning={onRunning}
          onInsert={(words) => {
            write(text.trim() ? `${text.trimEnd()}\n\n${words}` : words)
            hold.take()
            fieldRef.current?.focus()
          }}
          onChanged={onChanged}
        />
        {!privately && <AttachFiles conversation={conversation} messageId={message.id} files={files} />}
        <div className="ml-auto flex items-center gap-3">
          {remaining !== null && remaining < 60 && (
            <span className="text-meta tabular-nums text-text-3">{remaining} left</span>
          )}
          <Kbd keys="mod+enter" className="touch:hidden" />
          <Button type="submit" variant="primary" busy={busy} disabledReason={refusal}>
            {!rights.reply
              ? 'Ask for approval'
              : holder
                ? 'Send all the same'
                : privately
                  ? 'Send privately'
                  : 'Send answer'}
          </Button>
        </div>
      </div>
    </form>
  )
}
