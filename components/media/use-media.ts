'use client'

import { useLive } from '@/components/shell/live'
import { read } from '@/components/shell/queries'
import { paths } from '@/lib/core/paths'
import type { MediaDetails, MediaPage, MediaShelves, NetworkFit } from '@/lib/media/schema'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { filterQuery, type MediaFilter } from './use-media-address'

const address = (workspace: string, what: string, query: readonly (readonly [string, string])[]) =>
  `${paths.media(workspace)}/read/${what}?${new URLSearchParams(query.map(([name, value]) => [name, value]))}`

/** The library a page at a time. The last answer stays in sight while another filter's comes. */
export function useMedia(workspace: string, filter: MediaFilter) {
  const query = filterQuery(filter)
  return useInfiniteQuery({
    queryKey: ['media', workspace, 'list', new URLSearchParams(query).toString()],
    queryFn: ({ signal, pageParam }) =>
      read<MediaPage>(
        address(workspace, 'list', [...query, ...(pageParam ? [['cursor', pageParam] as const] : [])]),
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

export const useShelves = (workspace: string) =>
  useQuery({
    queryKey: ['media', workspace, 'shelves'],
    queryFn: ({ signal }) => read<MediaShelves>(address(workspace, 'shelves', []), signal),
  })

export const useDetails = (workspace: string, file: string) =>
  useQuery({
    queryKey: ['media', workspace, 'details', file],
    queryFn: ({ signal }) => read<MediaDetails>(address(workspace, 'details', [['file', file]]), signal),
  })

export const useFits = (workspace: string, file: string) =>
  useQuery({
    queryKey: ['media', workspace, 'fits', file],
    queryFn: ({ signal }) => read<readonly NetworkFit[]>(address(workspace, 'fits', [['file', file]]), signal),
  })

/** Keeps what is shown of the library true, whoever changes it. @returns asks for it anew. */
export function useMediaNews(workspace: string): () => Promise<void> {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['media', workspace] })
  useLive(['media.*', 'mediaFolder.*'], (events, missed) => {
    if (missed || events.some(({ type }) => type !== 'media.progressed')) return void refresh()
    // How far a work is changes nothing but what is said of its own file, and comes every second.
    for (const id of new Set(events.map(({ subject }) => subject.id)))
      void client.invalidateQueries({ queryKey: ['media', workspace, 'details', id] })
  })
  return refresh
}
