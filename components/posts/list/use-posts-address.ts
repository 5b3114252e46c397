'use client'

import { postStates } from '@/lib/posts/schema'
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { filterQuery, type CalendarFilter } from '../calendar/use-calendar-address'

const words = parseAsArrayOf(parseAsString).withDefault([])
const orders = ['newest', 'due'] as const
export type Order = (typeof orders)[number]

const parsers = {
  state: parseAsArrayOf(parseAsStringLiteral(postStates)).withDefault([]),
  account: words,
  network: words,
  project: parseAsString,
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(orders).withDefault('newest'),
}

/** What the list shows and in which order, all of it in the address, under the names the calendar uses. */
export function usePostsAddress() {
  const [address, set] = useQueryStates(parsers, { history: 'replace' })
  const filter: CalendarFilter = {
    states: address.state,
    accounts: address.account,
    networks: address.network,
    project: address.project,
    search: address.q.trim(),
  }
  return {
    filter,
    sort: address.sort,
    setSort: (sort: Order) => void set({ sort }, { history: 'push' }),
    isFiltered: filterQuery(filter).length > 0,
    setFilter: (change: Partial<CalendarFilter>) =>
      void set({
        ...(change.states && { state: [...change.states] }),
        ...(change.accounts && { account: [...change.accounts] }),
        ...(change.networks && { network: [...change.networks] }),
        ...(change.project !== undefined && { project: change.project }),
        ...(change.search !== undefined && { q: change.search }),
      }),
    clearFilter: () => void set({ state: null, account: null, network: null, project: null, q: null }),
  }
}
