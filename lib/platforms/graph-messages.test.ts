import { expect, test } from 'vitest'
import { hour } from '@/lib/core/clock'
import { fromReported, messageOf, nameOfMessage, toSendMessage } from './graph-messages'
import { withSpare } from './graph-webhook'

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

test('changed words of a message are told as such, each change by a name of its own', () => {
  const edited = (text: string, times: number) => {
    const said = { mid: 'm-1', text, num_edit: times }
    const value = { sender: { id: '9' }, recipient: { id: '7' }, timestamp: 1_763_719_000_000, message_edit: said }
    return { time: 1_763_719_000, field: 'message_edit', value }
  }
  const told = messageOf(edited('At six, please', 1))
  if (!told) throw new Error('It is not read')
  expect(fromReported(told, '7', 'Facebook')).toMatchObject([
    { kind: 'dm', externalId: 'm-1', change: 'edited', text: 'At six, please', own: false, conversation: '9' },
  ])
  expect([1, 2].map((times) => nameOfMessage(edited('At six', times)))).toEqual(['m-1:edit:1', 'm-1:edit:2'])
})

test('where a field is unknown, the others are subscribed to all the same', async () => {
  const asked: string[] = []
  const subscribe = async (fields: readonly string[]) => {
    asked.push(fields.join())
    return { ok: !fields.includes('unknown') }
  }
  expect(await withSpare(['feed'], 'unknown', subscribe)).toEqual({ ok: true })
  expect(await withSpare(['feed'], 'known', subscribe)).toEqual({ ok: true })
  expect(asked).toEqual(['feed,unknown', 'feed', 'feed,known'])
})
