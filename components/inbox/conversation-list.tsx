'use client'

import { WaitsForConnection } from '@/components/shell/online'
import { Button, LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Pending } from '@/components/ui/skeleton'
import { paths } from '@/lib/core/paths'
import type { View } from '@/lib/inbox/schema'
import { useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Inbox, PartyPopper, SearchX } from 'lucide-react'
import { memo, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { ConversationRow } from './conversation-row'
import type { ListRow } from './fold-rows'
import { followToRow } from './go-to-row'
import { ListSkeleton } from './inbox-skeleton'
import { useInboxPlace } from './inbox-context'
import { rowsAbove } from './place-cards'
import { isFromTop, listKey, type useConversations } from './use-inbox'
import type { InboxAddress } from './use-inbox-address'
import { heightOf, placeToShow, rowHeight, useSteadyRows } from './use-steady-rows'

/** So many rows before the end, the next page is asked for: more than go by in the time that one takes. */
const ahead = 80
/** A list of which so many were read, and so small a share is shown, is not read on by itself: it would be to its end. */
const [floodFrom, floodShare] = [1_000, 0.1]
/** Drawn again when something of it changed, not with every step of the list. */
const Row = memo(ConversationRow)

type Props = {
  readonly address: InboxAddress
  readonly list: ReturnType<typeof useConversations>
  readonly rows: readonly ListRow[]
  /** So many conversations were read for them. */
  readonly count: number
  readonly selected: ReadonlySet<string>
  readonly selecting: boolean
  readonly onSelect: (id: string, on: boolean) => void
  readonly onUnfold: (id: string, on: boolean) => void
}

/** Conversations of a list. Only the rows in sight are drawn; news above them do not move them. */
export function ConversationList(props: Props) {
  const { address, list, rows } = props
  if (list.error && !list.data)
    return (
      <ErrorState
        title="The inbox could not be read"
        action={<Button onClick={() => void list.refetch()}>Try again</Button>}
      >
        {list.error.message}
      </ErrorState>
    )
  return (
    <Pending
      pending={list.isPending}
      skeleton={
        <>
          <WaitsForConnection className="border-b px-3 py-3" />
          <ListSkeleton />
        </>
      }
    >
      {rows.length > 0 ? <Rows key={JSON.stringify(address.filter)} {...props} /> : <Nothing address={address} />}
    </Pending>
  )
}

function Rows({ address, list, rows, count, selected, selecting, onSelect, onUnfold }: Props) {
  // The virtualiser is one object that changes inside: what the compiler remembers of it would be stale.
  'use no memo'
  const scroller = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState({ rows, above: 0 })
  if (shown.rows !== rows)
    setShown({ rows, above: rowsAbove(shown, rows, list.data === undefined || isFromTop(list.data)) })
  const { above } = shown
  // One that is another with each frame would have all rows counted through again with each frame.
  const keyAt = useCallback((place: number) => rows[place - above]?.id ?? place, [rows, above])
  const virtualizer = useVirtualizer({
    count: above + rows.length,
    getScrollElement: () => scroller.current,
    estimateSize(place) {
      const row = rows[place - above]
      return row ? heightOf(row) : rowHeight
    },
    getItemKey: keyAt,
    overscan: 8,
  })
  useSteadyRows(scroller, rows, above)
  const drawn = virtualizer.getVirtualItems()
  const [highest, lowest] = [drawn[0]?.index ?? 0, drawn.at(-1)?.index ?? 0]
  const { hasNextPage, hasPreviousPage, isFetching, isFetchingNextPage, fetchNextPage, fetchPreviousPage } = list
  const end = above + rows.length
  const isFlood = count >= floodFrom && rows.length < count * floodShare
  useEffect(() => {
    if (isFetching) return
    if (hasNextPage && !isFlood && lowest >= end - ahead) void fetchNextPage()
    else if (hasPreviousPage && highest < above + ahead) void fetchPreviousPage()
  }, [hasNextPage, hasPreviousPage, isFetching, fetchNextPage, fetchPreviousPage, isFlood, highest, lowest, above, end])

  const client = useQueryClient()
  const { workspace } = useInboxPlace()
  const beginAnew = useEffectEvent(
    () => void client.resetQueries({ queryKey: listKey(workspace, address.filter), exact: true }),
  )
  const isFarAbove = lowest < above - ahead
  useEffect(() => {
    // Page by page it would take long to come back up there.
    if (isFarAbove) beginAnew()
  }, [isFarAbove])

  const isShown = useRef(false)
  useEffect(() => {
    // Who comes to the page begins at its top.
    const isComing = !isShown.current
    isShown.current = true
    const place = placeToShow(rows, address.open, scroller.current?.clientHeight ?? 0)
    if (place === undefined || address.open === null) return
    virtualizer.scrollToIndex(above + place, { align: 'auto' })
    if (!isComing) return followToRow(address.open)
    // Only when another one is opened: news must not pull the list back to it.
    // oxlint-disable-next-line react/exhaustive-deps -- as above
  }, [address.open])

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]">
      <ul aria-label="Conversations" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map(({ index, key, start, size }) => {
          const row = rows[index - above]
          return (
            row && (
              <li
                key={key}
                aria-setsize={hasNextPage ? -1 : end}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0"
                style={{ height: size, transform: `translateY(${start}px)` }}
              >
                <Row
                  card={row.card}
                  here={row.id === address.open}
                  selected={selected.has(row.id)}
                  selecting={selecting}
                  under={row.under.length}
                  hidden={row.hidden.length}
                  sooner={row.sooner}
                  isUnfolded={row.isUnfolded}
                  isUnder={row.isUnder}
                  onOpen={address.openConversation}
                  onSelect={onSelect}
                  onUnfold={onUnfold}
                />
              </li>
            )
          )
        })}
      </ul>
      {isFlood && hasNextPage && (
        <div className="flex flex-col items-start gap-2 p-3 text-table text-text-2">
          <p>{`Nearly all of the ${count.toLocaleString('en')} read say the same. There are more.`}</p>
          <Button onClick={() => address.setFolded(false)}>Show each in a row</Button>
        </div>
      )}
      <output className="sr-only">{isFetchingNextPage ? 'Loading more conversations…' : ''}</output>
    </div>
  )
}

const empty: Readonly<Record<View, { readonly title: string; readonly description: string }>> = {
  todo: { title: 'All done', description: 'Comments, mentions and messages to your accounts come in by themselves.' },
  mine: {
    title: 'Nothing is yours to do',
    description: 'What is assigned to you stands here. Take one from Unassigned.',
  },
  unassigned: { title: 'Everything has somebody', description: 'What nobody looks after yet stands here.' },
  urgent: { title: 'Nothing is urgent', description: 'Open work of priority 80 and more stands here.' },
  escalated: {
    title: 'Nothing waits for a person',
    description: 'What AI leaves to people gathers here until one of them answers or ends it.',
  },
  stuck: {
    title: 'No answer needs you',
    description:
      'Answers that a network refused, that could not be sent, or of which nobody can tell whether they went out, bring their conversation here.',
  },
  proposed: {
    title: 'No answer waits for approval',
    description: 'Answers that somebody wrote for approval bring their conversation here, whatever state it is in.',
  },
  waiting: { title: 'Nobody keeps you waiting', description: 'What you answered stands here until they write again.' },
  snoozed: { title: 'Nothing is snoozed', description: 'What you put off stands here, and comes back at its time.' },
  done: { title: 'Nothing is done yet', description: 'What you end stands here; news open it again.' },
  all: {
    title: 'Nothing was said yet',
    description: 'Comments, mentions and messages to your accounts come in by themselves.',
  },
}

function Nothing({ address: { filter, isNarrowed, clearFilter, setView } }: Pick<Props, 'address'>) {
  const { workspace, accounts } = useInboxPlace()
  if (isNarrowed)
    return (
      <EmptyState
        icon={<SearchX />}
        title={filter.search ? `Nothing says “${filter.search}” here` : 'Nothing fits these filters'}
        action={
          filter.view === 'all' ? (
            <Button onClick={clearFilter}>Clear</Button>
          ) : (
            <span className="flex gap-2">
              <Button onClick={clearFilter}>Clear</Button>
              <Button onClick={() => setView('all')}>Look in All</Button>
            </span>
          )
        }
      />
    )
  if (filter.words)
    return (
      <EmptyState
        icon={<SearchX />}
        title={`Nobody says “${filter.words}”`}
        description="Whatever comes in with these words will stand here."
      />
    )
  if (accounts.length === 0)
    return (
      <EmptyState
        icon={<Inbox />}
        title="Nobody can reach you yet"
        description="Comments, mentions and messages come in by themselves once an account is connected."
        action={<LinkButton href={paths.accounts(workspace)}>Connect an account</LinkButton>}
      />
    )
  return <EmptyState icon={filter.view === 'todo' ? <PartyPopper /> : <Inbox />} {...empty[filter.view]} />
}
