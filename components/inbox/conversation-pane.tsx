'use client'

import { WaitsForConnection } from '@/components/shell/online'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { ErrorState } from '@/components/ui/error-state'
import { toast } from '@/components/ui/toast'
import type { OpenConversation } from '@/lib/inbox/schema'
import { useEffect, useEffectEvent } from 'react'
import { Composer } from './composer'
import { ConversationHeader } from './conversation-header'
import { DetailsPane } from './details-pane'
import { carryDrafts } from './drafts'
import { EarlyComposer } from './early-composer'
import type { OpenMenu } from './inbox-keys'
import { ConversationSkeleton } from './inbox-skeleton'
import { Thread } from './thread'
import { useWantedThread } from './thread-keys'
import { useAddressee } from './use-addressee'
import { useConversation, useEarlier, useMessages } from './use-inbox'
import type { InboxAddress } from './use-inbox-address'
import type { Triage } from './use-triage'
import { labelOf, useHasSelection, useInboxPlace } from './inbox-context'
import { useWriting, type Writing } from './use-writing'

type Props = {
  readonly id: string
  readonly address: InboxAddress
  readonly triage: Triage
  readonly refresh: (ids: readonly string[]) => Promise<void>
  readonly menu: OpenMenu
  readonly onMenu: (menu: OpenMenu) => void
  /** It joined another conversation, which is opened in its place. */
  readonly onLed: (to: string) => void
}

// Where the least of each part is more than there is room for, all of it scrolls: what one writes is never out of reach.
const column =
  'flex min-h-0 min-w-0 flex-1 flex-col overflow-x-hidden overflow-y-auto max-lg:h-[calc(100dvh-var(--top-bar)-var(--tab-bar)-var(--page-bar))]'

/** One conversation: what was said, what we answer, what we say among ourselves, and who it is with. */
export function ConversationPane(props: Props) {
  const { workspace } = useInboxPlace()
  const opened = useConversation(workspace, props.id)
  const writing = useWriting()
  const { id, address } = props
  const leadsTo = opened.data?.conversation.id ?? id
  const follow = useEffectEvent((to: string) => {
    carryDrafts(workspace, id, to)
    props.onLed(to)
    address.openConversation(to)
    const who = opened.data?.conversation.contact?.name
    toast.done(`This belongs to ${who ? `the thread of ${who}` : 'another thread'}: you are there now`)
  })
  useEffect(() => {
    if (leadsTo !== id) follow(leadsTo)
  }, [leadsTo, id])
  if (opened.error && !opened.data)
    return (
      <ErrorState
        className="my-auto"
        title="The conversation could not be read"
        action={
          <span className="flex gap-2">
            <Button onClick={() => void opened.refetch()}>Try again</Button>
            <Button onClick={() => props.address.openConversation(null)}>Back to the list</Button>
          </span>
        }
      >
        {opened.error.message}
      </ErrorState>
    )
  if (opened.data && leadsTo === id) return <Opened {...props} writing={writing} data={opened.data} />
  return (
    <section aria-label="Conversation" className={column}>
      <WaitsForConnection className="border-b px-4 py-3" />
      <ConversationSkeleton />
      <EarlyComposer conversationId={props.id} writing={writing} onChanged={() => props.refresh([props.id])} />
    </section>
  )
}

/** Before anything was said. */
const beginning = new Date(0).toISOString()

type OpenedProps = Props & { readonly writing: Writing; readonly data: OpenConversation }

function Opened({ address, triage, refresh, menu, onMenu, writing, data }: OpenedProps) {
  const { workspace, members, accounts, rights, dispositions } = useInboxPlace()
  const { conversation } = data
  useWantedThread(conversation.id)
  const said = useMessages(workspace, conversation.id)
  const messages = said.data?.pages.toReversed().flatMap(({ items }) => items) ?? []
  // With everything shown that was said, everything we answered belongs to it.
  const until = said.hasNextPage ? (messages[0]?.at ?? '') : said.data ? beginning : ''
  const earlier = useEarlier(workspace, conversation.id, data, until).data
  const addressee = useAddressee({ conversation, said, messages })
  const step = address.details
  const again = () => refresh([conversation.id])
  // What waits for approval is not answered yet; and with several selected, the menu that asks why is theirs.
  const mayEnd = !useHasSelection() && rights.reply && rights.triage && conversation.state !== 'done'
  const end = () => {
    if (dispositions.asks) onMenu('done')
    else triage.setState([conversation.id], { state: 'done' }, [conversation])
  }
  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-label={`Conversation with ${conversation.contact?.name ?? conversation.accountHandle}`}
        className={cn(column, step === 'shown' && 'max-xl:hidden')}
      >
        <ConversationHeader
          conversation={conversation}
          address={address}
          triage={triage}
          menu={menu}
          onMenu={onMenu}
          refresh={refresh}
        />
        <Thread
          said={said}
          messages={messages}
          replies={[...(earlier?.replies ?? []), ...data.replies.items]}
          notes={[...(earlier?.notes ?? []), ...data.notes.items]}
          members={members}
          network={labelOf(accounts, conversation.accountId)}
          answerable={addressee.answerable.map(({ id }) => id)}
          answered={addressee.to?.id}
          onAnswer={addressee.answer}
          onChanged={again}
        />
        <Composer
          conversation={conversation}
          addressee={addressee}
          writing={writing}
          onEnd={mayEnd ? end : undefined}
          onChanged={again}
        />
      </section>
      <DetailsPane
        conversation={conversation}
        onBack={() => address.setDetails(null)}
        onOpen={address.openConversation}
        className={cn(
          'max-xl:hidden',
          step === 'shown' && 'max-xl:flex max-xl:w-full max-xl:border-l-0',
          step === 'hidden' && 'hidden',
        )}
      />
    </div>
  )
}
