import { expect, test } from 'vitest'
import { hour } from '@/lib/core/clock'
import { toSendMessage } from './graph-answers'

const asked = (hoursAgo: number) => ({
  to: {
    externalId: 'm-1',
    kind: 'dm' as const,
    conversation: 'u-1',
    ref: { to: 'u-1' },
  },
  heardAt: new Date(Date.now() - hoursAgo * hour).toISOString(),
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

test('a file is a message of its own: by what was given for it, or by where it can be fetched', () => {
  const file = {
    id: 'f',
    kind: 'gif',
    mime: 'image/gif',
    sizeBytes: 1,
    alt: '',
    publicUrl: 'https://files.test/f',
  } as const
  const open = () => new ReadableStream<Uint8Array>()
  const brought = toSendMessage({ ...asked(1), text: '', media: [{ kind: 'video', alt: '', ref: '18001' }] })
  expect(brought.message).toEqual({ attachment: { type: 'video', payload: { attachment_id: '18001' } } })
  const paper = toSendMessage({ ...asked(1), text: '', media: [{ kind: 'document', alt: '', ref: '18002' }] })
  expect(paper.message).toEqual({ attachment: { type: 'file', payload: { attachment_id: '18002' } } })
  const fetched = toSendMessage({ ...asked(1), text: '', media: [{ kind: 'gif', alt: '', file: { ...file, open } }] })
  expect(fetched.message).toEqual({ attachment: { type: 'image', payload: { url: 'https://files.test/f' } } })
})
