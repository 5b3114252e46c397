import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  { label: 'Mastodon', name: 'mastodon', method: 'account', who: 'northwind', ...open, renews: false },
]
