import { metaScheme } from '../graph-scheme.fixture'
import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Facebook',
    name: 'facebook',
    method: 'pages',
    who: 'nora.winter',
    ...open,
    holds: ['film', 'pictures'],
    renews: false,
    twins: 'refused',
    looksAlike: true,
    listsLate: true,
  },
]

export const scheme = metaScheme(
  'FACEBOOK',
  (id, message) => ({
    object: 'page',
    entry: [
      {
        id: '7',
        time: 1_790_000_000,
        changes: [
          { field: 'feed', value: { item: 'comment', verb: 'add', comment_id: `7_1_${id}`, post_id: '7_1', message } },
        ],
      },
    ],
  }),
  (id) => `7_1_${id}:added`,
)
