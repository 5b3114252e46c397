import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Instagram',
    name: 'instagram',
    method: 'account',
    who: 'northwindcoffee',
    ...open,
    ownKey: true,
    renewsAfterMs: 24 * 3_600_000,
  },
]
