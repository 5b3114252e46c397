'use client'

import { read } from '@/components/shell/queries'
import { paths } from '@/lib/core/paths'
import type {
  ConversationCard,
  ConversationDetail,
  FilledReply,
  OpenConversation,
  Page,
  ReplyTemplate,
  SavedViewCard,
  ThreadMessage,
  Understood,
} from '@/lib/inbox/schema'
import type { LabelCard, MacroCard } from '@/lib/routing/schema'
import { keepPreviousData, useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query'
import { filterQuery, type InboxFilter } from './use-inbox-address'

type What = Parameters<typeof paths.inboxRead>[1]
export type ListData = InfiniteData<Page<ConversationCard>, string>

export const inboxKey = (workspace: string, what?: What, ...rest: readonly string[]) =>
  ['inbox', workspace, ...(what ? [what] : []), ...rest] as const

export const listKey = (workspace: string, filter: InboxFilter) =>
  inboxKey(workspace, 'list', new URLSearchParams(filterQuery(filter)).toString())

const ask = <T>(workspace: string, what: What, query: readonly (readonly [string, string])[], signal?: AbortSignal) =>
  read<T>(
    `${paths.inboxRead(workspace, what)}?${new URLSearchParams(query.map(([name, value]) => [name, value]))}`,
    signal,
  )

/** So many pages are kept at a time: who goes down a list of 100,000 holds some thousands of them. */
const mostPages = 40

/** Which page: the first (''), the one below a cursor, or the one above a conversation. Who goes on goes far, so these are long. */
const pageAt = (from: string): readonly (readonly [string, string])[] => {
  const [way, place = ''] = from.split(' ')
  return way === ''
    ? []
    : [
        [way === 'above' ? 'before' : 'cursor', place],
        ['take', '100'],
      ]
}

/** Whether a list that is shown begins where the list itself begins: what was above was not let go. */
export const isFromTop = ({ pages, pageParams }: InfiniteData<Page<ConversationCard>, unknown>): boolean =>
  pageParams[0] === '' || pages[0]?.items.length === 0

/** A list, a page at a time by key, of which a stretch is kept. The last answer stays in sight while another list's comes. */
export function useConversations(workspace: string, filter: InboxFilter) {
  return useInfiniteQuery({
    queryKey: listKey(workspace, filter),
    queryFn: ({ signal, pageParam }) =>
      ask<Page<ConversationCard>>(workspace, 'list', [...filterQuery(filter), ...pageAt(pageParam)], signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next && `below ${next}`,
    getPreviousPageParam: ({ items: [first] }, _pages, from) => (from === '' || !first ? null : `above ${first.id}`),
    maxPages: mostPages,
    // The live stream puts news in their place: a list of thousands is not read again for one of them.
    staleTime: Infinity,
    refetchOnReconnect: false,
    // Nobody puts news into a list that is not shown.
    gcTime: 0,
    placeholderData: keepPreviousData,
  })
}

/** Those of `ids` that belong to a list now; without `ids`, its first page. */
export const askCards = (workspace: string, filter: InboxFilter, ids: readonly string[] = []) =>
  ask<Page<ConversationCard>>(workspace, 'list', [...filterQuery(filter), ...ids.map((id) => ['id', id] as const)])

const askCounts = (workspace: string, project: string | null, signal: AbortSignal) =>
  ask<Readonly<Record<string, number>>>(workspace, 'counts', project ? [['project', project]] : [], signal)

export const askTodo = (workspace: string, signal: AbortSignal) =>
  ask<{ readonly todo: number }>(workspace, 'todo', [], signal)

/** How much is in each view, of one project or of all. */
export const useCounts = (workspace: string, project: string | null) =>
  useQuery({
    queryKey: inboxKey(workspace, 'counts', project ?? ''),
    queryFn: ({ signal }) => askCounts(workspace, project, signal),
    placeholderData: keepPreviousData,
  })

/** Lists of words that people made. Their counts are a minute old at most: each looks through everything that was said. */
export const useSavedViews = (workspace: string) =>
  useQuery({
    queryKey: inboxKey(workspace, 'views'),
    queryFn: ({ signal }) => ask<readonly SavedViewCard[]>(workspace, 'views', [], signal),
    refetchInterval: 60_000,
  })

const conversationQuery = (workspace: string, id: string) => ({
  queryKey: inboxKey(workspace, 'conversation', id),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ask<OpenConversation>(workspace, 'conversation', [['id', id]], signal),
})

export const useConversation = (workspace: string, id: string) => useQuery(conversationQuery(workspace, id))

/** Everything before a first page that is not older than `until`, and with it the page that reaches there. */
async function askBack<T extends { readonly createdAt: string }>(
  workspace: string,
  what: 'answered' | 'noted',
  id: string,
  { items, next }: Page<T>,
  until: string,
  signal: AbortSignal,
): Promise<readonly T[]> {
  let [found, before]: [readonly T[], string | null] = [[], next]
  const reaches = () => ((found[0] ?? items[0])?.createdAt ?? '') < until
  while (before !== null && !reaches()) {
    const page: Page<T> = await ask(
      workspace,
      what,
      [
        ['id', id],
        ['before', before],
      ],
      signal,
    )
    found = [...page.items, ...found]
    before = page.next
  }
  return found
}

/**
 * What we answered and noted before the latest of it, as far back as what was said is shown.
 * @param until the moment of the oldest message that is shown; empty when none is
 */
export const useEarlier = (workspace: string, id: string, { replies, notes }: OpenConversation, until: string) =>
  useQuery({
    queryKey: inboxKey(workspace, 'answered', id, replies.next ?? '', notes.next ?? '', until),
    queryFn: async ({ signal }) => {
      const [answered, noted] = await Promise.all([
        askBack(workspace, 'answered', id, replies, until, signal),
        askBack(workspace, 'noted', id, notes, until, signal),
      ])
      return { replies: answered, notes: noted }
    },
    enabled: until !== '' && (replies.next !== null || notes.next !== null),
    placeholderData: keepPreviousData,
  })

/** What was said, the newest page first; earlier pages are asked for. */
export const useMessages = (workspace: string, id: string) =>
  useInfiniteQuery({
    queryKey: inboxKey(workspace, 'messages', id),
    queryFn: ({ signal, pageParam }) =>
      ask<Page<ThreadMessage>>(
        workspace,
        'messages',
        [['id', id] as const, ...(pageParam ? [['before', pageParam] as const] : [])],
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })

/** What may be sent when the time for free words is over. */
export const useTemplates = (workspace: string, id: string) =>
  useQuery({
    queryKey: inboxKey(workspace, 'templates', id),
    queryFn: ({ signal }) => ask<readonly ReplyTemplate[]>(workspace, 'templates', [['id', id]], signal),
    // They change when a person has another approved, and every question costs the network one.
    staleTime: 5 * 60_000,
  })

/** What else was said with a person, the newest first. */
export const useOthers = (workspace: string, contactId: string) =>
  useQuery({
    queryKey: inboxKey(workspace, 'list', 'of', contactId),
    queryFn: ({ signal }) =>
      ask<Page<ConversationCard>>(
        workspace,
        'list',
        [
          ['view', 'all'],
          ['contact', contactId],
        ],
        signal,
      ),
  })

/** Every conversation in which somebody says nearly the same as in this one, and this one. */
export async function askAlike(workspace: string, id: string): Promise<readonly ConversationCard[]> {
  const found: ConversationCard[] = []
  let next: string | null = ''
  while (next !== null) {
    const from: [string, string][] = next === '' ? [] : [['cursor', next]]
    const page: Page<ConversationCard> = await ask(workspace, 'list', [
      ['view', 'all'],
      ['alike', id],
      ['take', '100'],
      ...from,
    ])
    found.push(...page.items)
    next = page.next
  }
  return found
}

/** The labels there are. */
export const useLabels = (workspace: string) =>
  useQuery({
    queryKey: inboxKey(workspace, 'labels'),
    queryFn: ({ signal }) => ask<readonly LabelCard[]>(workspace, 'labels', [], signal),
  })

/** The macros there are. */
export const useMacros = (workspace: string) =>
  useQuery({
    queryKey: inboxKey(workspace, 'macros'),
    queryFn: ({ signal }) => ask<readonly MacroCard[]>(workspace, 'macros', [], signal),
  })

/** Saved replies, each as it reads in an answer to a message. */
export const useSavedReplies = (workspace: string, messageId: string) =>
  useQuery({
    queryKey: inboxKey(workspace, 'replies', messageId),
    queryFn: ({ signal }) => ask<readonly FilledReply[]>(workspace, 'replies', [['id', messageId]], signal),
  })

/** How the words that a conversation is weighed by were understood: asked when somebody wants to know. */
export const useUnderstood = (workspace: string, { id, lastInboundAt, reasons }: ConversationDetail) =>
  useQuery({
    queryKey: inboxKey(workspace, 'understood', id, lastInboundAt ?? '', reasons.messageId ?? ''),
    queryFn: ({ signal }) => ask<Understood | null>(workspace, 'understood', [['id', id]], signal),
  })
