import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'X',
    name: 'x',
    method: 'account',
    who: 'northwind',
    ...open,
    twins: 'refused',
    looksAlike: true,
    listsLate: true,
    resumes: true,
  },
]
