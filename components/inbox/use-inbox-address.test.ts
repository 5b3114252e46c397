import { expect, test } from 'vitest'
import { ListConversations } from '@/lib/inbox/schema'
import { filterQuery, type InboxFilter } from './use-inbox-address'

const everything: InboxFilter = {
  view: 'all',
  search: '',
  accounts: [],
  labels: [],
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
  words: null,
  alike: null,
  sort: 'newest',
}

test.each(['a', '退', '🦄', '退款', '🦄🦄', 'ab'])(
  '%s is searched for where it is not too short for the inbox',
  (search) => {
    const asked = filterQuery({ ...everything, search }).some(([name]) => name === 'search')
    expect(asked).toBe(ListConversations.safeParse({ search }).success)
  },
)
