import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Reddit',
    name: 'reddit',
    method: 'account',
    who: 'northwind',
    options: { subreddit: 'northwind' },
    ...open,
    looksAlike: true,
    listsLate: true,
    resumes: true,
  },
]
