'use client'

import { read } from '@/components/shell/queries'
import { useLive } from '@/components/shell/live'
import { paths } from '@/lib/core/paths'
import type { CalendarCard, DraftsTray, Outlook, Page, PostCard, PostPreview, QuickStats } from '@/lib/posts/schema'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Period } from './period'
import { filterQuery, type CalendarFilter } from './use-calendar-address'

type What = 'events' | 'stats' | 'foresight' | 'drafts' | 'preview'

const keyOf = (workspace: string, what?: What, ...rest: readonly string[]) =>
  ['calendar', workspace, ...(what ? [what] : []), ...rest] as const

const ask = <T>(workspace: string, what: What, query: [string, string][], signal: AbortSignal) =>
  read<T>(`${paths.calendar(workspace)}/read/${what}?${new URLSearchParams(query)}`, signal)

const windowOf = ({ from, to }: Period): [string, string][] => [
  // A TZDate writes its offset; the same instant should have the same key in every zone.
  ['from', new Date(from).toISOString()],
  ['to', new Date(to).toISOString()],
]

/** The posts of the visible window, and nothing else. The last window stays in sight while the next one comes. */
export function useCalendarPosts(workspace: string, period: Period, filter: CalendarFilter) {
  const query = [...windowOf(period), ...filterQuery(filter)]
  return useQuery({
    queryKey: keyOf(workspace, 'events', new URLSearchParams(query).toString()),
    queryFn: ({ signal }) => ask<Page<CalendarCard>>(workspace, 'events', query, signal),
    placeholderData: keepPreviousData,
  })
}

/** How many of the posts that the filter lets through are in which state: of every state, whichever are shown. */
export function useQuickStats(workspace: string, period: Period, filter: CalendarFilter) {
  const query = [...windowOf(period), ...filterQuery({ ...filter, states: [] })]
  return useQuery({
    queryKey: keyOf(workspace, 'stats', new URLSearchParams(query).toString()),
    queryFn: ({ signal }) => ask<QuickStats>(workspace, 'stats', query, signal),
    placeholderData: keepPreviousData,
  })
}

/** What the posts of the visible window that the filter lets through mean. */
export function useOutlook(workspace: string, period: Period, filter: CalendarFilter) {
  const query = [...windowOf(period), ...filterQuery(filter)]
  return useQuery({
    queryKey: keyOf(workspace, 'foresight', new URLSearchParams(query).toString()),
    queryFn: ({ signal }) => ask<Outlook>(workspace, 'foresight', query, signal),
    placeholderData: keepPreviousData,
  })
}

/** Drafts without a time, a page at a time, and how many there are. */
export function useDrafts(workspace: string, project: string | null) {
  const query: [string, string][] = project ? [['project', project]] : []
  return useInfiniteQuery({
    queryKey: keyOf(workspace, 'drafts', project ?? ''),
    queryFn: ({ signal, pageParam }) =>
      ask<DraftsTray>(workspace, 'drafts', pageParam ? [...query, ['cursor', pageParam]] : query, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => ({ items: pages.flatMap(({ items }) => items), count: pages.at(-1)?.count ?? 0 }),
    placeholderData: keepPreviousData,
  })
}

/** What a post says, asked for when it is pointed at. A new revision is asked for anew. */
export function usePreview(workspace: string, { id, revision, state }: PostCard) {
  return useQuery({
    queryKey: keyOf(workspace, 'preview', id, String(revision), state),
    queryFn: ({ signal }) => ask<PostPreview>(workspace, 'preview', [['post', id]], signal),
  })
}

/** Keeps what is shown true: whatever happens to a post has the calendar ask again, never twice at the same time. */
export function useCalendarNews(workspace: string): () => Promise<void> {
  const client = useQueryClient()
  const running = useRef(false)
  const again = useRef(false)
  async function refresh() {
    if (running.current) {
      again.current = true
      return
    }
    running.current = true
    do {
      again.current = false
      await client.invalidateQueries({ queryKey: keyOf(workspace) })
    } while (again.current)
    running.current = false
  }
  useLive(['post.*'], () => void refresh())
  return refresh
}

/** What is in the cache of every window, changed at once; the returned function puts it back as it was. */
export async function changeCards(
  client: QueryClient,
  workspace: string,
  change: (cards: readonly CalendarCard[]) => readonly CalendarCard[],
): Promise<() => void> {
  const filters = { queryKey: keyOf(workspace, 'events') }
  // An answer on its way was written before the change, and would undo it on the screen.
  await client.cancelQueries(filters)
  const before = client.getQueriesData<Page<CalendarCard>>(filters)
  client.setQueriesData<Page<CalendarCard>>(filters, (page) => page && { ...page, items: change(page.items) })
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data)
  }
}
