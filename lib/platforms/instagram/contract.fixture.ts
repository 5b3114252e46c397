import { metaScheme } from '../graph-scheme.fixture'
import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Instagram',
    name: 'instagram',
    method: 'account',
    who: 'northwindcoffee',
    ...open,
    holds: ['film', 'pictures'],
    ownKey: true,
    renewsAfterMs: 24 * 3_600_000,
  },
]

export const scheme = metaScheme(
  'INSTAGRAM',
  (id, text) => ({
    object: 'instagram',
    entry: [
      {
        id: '7',
        time: 1_790_000_000,
        changes: [{ field: 'comments', value: { id, text, from: { id: '8', username: 'mia' }, media: { id: '9' } } }],
      },
    ],
  }),
  (id) => `${id}:added`,
)
