'use client'

import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { nameInThread, type NoteCard, type ReplyCard, type ThreadMessage } from '@/lib/inbox/schema'
import type { Teammate } from './inbox-context'
import { MessageBubble } from './message-bubble'
import { NoteBubble } from './note-bubble'
import { ReplyBubble } from './reply-bubble'
import { useThreadKeys } from './thread-keys'
import { useJump } from './use-jump'
import type { useMessages } from './use-inbox'

type Props = {
  readonly said: ReturnType<typeof useMessages>
  readonly messages: readonly ThreadMessage[]
  readonly replies: readonly ReplyCard[]
  readonly notes: readonly NoteCard[]
  readonly members: readonly Teammate[]
  /** What people call the network it was said on. */
  readonly network: string
  /** Their messages that can be answered, in the order they were said. */
  readonly answerable: readonly string[]
  /** The message that the answer being written goes to. */
  readonly answered: string | undefined
  readonly onAnswer: (messageId: string) => void
  readonly onChanged: () => Promise<void>
}

type Line =
  | { readonly at: string; readonly id: string; readonly message: ThreadMessage; readonly reply: ReplyCard | undefined }
  | { readonly at: string; readonly id: string; readonly note: NoteCard }

/** What was said and what we said among ourselves, in the order it was said; answers that are still on their way come last. */
export function Thread(props: Props) {
  const { said, messages, replies, notes, members, network, answerable, answered, onAnswer, onChanged } = props
  const { region, jump } = useJump(said)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = said
  useThreadKeys({
    answerable,
    onGo: jump,
    onEarlier: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined,
  })
  const nameOf = ({ externalId, privately }: ReplyCard) => externalId && nameInThread({ externalId, privately })
  const byName = new Map(replies.flatMap((reply) => [[nameOf(reply), reply] as const]))
  const known = new Set(messages.map(({ externalId }) => externalId))
  // What was sent stands among the messages; with earlier pages unread, it is not shown here twice. What was taken back
  // is gone, unless somebody should know why.
  const isUnseen = (name: string | null) => name !== null && !known.has(name) && !said.hasNextPage
  const pending = replies.filter(
    (reply) =>
      (reply.state !== 'cancelled' || reply.reason?.kind === 'withdrawn' || reply.reason?.kind === 'turned_down') &&
      (reply.state !== 'sent' || isUnseen(nameOf(reply))),
  )
  const last = pending.findLast(({ state }) => state === 'queued')
  const oldest = said.hasNextPage ? (messages[0]?.at ?? '') : ''
  const lines: readonly Line[] = [
    ...messages.map((message) => ({ at: message.at, id: message.id, message, reply: byName.get(message.externalId) })),
    ...notes.filter(({ createdAt }) => createdAt >= oldest).map((note) => ({ at: note.createdAt, id: note.id, note })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))

  if (said.error && !said.data)
    return (
      <ErrorState
        className="flex-1 justify-center"
        title="What was said could not be read"
        action={<Button onClick={() => void said.refetch()}>Try again</Button>}
      >
        {said.error.message}
      </ErrorState>
    )
  return (
    // Reversed, so that it begins at its end and stays there while new words come in.
    <section
      ref={region}
      data-thread
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be reached by the keyboard
      tabIndex={0}
      aria-label="What was said"
      // What is answered stays in sight, whatever stands below it.
      className="ring-inside flex min-h-30 flex-1 flex-col-reverse overflow-y-auto"
    >
      <div className="flex flex-col gap-4 px-4 py-4">
        {said.hasNextPage && (
          <Button
            size="small"
            className="self-center"
            busy={said.isFetchingNextPage}
            onClick={() => void said.fetchNextPage()}
          >
            Show what was said before
          </Button>
        )}
        {said.isPending ? (
          <div aria-busy className="flex flex-col gap-4">
            <div className="w-3/5">
              <Skeleton className="h-14" />
            </div>
            <div className="w-2/5 self-end">
              <Skeleton className="h-10" />
            </div>
          </div>
        ) : (
          <ol aria-label="Messages" className="flex flex-col gap-4">
            {lines.map((line, n) => (
              <li
                key={line.id}
                data-line={line.id}
                // Whoever follows a quote comes here.
                tabIndex={-1}
                className="-mx-2 -my-1 scroll-my-6 rounded-card ring-inside px-2 py-1 transition-colors focus:bg-hover"
              >
                {'note' in line ? (
                  <NoteBubble note={line.note} author={members.find(({ id }) => id === line.note.authorId)?.name} />
                ) : (
                  <MessageBubble
                    message={line.message}
                    network={network}
                    reply={line.reply}
                    // What stands right above needs no line to say so.
                    quote={line.message.answers?.id === lines[n - 1]?.id ? null : line.message.answers}
                    isAnswered={line.message.id === answered}
                    onAnswer={answerable.includes(line.message.id) ? onAnswer : undefined}
                    onJump={jump}
                  />
                )}
              </li>
            ))}
            {pending.map((reply) => (
              <li key={reply.id}>
                <ReplyBubble
                  reply={reply}
                  isLast={reply.id === last?.id}
                  isToNobody={messages.some(
                    ({ id, deletedAt, erasedAt }) => id === reply.messageId && (deletedAt ?? erasedAt),
                  )}
                  onChanged={onChanged}
                />
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  )
}
