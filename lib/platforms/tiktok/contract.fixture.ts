import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'TikTok',
    name: 'tiktok',
    method: 'account',
    who: 'northwind',
    options: { privacy: 'PUBLIC_TO_EVERYONE' },
    ...open,
  },
]
