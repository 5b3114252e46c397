'use client'

import { useLive } from '@/components/shell/live'
import { read } from '@/components/shell/queries'
import { leadStages, type ContactPage } from '@/lib/contacts/schema'
import { paths } from '@/lib/core/paths'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

const parsers = {
  search: parseAsString.withDefault(''),
  tag: parseAsString,
  stage: parseAsStringLiteral(leadStages),
  network: parseAsString,
}
/** To be searched for, in characters as the server counts them: an emoji is one. */
export const isLongEnough = (search: string): boolean => [...search.trim()].length >= 2

/** Which contacts are shown, all of it in the address. */
export function useContactsAddress() {
  const [filter, set] = useQueryStates(parsers, { history: 'replace' })
  const { search, tag, stage, network } = filter
  return {
    filter,
    isNarrowed: search.trim() !== '' || Boolean(tag ?? stage ?? network),
    setFilter: (change: Partial<typeof filter>) => void set(change),
    clearFilter: () => void set({ search: null, tag: null, stage: null, network: null }),
  }
}

type Filter = ReturnType<typeof useContactsAddress>['filter']

const queryOf = ({ search, tag, stage, network }: Filter): Record<string, string> => ({
  ...(isLongEnough(search) ? { search: search.trim() } : {}),
  ...(tag ? { tag } : {}),
  ...(stage ? { stage } : {}),
  ...(network ? { network } : {}),
})

const ask = (workspace: string, query: Record<string, string>, signal: AbortSignal) =>
  read<ContactPage>(`${paths.contactsRead(workspace)}?${new URLSearchParams(query)}`, signal)

/** The list a page at a time, by key. The last answer stays in sight while another filter's comes. */
export function useContacts(workspace: string, filter: Filter) {
  const client = useQueryClient()
  const query = queryOf(filter)
  useLive(['contact.*'], () => void client.invalidateQueries({ queryKey: ['contacts', workspace] }))
  return useInfiniteQuery({
    queryKey: ['contacts', workspace, new URLSearchParams(query).toString()],
    queryFn: ({ signal, pageParam }) =>
      ask(workspace, { ...query, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  })
}

/** People found by a part of their name or handle; nothing until two letters are there. */
export const useFoundContacts = (workspace: string, search: string) =>
  useQuery({
    queryKey: ['contacts', workspace, 'found', search],
    queryFn: ({ signal }) => ask(workspace, { search }, signal),
    enabled: isLongEnough(search),
    placeholderData: keepPreviousData,
  })
