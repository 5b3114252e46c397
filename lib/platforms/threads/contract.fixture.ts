import { metaScheme } from '../graph-scheme.fixture'
import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Threads',
    name: 'threads',
    method: 'account',
    who: 'northwindcoffee',
    ...open,
    holds: ['film', 'pictures'],
    ownKey: true,
    renewsAfterMs: 24 * 3_600_000,
  },
]

export const scheme = metaScheme(
  'THREADS',
  (id, text) => ({
    app_id: '3',
    topic: 'moderate',
    target_id: '7',
    time: 1_790_000_000,
    subscription_id: '4',
    has_uid_field: false,
    values: { field: 'replies', value: { id, username: 'mia', text, root_post: { id: '9', owner_id: '7' } } },
  }),
  (id) => `replies:${id}`,
)
