import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'YouTube',
    name: 'youtube',
    method: 'channel',
    who: 'northwind',
    options: { privacy: 'public', madeForKids: 'no' },
    refuses: { playlist: 'PL-that-was-deleted' },
    ...open,
  },
]
