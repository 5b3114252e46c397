'use client'

import { incomingKinds, messageIntents, views, type MessageIntent, type View } from '@/lib/inbox/schema'
import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

const orders = ['newest', 'priority'] as const
const feelings = ['negative', 'neutral', 'positive'] as const
const promises = ['at_risk', 'breached'] as const

const parsers = {
  view: parseAsStringLiteral(views).withDefault('todo'),
  search: parseAsString.withDefault(''),
  account: parseAsArrayOf(parseAsString).withDefault([]),
  label: parseAsArrayOf(parseAsString).withDefault([]),
  kind: parseAsStringLiteral(incomingKinds),
  feeling: parseAsStringLiteral(feelings),
  intent: parseAsStringLiteral(messageIntents),
  sla: parseAsStringLiteral(promises),
  unanswered: parseAsBoolean,
  project: parseAsString,
  network: parseAsString,
  assignee: parseAsString,
  team: parseAsString,
  disposition: parseAsString,
  words: parseAsString,
  alike: parseAsString,
  sort: parseAsStringLiteral(orders).withDefault('newest'),
  folded: parseAsBoolean.withDefault(true),
  open: parseAsString,
  details: parseAsStringLiteral(['shown', 'hidden']),
}

export type InboxFilter = {
  readonly view: View
  readonly search: string
  readonly accounts: readonly string[]
  readonly labels: readonly string[]
  readonly kind: (typeof incomingKinds)[number] | null
  readonly feeling: (typeof feelings)[number] | null
  readonly intent: MessageIntent | null
  /** Where a promise is soon due, or broken. */
  readonly sla: (typeof promises)[number] | null
  /** Only what waits for an answer. */
  readonly unanswered: true | null
  /** To accounts of this project. */
  readonly project: string | null
  readonly network: string | null
  readonly assignee: string | null
  readonly team: string | null
  /** Done for this reason. */
  readonly disposition: string | null
  /** Only where these words are said: a view of its own. */
  readonly words: string | null
  /** Only what says nearly the same as this conversation. */
  readonly alike: string | null
  readonly sort: (typeof orders)[number]
}

/** The shortest word that is searched for, in characters as the server counts them: an emoji is one. */
const shortestSearch = 2

/** The filter as the inbox's reads take it. */
export const filterQuery = (filter: InboxFilter): [string, string][] => [
  ['view', filter.view],
  ['sort', filter.sort],
  ...filter.accounts.map((account): [string, string] => ['account', account]),
  ...filter.labels.map((label): [string, string] => ['label', label]),
  ...(filter.kind ? [['kind', filter.kind] satisfies [string, string]] : []),
  ...(filter.feeling ? [['feeling', filter.feeling] satisfies [string, string]] : []),
  ...(filter.intent ? [['intent', filter.intent] satisfies [string, string]] : []),
  ...(filter.sla ? [['sla', filter.sla] satisfies [string, string]] : []),
  ...(filter.unanswered ? [['unanswered', 'true'] satisfies [string, string]] : []),
  ...(filter.project ? [['project', filter.project] satisfies [string, string]] : []),
  ...(filter.network ? [['network', filter.network] satisfies [string, string]] : []),
  ...(filter.assignee ? [['assignee', filter.assignee] satisfies [string, string]] : []),
  ...(filter.team ? [['team', filter.team] satisfies [string, string]] : []),
  ...(filter.disposition ? [['disposition', filter.disposition] satisfies [string, string]] : []),
  ...(filter.words ? [['words', filter.words] satisfies [string, string]] : []),
  ...(filter.alike ? [['alike', filter.alike] satisfies [string, string]] : []),
  ...([...filter.search].length >= shortestSearch ? [['search', filter.search] satisfies [string, string]] : []),
]

const nothingElse = {
  search: null,
  account: null,
  label: null,
  kind: null,
  feeling: null,
  intent: null,
  sla: null,
  unanswered: null,
  project: null,
  network: null,
  assignee: null,
  team: null,
  disposition: null,
  alike: null,
}

/** Which list, what of it, and what is open: all of it in the address, so that it can be sent to a colleague. */
export function useInboxAddress() {
  const [address, set] = useQueryStates(parsers, { history: 'replace' })
  const filter: InboxFilter = {
    view: address.view,
    search: address.search.trim(),
    accounts: address.account,
    labels: address.label,
    kind: address.kind,
    feeling: address.feeling,
    intent: address.intent,
    sla: address.sla,
    unanswered: address.unanswered || null,
    project: address.project,
    network: address.network,
    assignee: address.assignee,
    team: address.team,
    disposition: address.disposition,
    words: address.words,
    alike: address.alike,
    sort: address.sort,
  }
  return {
    filter,
    open: address.open,
    details: address.details,
    folded: address.folded,
    /** Whether this list is folded: one of all that say nearly the same would be a single row. */
    isFolding: address.folded && address.alike === null,
    isNarrowed:
      filter.accounts.length + filter.labels.length > 0 ||
      [
        filter.kind,
        filter.feeling,
        filter.intent,
        filter.sla,
        filter.unanswered,
        filter.project,
        filter.network,
        filter.assignee,
        filter.team,
        filter.disposition,
        filter.alike,
        filter.search,
      ].some(Boolean),
    setView: (view: View) => void set({ view, words: null, open: null, details: null }, { history: 'push' }),
    /** Everything in which these words are said. */
    setWords: (words: string) => void set({ view: 'all', words, open: null, details: null }, { history: 'push' }),
    setFilter: ({ accounts, labels, ...change }: Partial<Omit<InboxFilter, 'view' | 'words'>>) =>
      void set({ ...change, ...(accounts && { account: [...accounts] }), ...(labels && { label: [...labels] }) }),
    /** What ended for a reason is among what is done: the list goes there, unless it shows all. */
    showDisposition: (disposition: string) =>
      void set({ disposition, ...(address.view === 'all' ? {} : { view: 'done' as const }) }),
    /** Whether what says nearly the same is one row. */
    setFolded: (folded: boolean) => void set({ folded }),
    clearFilter: () => void set(nothingElse),
    /** Every view's conversations that say nearly the same as this one. */
    showAlike: (alike: string) => void set({ ...nothingElse, words: null, view: 'all', alike }, { history: 'push' }),
    /** From the list it is a step that the back button undoes; from one conversation to the next it is not. */
    openConversation: (open: string | null) =>
      void set({ open }, { history: address.open === null || open === null ? 'push' : 'replace' }),
    /** Where there is room for one thing at a time the details are a step, too, that the back button undoes. */
    setDetails: (details: 'shown' | 'hidden' | null) =>
      void set({ details }, { history: details === 'shown' ? 'push' : 'replace' }),
  }
}

export type InboxAddress = ReturnType<typeof useInboxAddress>
