import { createHmac } from 'node:crypto'
import type { Scheme } from '../scheme.fixture'
import { open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'Ayrshare Facebook',
    name: 'facebook',
    provider: 'ayrshare',
    method: 'ayrshare',
    who: 'facebook',
    spokenToAs: 'northwind/facebook',
    values: { apiKey: 'SANDBOX-AYRSHARE-KEY-0001' },
    ...open,
    renews: false,
    lasting: true,
  },
  {
    label: 'Ayrshare X',
    name: 'x',
    provider: 'ayrshare',
    method: 'ayrshare',
    who: 'x',
    spokenToAs: 'northwind_roastery/twitter',
    values: {
      apiKey: 'SANDBOX-AYRSHARE-KEY-0001',
      profileKey: 'SANDBOX-PROFILE-KEY-ROASTERY',
      xKey: 'app-key-of-ours',
      xSecret: 'app-secret-of-ours',
    },
    ...open,
    renews: false,
    lasting: true,
  },
]

const secret = 'what was written into the dashboard of Ayrshare'

export const scheme: Scheme = {
  held: { AYRSHARE_WEBHOOK_SECRET: secret },
  report: (id, text) =>
    JSON.stringify({
      action: 'comments',
      hookId: `hook-${id}`,
      id: '1_2_c3',
      platform: 'facebook',
      refId: 'ref1',
      text,
    }),
  nameOf: (id) => `hook-${id}`,
  sign: (body, at) => ({
    'x-authorization-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'x-authorization-content-sha256': createHmac('sha256', secret).update(body).digest('hex'),
  }),
  oldestMs: 90 * 60_000,
}
