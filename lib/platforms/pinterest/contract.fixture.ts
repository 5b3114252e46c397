import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Pinterest',
    name: 'pinterest',
    method: 'account',
    who: 'northwind',
    options: { board: '549755885175' },
    ...open,
    holds: ['film'],
    looksAlike: true,
    listsLate: true,
  },
]
