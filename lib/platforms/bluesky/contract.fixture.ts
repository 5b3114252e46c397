import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Bluesky',
    name: 'bluesky',
    method: 'password',
    who: 'northwind.sandbox',
    values: { handle: 'northwind.sandbox', password: 'app-pass-northwind' },
    ...open,
    ownKey: true,
  },
]
