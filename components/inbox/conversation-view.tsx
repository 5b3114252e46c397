import Link from 'next/link'
import { ArrowLeft } from 'lucide-react'
import { Callout } from '@/components/ui/callout'
import { StatusBadge } from '@/components/ui/status-badge'
import { ZonedTime } from '@/components/ui/time'
import type { ConversationDetail, MessageCard, NoteCard, ReplyCard } from '@/lib/inbox/schema'
import { ConversationActions } from './conversation-actions'
import { conversationLooks, kindLabel } from './inbox-looks'
import { MessageList } from './message-list'
import { NoteForm } from './note-form'
import { ReplyForm } from './reply-form'
import { ReplyList } from './reply-list'
import { WhyThisPriority } from './why-this-priority'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly back: string
  readonly conversation: ConversationDetail
  readonly messages: readonly MessageCard[]
  readonly replies: readonly ReplyCard[]
  readonly notes: readonly NoteCard[]
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly may: { readonly triage: boolean; readonly draft: boolean; readonly reply: boolean }
}

/** One conversation: what was said, what we answer, and what we say among ourselves. */
export function ConversationView({
  slug,
  timeZone,
  back,
  conversation,
  messages,
  replies,
  notes,
  members,
  may,
}: Props) {
  const { answering } = conversation
  const last = messages.findLast(({ own, deletedAt }) => !own && !deletedAt)
  const refusal = may.triage ? undefined : 'Viewers read the inbox; ask an admin for another role.'
  return (
    <section aria-label="Conversation" className="flex min-w-0 flex-col gap-4">
      <Link href={back} className="link flex items-center gap-1 text-table lg:hidden">
        <ArrowLeft aria-hidden className="size-4" /> All conversations
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-1">
          <h2 className="flex flex-wrap items-center gap-2 text-lead font-semibold">
            {conversation.contact?.name ?? conversation.accountHandle}
            <StatusBadge state={conversation.state} looks={conversationLooks} />
          </h2>
          <p className="text-table text-text-2">
            {kindLabel(conversation.kind)} to {conversation.accountHandle}
          </p>
          <WhyThisPriority conversation={conversation} />
        </div>
        <ConversationActions slug={slug} conversation={conversation} members={members} refusal={refusal} />
      </div>
      <MessageList messages={messages} timeZone={timeZone} />
      <ReplyList slug={slug} timeZone={timeZone} replies={replies} maySend={may.reply} />
      {answering.rule && <Callout>{answering.rule}</Callout>}
      {answering.open && last && may.draft && (
        <ReplyForm
          key={conversation.id}
          slug={slug}
          conversationId={conversation.id}
          messageId={last.id}
          maySend={may.reply}
        />
      )}
      {notes.length > 0 && (
        <ul aria-label="Private notes" className="flex flex-col gap-2 rounded-control bg-review-tint p-3 text-table">
          {notes.map((note) => (
            <li key={note.id} className="flex flex-col gap-0.5">
              <span className="break-words whitespace-pre-wrap">{note.text}</span>
              <span className="text-meta text-text-2">
                {members.find(({ id }) => id === note.authorId)?.name ?? 'Somebody'},{' '}
                <ZonedTime at={note.createdAt} zone={timeZone} pattern="d MMM, HH:mm" zoneHidden />
              </span>
            </li>
          ))}
        </ul>
      )}
      {may.triage && <NoteForm slug={slug} conversationId={conversation.id} />}
    </section>
  )
}
