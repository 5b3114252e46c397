import { createHmac } from 'node:crypto'
import type { Scheme } from '../scheme.fixture'
import { closed, open, type Way } from '../way.fixture'

export const ways: readonly Way[] = [
  {
    label: 'LinkedIn person',
    name: 'linkedin',
    method: 'person',
    who: 'nora-winter',
    ...closed,
    twins: 'named',
    resumes: true,
  },
  {
    label: 'LinkedIn page',
    name: 'linkedin',
    method: 'page',
    who: 'nora-winter',
    ...open,
    twins: 'named',
    looksAlike: true,
    listsLate: true,
    resumes: true,
  },
]

const secret = 'the secret of our app at LinkedIn'
const hmac = (text: string) => createHmac('sha256', secret).update(text).digest('hex')

export const scheme: Scheme = {
  held: { LINKEDIN_WEBHOOK_SECRET: secret },
  report: (id, words) =>
    JSON.stringify({
      type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
      notifications: [
        {
          notificationId: Number(id),
          organizationalEntity: 'urn:li:organization:5',
          action: 'COMMENT',
          decoratedSourcePost: { text: words },
        },
      ],
    }),
  nameOf: (id) => id,
  sign: (body) => ({ 'x-li-signature': hmac(`hmacsha256=${body}`) }),
  handshake: {
    asks: { challengeCode: 'abc' },
    answer: JSON.stringify({ challengeCode: 'abc', challengeResponse: hmac('abc') }),
    wrong: [{ challengeCode: '' }],
  },
}
