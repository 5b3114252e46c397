'use client'

import { useCommand } from '@/components/shell/commands'
import { Button, LinkButton } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/ui/error-state'
import { LiveRegion } from '@/components/ui/live-region'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { paths } from '@/lib/core/paths'
import type { PostCard } from '@/lib/posts/schema'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import { BulkBar } from './bulk-bar'
import { CalendarEmpty } from './calendar-empty'
import { CalendarForesight } from './calendar-foresight'
import { CalendarFilters, type FilterAccount, type FilterProject } from './calendar-filters'
import { CalendarSkeleton } from './calendar-skeleton'
import { CalendarStats } from './calendar-stats'
import { CalendarToolbar } from './calendar-toolbar'
import { DraftsTray } from './drafts-tray'
import { NewPostHere, type EmptyTime } from './new-post-here'
import { atWall, periodOf, type Place } from './period'
import { PostActions, type Opened } from './post-actions'
import type { Rights } from './rights'
import { SelectionContext } from './selection'
import { useCalendarAddress } from './use-calendar-address'
import { useCalendarNews, useCalendarPosts, useDrafts, useOutlook, useQuickStats } from './use-calendar-posts'
import { useMoves } from './use-moves'
import { usePointing } from './use-pointing'
import { PreviewAt } from './post-preview'
import { useStateNews } from './use-state-news'

const loadGrid = () => import('./calendar-grid')
const CalendarGrid = lazy(loadGrid)
// Comes while the posts are asked for, not after them.
if (typeof window !== 'undefined') void loadGrid()

type Props = {
  readonly workspace: string
  readonly place: Place
  readonly accounts: readonly FilterAccount[]
  readonly projects: readonly FilterProject[]
  readonly rights: Rights
}

/** Every post of every account, in time. */
export function Calendar({ workspace, place, accounts, projects, rights }: Props) {
  const { timeZone } = place
  const address = useCalendarAddress(timeZone)
  const { view, day, isNarrow, filter } = address
  const period = periodOf(view, day, place)
  const refresh = useCalendarNews(workspace)
  const posts = useCalendarPosts(workspace, period, filter)
  const stats = useQuickStats(workspace, period, filter)
  const outlook = useOutlook(workspace, period, filter)
  const drafts = useDrafts(workspace, filter.project)
  const cards = posts.data?.items ?? []
  const news = useStateNews(cards)

  const [selected, setSelected] = useState<ReadonlySet<string>>()
  const [opened, setOpened] = useState<Opened>()
  const [emptyTime, setEmptyTime] = useState<EmptyTime>()
  const [draftIsDragged, setDraftIsDragged] = useState(false)
  const pointing = usePointing()
  const router = useRouter()
  const { moveTo, drop } = useMoves({
    workspace,
    timeZone,
    refresh,
    onChooseAnother: (card, wallTime) => setOpened({ card, ask: 'move', wallTime }),
  })

  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const open = (card: PostCard, element: HTMLElement, { shiftKey }: { readonly shiftKey: boolean }) => {
    pointing.close()
    if (selected || shiftKey) toggle(card.id)
    else setOpened({ card, ask: 'menu', element })
  }
  useCommand(
    { id: 'calendar-new', label: 'New post', group: 'Calendar', shortcut: 'n' },
    () => router.push(paths.compose(workspace)),
    !rights.write,
  )

  return (
    <SelectionContext value={selected ?? new Set()}>
      <Page kind="workbench" className="gap-3">
        <PageHeader
          title="Calendar"
          className="max-md:sr-only"
          action={
            rights.write && (
              <LinkButton href={paths.compose(workspace)} variant="primary" icon={<Plus aria-hidden />}>
                New post
              </LinkButton>
            )
          }
        />
        <CalendarToolbar
          address={address}
          title={period.title}
          timeZone={timeZone}
          draftCount={drafts.data?.count}
          isSelecting={selected !== undefined}
          onSelecting={(on) => setSelected(on ? new Set() : undefined)}
        />
        <CalendarFilters address={address} accounts={accounts} projects={projects} />
        <CalendarStats
          stats={stats.data}
          period={period.title}
          timeZone={timeZone}
          chosen={filter.states}
          onChoose={(states) => address.setFilter({ states })}
        />
        <CalendarForesight
          outlook={outlook.data}
          failure={outlook.error?.message}
          period={period.title}
          onDay={(date) => address.goTo('day', date)}
        />
        {posts.data && posts.data.next !== null && (
          <Callout tone="review">
            These are the first {cards.length.toLocaleString('en-GB')} posts of the period. Choose a shorter view, or
            narrow the filters, to see the others.
          </Callout>
        )}
        <div className="flex min-h-0 flex-1 gap-3 max-md:min-h-96 max-md:pb-16">
          <div className="relative min-w-0 flex-1">
            {posts.error && !posts.data ? (
              <ErrorState
                title="The calendar could not be read"
                action={<Button onClick={() => void posts.refetch()}>Try again</Button>}
              >
                {posts.error.message}
              </ErrorState>
            ) : posts.data ? (
              <Suspense fallback={<CalendarSkeleton view={view} />}>
                <CalendarGrid
                  view={view}
                  day={day}
                  place={place}
                  cards={cards}
                  fills={!isNarrow || view === 'day'}
                  mayMove={rights.move}
                  onDrop={(card, wallTime) => void drop(card, wallTime)}
                  onDropDraft={(id, wallTime) => {
                    const draft = drafts.data?.items.find((one) => one.id === id)
                    if (draft) void drop(draft, wallTime)
                  }}
                  onOpen={open}
                  onPointAt={pointing.at}
                  onPointAway={pointing.away}
                  onEmptyTime={(wallTime, at) =>
                    setEmptyTime({ wallTime, ...at, isPast: atWall(wallTime, timeZone).getTime() < Date.now() })
                  }
                  onDay={(date) => address.goTo('day', date)}
                />
                {cards.length === 0 && !posts.isFetching && (
                  <CalendarEmpty
                    address={address}
                    workspace={workspace}
                    hasAccounts={accounts.length > 0}
                    draftCount={drafts.data?.count ?? 0}
                    mayWrite={rights.write}
                    isDragging={draftIsDragged}
                  />
                )}
              </Suspense>
            ) : (
              <CalendarSkeleton view={view} />
            )}
          </div>
          {address.draftsOpen && (
            <DraftsTray
              workspace={workspace}
              drafts={drafts.data?.items}
              count={drafts.data?.count ?? 0}
              failure={drafts.error?.message}
              more={
                drafts.hasNextPage
                  ? { busy: drafts.isFetchingNextPage, load: () => void drafts.fetchNextPage() }
                  : undefined
              }
              mayMove={rights.move}
              takesDrops={view !== 'list'}
              mayWrite={rights.write}
              isNarrow={isNarrow}
              onOpen={(card, element) => setOpened({ card, ask: 'menu', element })}
              onDragging={setDraftIsDragged}
              onClose={() => address.setDraftsOpen(false)}
            />
          )}
        </div>
      </Page>
      {rights.write && !selected && (
        <LinkButton
          href={paths.compose(workspace)}
          variant="primary"
          icon={<Plus aria-hidden />}
          aria-label="Write a new post"
          className="fixed right-4 bottom-[calc(var(--tab-bar)+1rem)] z-(--z-sticky) size-14 rounded-full p-0 shadow-float md:hidden [&_svg]:size-6"
        />
      )}
      {pointing.pointed && (
        <PreviewAt
          pointed={pointing.pointed}
          workspace={workspace}
          timeZone={timeZone}
          onStay={pointing.stay}
          onAway={pointing.away}
          onClose={pointing.close}
        />
      )}
      {emptyTime && rights.write && (
        <NewPostHere
          workspace={workspace}
          timeZone={timeZone}
          time={emptyTime}
          onClose={() => setEmptyTime(undefined)}
        />
      )}
      {opened && (
        <PostActions
          opened={opened}
          workspace={workspace}
          timeZone={timeZone}
          rights={rights}
          refresh={refresh}
          onAsk={setOpened}
          onMove={moveTo}
          onSelect={toggle}
        />
      )}
      {selected && (
        <BulkBar
          workspace={workspace}
          selected={selected}
          rights={rights}
          onDone={(left) => {
            setSelected(new Set(left))
            void refresh()
          }}
          onClear={() => setSelected(undefined)}
        />
      )}
      <LiveRegion message={news} />
    </SelectionContext>
  )
}
