'use client'

import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Said } from '@/components/ui/said'
import { ZonedTime } from '@/components/ui/time'
import type { MessageCard, Quote, ReplyCard, ThreadMessage } from '@/lib/inbox/schema'
import { ExternalLink, Reply, Star, ThumbsDown, ThumbsUp } from 'lucide-react'
import { Privately } from './audience'
import { HideMessage, hidingWords } from './hide-message'
import { useInboxPlace } from './inbox-context'
import { intentLabel } from './inbox-looks'
import { MessageMedia } from './message-media'
import { Quoted } from './quoted'
import { Automatic } from './automatic'
import { authorOf } from './reply-author'
import { ReplyFiles } from './reply-files'
import { ReplyLedger } from './reply-ledger'

type Props = {
  readonly message: ThreadMessage
  /** The network it was said on. */
  readonly network: string
  /** The answer of ours that this is, with its ledger. */
  readonly reply: ReplyCard | undefined
  /** What it answers, where that is worth a line. */
  readonly quote: Quote | null
  readonly isAnswered: boolean
  /** Undefined for what cannot be answered. */
  readonly onAnswer: ((messageId: string) => void) | undefined
  readonly onJump: (messageId: string) => void
}

/** One thing said: theirs at the left, ours at the right. */
export function MessageBubble({ message, network, reply, quote, isAnswered, onAnswer, onJump }: Props) {
  const { timeZone, rights, members } = useInboxPlace()
  const { own, author, hiding } = message
  const hidden = hiding && hidingWords(hiding, network)
  const gone = message.erasedAt ? 'Erased.' : message.deletedAt ? 'Taken away at the network.' : undefined
  const intent = intentLabel(message.intent)
  return (
    <div data-own={own} className={cn('group flex gap-2.5', own && 'flex-row-reverse')}>
      {!own && <Avatar name={author.name || '?'} src={author.avatarUrl} size="small" decorative className="mt-5" />}
      <div className={cn('flex max-w-[min(68ch,85%)] min-w-0 flex-col gap-1', own && 'items-end')}>
        <div className="flex flex-wrap items-center gap-x-2 text-meta text-text-3">
          <span dir="auto" className="min-w-0 font-medium wrap-anywhere text-text-2">
            {own ? (reply ? authorOf(reply, members) : 'We') : author.name || 'Somebody'}
          </span>
          {reply?.authorKind === 'ai' && <Automatic />}
          {message.privately && <Privately />}
          <ZonedTime at={message.at} zone={timeZone} pattern="d MMM, HH:mm" zoneHidden />
          {message.editedAt && !gone && <span>edited</span>}
          {hidden && <span>{hidden}</span>}
          {message.rating !== null && <Rating rating={message.rating} />}
          {message.recommends !== null && <Verdict recommends={message.recommends} />}
        </div>
        {quote && !gone && <Quoted quote={quote} onJump={onJump} />}
        {(gone ?? (message.text || message.media.length === 0)) && (
          <Said
            className={cn(
              'w-fit rounded-card px-3 py-2',
              own ? 'bg-selected' : 'bg-sunken ring-1 ring-line ring-inset',
              gone && 'text-text-3 italic',
              !message.text && message.reaction && 'bg-transparent px-0 text-title ring-0',
            )}
          >
            {(gone ?? message.text) || <Reaction message={message} />}
          </Said>
        )}
        {!gone && <MessageMedia media={message.media} by={author.name || 'somebody'} />}
        {!gone && reply && message.media.length === 0 && <ReplyFiles media={reply.media} />}
        <div className="flex flex-wrap items-center gap-1.5">
          {intent && <Badge>{intent}</Badge>}
          {onAnswer && rights.draft && (
            <IconButton
              size="small"
              label={isAnswered ? 'Your answer goes to this message' : 'Answer this message'}
              icon={<Reply />}
              aria-pressed={isAnswered}
              onClick={() => onAnswer(message.id)}
              className={cn(
                'size-6 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100',
                isAnswered && 'text-accent-text',
              )}
            />
          )}
          {hiding && rights.draft && (
            <HideMessage
              messageId={message.id}
              hiding={hiding}
              className="size-6 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100"
            />
          )}
          {message.url && (
            <a
              href={message.url}
              target="_blank"
              rel="noreferrer"
              className="link inline-flex items-center gap-1 text-meta opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 touch:opacity-100"
            >
              Open at the network <ExternalLink aria-hidden className="size-3" />
            </a>
          )}
        </div>
        {hiding?.trouble && <p className="text-meta text-danger-text">Not done at the network: {hiding.trouble}</p>}
        {reply && <ReplyLedger reply={reply} />}
      </div>
    </div>
  )
}

const words: Readonly<Record<string, string>> = { share: 'Shared it', reaction: 'Reacted', review: 'Left no words' }

function Reaction({ message: { reaction, kind } }: { readonly message: MessageCard }) {
  if (!reaction) return <span className="text-body text-text-3 italic">{words[kind] ?? 'No words'}</span>
  return /\p{L}/u.test(reaction) ? (
    <span className="text-body text-text-2">Reacted: {reaction}</span>
  ) : (
    <>
      <span className="sr-only">Reacted with </span>
      {reaction}
    </>
  )
}

function Rating({ rating }: { readonly rating: number }) {
  return (
    <span className="inline-flex">
      <span className="sr-only">{rating} out of 5</span>
      {[1, 2, 3, 4, 5].map((star) => (
        <Star
          key={star}
          aria-hidden
          className={cn('size-3.5', star <= rating ? 'fill-current text-review' : 'text-text-3')}
        />
      ))}
    </span>
  )
}

function Verdict({ recommends }: { readonly recommends: boolean }) {
  const Thumb = recommends ? ThumbsUp : ThumbsDown
  return (
    <span className="inline-flex items-center gap-1 font-medium text-text-2">
      <Thumb aria-hidden className="size-3.5" />
      {recommends ? 'Recommends us' : 'Does not recommend us'}
    </span>
  )
}
