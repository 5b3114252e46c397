import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Facebook',
    name: 'facebook',
    method: 'pages',
    who: 'nora.winter',
    ...open,
    renews: false,
    twins: 'refused',
    looksAlike: true,
    listsLate: true,
  },
]
