import { createHmac } from 'node:crypto'
import type { Scheme } from '../scheme.fixture'
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

const secret = 'the-secret-that-each-bot-gets-its-own-from'
const bot = '4100000001'

export const scheme: Scheme = {
  held: { TELEGRAM_WEBHOOK_SECRET: secret },
  query: `?bot=${bot}`,
  report: (id, text) =>
    JSON.stringify({
      update_id: Number(id),
      message: {
        message_id: 5,
        date: 1_790_000_000,
        chat: { id: -1001500000002, type: 'supergroup', title: 'Northwind Talk' },
        from: { id: 7, is_bot: false, first_name: 'Mira' },
        text,
      },
    }),
  nameOf: (id) => `-1001500000002:${id}`,
  sign: () => ({
    'x-telegram-bot-api-secret-token': createHmac('sha256', secret).update(`telegram bot ${bot}`).digest('hex'),
  }),
  bytes: 'unsigned',
}
