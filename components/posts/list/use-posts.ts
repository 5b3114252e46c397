'use client'

import { useLive } from '@/components/shell/live'
import { read } from '@/components/shell/queries'
import { paths } from '@/lib/core/paths'
import type { Page, PostCard } from '@/lib/posts/schema'
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { filterQuery, type CalendarFilter } from '../calendar/use-calendar-address'
import type { Order } from './use-posts-address'

/** The list a page at a time, by key. The last answer stays in sight while another filter's comes. */
export function usePosts(workspace: string, filter: CalendarFilter, sort: Order) {
  const query = [...filterQuery(filter), ['sort', sort]]
  return useInfiniteQuery({
    queryKey: ['posts', workspace, new URLSearchParams(query).toString()],
    queryFn: ({ signal, pageParam }) =>
      read<Page<PostCard>>(
        `${paths.posts(workspace)}/read?${new URLSearchParams([...query, ...(pageParam ? [['cursor', pageParam]] : [])])}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

/** Keeps the list true: whatever happens to a post has it ask again, never twice at the same time. */
export function usePostsNews(workspace: string): () => Promise<void> {
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
      await client.invalidateQueries({ queryKey: ['posts', workspace] })
    } while (again.current)
    running.current = false
  }
  useLive(['post.*'], () => void refresh())
  return refresh
}
