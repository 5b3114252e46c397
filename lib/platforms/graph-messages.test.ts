import { expect, test } from 'vitest'
import { hour } from '@/lib/core/clock'
import { toSendMessage } from './graph-messages'

const asked = (hoursAgo: number) => ({
  to: {
    externalId: 'm-1',
    kind: 'dm' as const,
    conversation: 'u-1',
    ref: { to: 'u-1', at: new Date(Date.now() - hoursAgo * hour).toISOString() },
  },
  text: 'Two days.',
  key: { createdAt: new Date().toISOString() },
})

test('a person answers after a day as a human agent', () => {
  expect(toSendMessage(asked(23))).toMatchObject({ messaging_type: 'RESPONSE' })
  expect(toSendMessage(asked(25))).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })
})

test('what no person wrote is never said to come from one', () => {
  expect(toSendMessage({ ...asked(25), byProgram: true })).toMatchObject({ messaging_type: 'RESPONSE' })
})
