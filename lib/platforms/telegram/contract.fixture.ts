import { closed, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Telegram',
    name: 'telegram',
    method: 'bot',
    who: 'northwind_news',
    values: { token: '4100000001:AAsandbox-token-of-the-northwind-bot', chat: '@northwind_news' },
    ...closed,
    lasting: true,
  },
]
