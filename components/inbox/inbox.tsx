'use client'

import { cn } from '@/components/ui/cn'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { Inbox as InboxIcon, ListChecks } from 'lucide-react'
import { useRef, useState } from 'react'
import { ConversationList } from './conversation-list'
import { ConversationPane } from './conversation-pane'
import { InboxBulkBar } from './inbox-bulk-bar'
import { InboxPlaceProvider, SelectionProvider, type InboxPlace } from './inbox-context'
import { InboxFilters } from './inbox-filters'
import { useInboxKeys, type OpenMenu } from './inbox-keys'
import { InboxViews } from './inbox-views'
import { LeftOutDialog } from './left-out'
import { UnheardNotice } from './unheard-notice'
import { useFolds } from './use-folds'
import { useConversations } from './use-inbox'
import { useInboxAddress } from './use-inbox-address'
import { useInboxNews } from './use-inbox-news'
import { useSelection } from './use-selection'
import { useTriage } from './use-triage'

/** Everything said to us: which lists there are, one of them, and one conversation of it. */
export function Inbox(place: InboxPlace) {
  const { workspace, timeZone, me, rights } = place
  const address = useInboxAddress()
  const list = useConversations(workspace, address.filter)
  const cards = list.data?.pages.flatMap(({ items }) => items) ?? []
  const refresh = useInboxNews(workspace, address.filter, address.open)
  const { selected, left, select, clear } = useSelection(address.filter, cards)
  const { rows, withHidden, unfold } = useFolds({ workspace, cards, address, selected })
  const triage = useTriage({
    workspace,
    timeZone,
    me,
    filter: address.filter,
    open: address.open,
    cards,
    left,
    rows,
    refresh,
    onOpen: address.openConversation,
  })
  const [choosing, setChoosing] = useState(false)
  const [menu, setMenu] = useState<OpenMenu>(null)
  const search = useRef<HTMLInputElement>(null)
  const clearSelection = () => {
    clear()
    setChoosing(false)
  }
  const selecting = choosing || selected.size > 0
  useInboxKeys({
    address,
    cards,
    left,
    rows,
    selected,
    triage,
    rights,
    search,
    asksWhy: place.dispositions.asks,
    onSelect: (ids, on) => select(withHidden(ids), on),
    onUnfold: unfold,
    onClear: clearSelection,
    onMenu: setMenu,
  })

  const { open } = address
  const [led, setLed] = useState<{ readonly from: string; readonly to: string }>()
  // Where it joined another, who types goes on typing: that is read in the same place.
  const at = led && led.to === open ? led.from : open
  return (
    <InboxPlaceProvider value={place}>
      <div className="flex min-h-0 flex-col max-lg:flex-1 lg:h-[calc(100dvh-var(--top-bar)-var(--page-bar))] lg:flex-row">
        {/* The list, whose heading is the page's, gives way to it on a phone. */}
        {open && <h1 className="sr-only lg:hidden">Inbox</h1>}
        <div
          className={cn(
            'shrink-0 border-b lg:w-42 lg:overflow-y-auto lg:border-r lg:border-b-0',
            open && 'max-lg:hidden',
          )}
        >
          <InboxViews address={address} />
        </div>
        <section
          aria-label="List"
          className={cn(
            'flex min-h-0 min-w-0 flex-col lg:w-84 lg:shrink-0 lg:border-r max-lg:h-[calc(100dvh-var(--top-bar)-var(--tab-bar)-var(--page-bar)-3.75rem)]',
            open && 'max-lg:hidden',
          )}
        >
          <div className="flex flex-col gap-2 border-b p-3">
            <div className="flex items-center justify-between gap-2 max-lg:sr-only">
              <h1 className="text-lead">Inbox</h1>
              <IconButton
                size="small"
                label={selecting ? 'Stop selecting' : 'Select several'}
                icon={<ListChecks />}
                aria-pressed={selecting}
                onClick={() => (selecting ? clearSelection() : setChoosing(true))}
              />
            </div>
            <div className="flex items-center gap-1">
              <div className="min-w-0 flex-1">
                <InboxFilters address={address} searchRef={search} />
              </div>
              <IconButton
                className="lg:hidden"
                label={selecting ? 'Stop selecting' : 'Select several'}
                icon={<ListChecks />}
                aria-pressed={selecting}
                onClick={() => (selecting ? clearSelection() : setChoosing(true))}
              />
            </div>
            <UnheardNotice />
          </div>
          <ConversationList
            address={address}
            list={list}
            rows={rows}
            count={cards.length}
            selected={selected}
            selecting={selecting}
            onSelect={(id, on) => select(withHidden([id]), on)}
            onUnfold={unfold}
          />
        </section>
        <div className={cn('flex min-h-0 min-w-0 flex-1 flex-col', !open && 'max-lg:hidden')}>
          {open ? (
            <SelectionProvider value={selected.size > 0}>
              <ConversationPane
                key={at}
                id={open}
                address={address}
                triage={triage}
                refresh={refresh}
                menu={selected.size > 0 ? null : menu}
                onMenu={setMenu}
                onLed={(to) => setLed({ from: at ?? open, to })}
              />
            </SelectionProvider>
          ) : (
            <EmptyState
              className="my-auto"
              icon={<InboxIcon />}
              title="Choose a conversation"
              description="Press J and K to go through them, Enter to read, ? for all keys."
            />
          )}
        </div>
        {(selecting || triage.progress) && (
          <InboxBulkBar
            selected={selected}
            folded={rows.flatMap(({ hidden }) => hidden).filter((id) => selected.has(id)).length}
            cards={cards}
            triage={triage}
            onAll={() =>
              select(
                cards.map(({ id }) => id),
                true,
              )
            }
            onClear={clearSelection}
            menu={selected.size > 0 ? menu : null}
            onMenu={setMenu}
          />
        )}
        {triage.leftOut && (
          <LeftOutDialog report={triage.leftOut} onOpen={address.openConversation} onClose={triage.closeLeftOut} />
        )}
      </div>
    </InboxPlaceProvider>
  )
}
