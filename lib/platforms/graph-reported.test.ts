import { expect, test } from 'vitest'
import { fromReported, messageOf, nameOfMessage } from './graph-reported'

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
