import { createHmac } from 'node:crypto'
import type { Scheme } from '../scheme.fixture'
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

const secret = 'the webhook secret of our app at X'
const signature = (text: string) => `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`

export const scheme: Scheme = {
  held: { X_WEBHOOK_SECRET: secret },
  report: (id, words) =>
    JSON.stringify({
      data: { event_uuid: id, event_type: 'post.create', filter: { user_id: '42' }, payload: { id, text: words } },
    }),
  nameOf: (id) => id,
  sign: (body) => ({ 'x-twitter-webhooks-signature': signature(body) }),
  handshake: {
    asks: { crc_token: 'abc' },
    answer: JSON.stringify({ response_token: signature('abc') }),
    wrong: [{ crc_token: '' }],
  },
}
