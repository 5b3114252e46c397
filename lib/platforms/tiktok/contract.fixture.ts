import { createHmac } from 'node:crypto'
import type { Scheme } from '../scheme.fixture'
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

const secret = 'the secret of our app at TikTok'

export const scheme: Scheme = {
  held: { TIKTOK_WEBHOOK_SECRET: secret },
  report: (id, words) =>
    JSON.stringify({
      client_key: 'key',
      event: 'post.publish.complete',
      create_time: 1_790_000_000,
      user_openid: '7',
      content: JSON.stringify({ publish_id: id, note: words }),
    }),
  sign(body, at) {
    const time = Math.floor(at.getTime() / 1_000)
    return { 'tiktok-signature': `t=${time},s=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}` }
  },
  oldestMs: 5 * 60_000,
}
