import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Threads',
    name: 'threads',
    method: 'account',
    who: 'northwindcoffee',
    ...open,
    ownKey: true,
    renewsAfterMs: 24 * 3_600_000,
  },
]
