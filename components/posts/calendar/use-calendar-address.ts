'use client'

import { postStates, type PostState } from '@/lib/posts/schema'
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useSyncExternalStore } from 'react'
import { calendarViews, isDay, todayIn, type CalendarView } from './period'

const words = parseAsArrayOf(parseAsString).withDefault([])
const parsers = {
  view: parseAsStringLiteral(calendarViews),
  date: parseAsString,
  state: parseAsArrayOf(parseAsStringLiteral(postStates)).withDefault([]),
  account: words,
  network: words,
  project: parseAsString,
  q: parseAsString.withDefault(''),
  drafts: parseAsBoolean.withDefault(false),
}

const narrow = '(width < 48rem)'
function watchWidth(changed: () => void): () => void {
  const media = window.matchMedia(narrow)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}
/** Phones, and windows as small. False on the server. */
const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    watchWidth,
    () => window.matchMedia(narrow).matches,
    () => false,
  )

export type CalendarFilter = {
  readonly states: readonly PostState[]
  readonly accounts: readonly string[]
  readonly networks: readonly string[]
  readonly project: string | null
  readonly search: string
}

/** Where in time the calendar is and what it shows, all of it in the address. */
export function useCalendarAddress(timeZone: string) {
  const [address, set] = useQueryStates(parsers, { history: 'replace' })
  const isNarrow = useIsNarrow()
  const asked: CalendarView = address.view ?? (isNarrow ? 'list' : 'week')
  const filter: CalendarFilter = {
    states: address.state,
    accounts: address.account,
    networks: address.network,
    project: address.project,
    search: address.q.trim(),
  }
  const changeFilter = (change: Partial<CalendarFilter>) =>
    set({
      ...(change.states && { state: [...change.states] }),
      ...(change.accounts && { account: [...change.accounts] }),
      ...(change.networks && { network: [...change.networks] }),
      ...(change.project !== undefined && { project: change.project }),
      ...(change.search !== undefined && { q: change.search }),
    })
  return {
    // Seven columns do not fit on a phone: a week is a list there.
    view: isNarrow && asked === 'week' ? ('list' as const) : asked,
    isNarrow,
    day: address.date && isDay(address.date) ? address.date : todayIn(timeZone),
    filter,
    isFiltered:
      filter.states.length + filter.accounts.length + filter.networks.length > 0 ||
      filter.project !== null ||
      filter.search !== '',
    draftsOpen: address.drafts,
    setView: (view: CalendarView) => void set({ view }, { history: 'push' }),
    setDay: (date: string | null) => void set({ date }),
    goTo: (view: CalendarView, date: string) => void set({ view, date }, { history: 'push' }),
    setFilter: (change: Partial<CalendarFilter>) => void changeFilter(change),
    clearFilter: () => void set({ state: null, account: null, network: null, project: null, q: null }),
    setDraftsOpen: (drafts: boolean) => void set({ drafts }),
  }
}

export type CalendarAddress = ReturnType<typeof useCalendarAddress>

/** The filter as the calendar's reads take it. */
export function filterQuery({ states, accounts, networks, project, search }: CalendarFilter): [string, string][] {
  return [
    ...states.map((state): [string, string] => ['state', state]),
    ...accounts.map((account): [string, string] => ['account', account]),
    ...networks.map((network): [string, string] => ['network', network]),
    ...(project ? [['project', project] satisfies [string, string]] : []),
    ...(search ? [['q', search] satisfies [string, string]] : []),
  ]
}
