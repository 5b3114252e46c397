import { closed, open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'LinkedIn person',
    name: 'linkedin',
    method: 'person',
    who: 'nora-winter',
    ...closed,
    twins: 'named',
    resumes: true,
  },
  {
    label: 'LinkedIn page',
    name: 'linkedin',
    method: 'page',
    who: 'nora-winter',
    ...open,
    twins: 'named',
    looksAlike: true,
    listsLate: true,
    resumes: true,
  },
]
