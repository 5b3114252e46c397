import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { ZonedTime } from '@/components/ui/time'
import type { MessageCard } from '@/lib/inbox/schema'

type Props = { readonly messages: readonly MessageCard[]; readonly timeZone: string }

/** What was said, in the order it was said: theirs at the left, ours at the right. */
export function MessageList({ messages, timeZone }: Props) {
  return (
    <ol aria-label="Messages" className="flex flex-col gap-4">
      {messages.map((message) => (
        <li key={message.id} className={cn('flex gap-3', message.own && 'flex-row-reverse')}>
          <Avatar name={message.author.name || '?'} src={message.author.avatarUrl} size="small" decorative />
          <div className={cn('flex max-w-[68ch] min-w-0 flex-col gap-1', message.own && 'items-end')}>
            <div className="flex flex-wrap items-baseline gap-x-2 text-meta text-text-3">
              <span className="font-medium text-text-2">{message.own ? 'We' : message.author.name}</span>
              <ZonedTime at={message.at} zone={timeZone} pattern="d MMM, HH:mm" zoneHidden />
              {message.editedAt && <span>edited</span>}
              {message.rating !== null && <span>{message.rating} out of 5</span>}
            </div>
            <p
              className={cn(
                'rounded-card px-3 py-2 text-body break-words whitespace-pre-wrap',
                message.own ? 'bg-selected' : 'bg-sunken',
                message.deletedAt && 'text-text-3 italic',
              )}
            >
              {message.deletedAt ? 'Taken away at the network.' : message.text || message.reaction || 'No words.'}
            </p>
            {message.media.map(({ kind, url }) => (
              <a key={url} href={url} target="_blank" rel="noreferrer" className="link text-table">
                {kind === 'file' ? 'Attached file' : `Attached ${kind}`}
              </a>
            ))}
            {message.intent && message.intent !== 'other' && <Badge>{message.intent.replaceAll('_', ' ')}</Badge>}
          </div>
        </li>
      ))}
    </ol>
  )
}
