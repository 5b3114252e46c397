import { describe, expect, test } from 'vitest'
import { ZodError } from 'zod'
import type { GraphTrouble } from '../graph'
import type { Reply } from '../platform'
import { toIncoming, wordsOf } from './incoming'
import { toMessage, toTemplate, whatsappError } from './translate'
import type { FilledForm } from './filled-form'
import type { Message } from './webhook'

const reply = (more: Partial<Reply> = {}): Reply => ({
  to: { externalId: 'wamid.1', kind: 'dm', conversation: '49', ref: { to: '49' } },
  text: 'We do',
  key: { createdAt: '2026-11-25T10:00:00Z', recordKey: 'k1' },
  ...more,
})
const message = (more: Partial<Message>): Message => ({
  from: '49',
  id: 'wamid.1',
  timestamp: '1790000000',
  type: 'text',
  ...more,
})
const form = (nfm_reply: FilledForm) => message({ type: 'interactive', interactive: { nfm_reply } })

describe('an answer', () => {
  test('goes to one person, quotes what it answers, and carries its key', () => {
    expect(toMessage(reply())).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '49',
      context: { message_id: 'wamid.1' },
      biz_opaque_callback_data: 'k1',
      type: 'text',
      text: { body: 'We do', preview_url: true },
    })
  })

  test('to what was said in a group goes to the group, with the quote, and a template does, too', () => {
    const to = { externalId: 'wamid.1', kind: 'comment', conversation: 'group:G', ref: { group: 'G' } } as const
    expect(toMessage(reply({ to }))).toMatchObject({
      recipient_type: 'group',
      to: 'G',
      context: { message_id: 'wamid.1' },
      text: { body: 'We do' },
    })
    const template = { name: 'ready', language: 'de', values: [] }
    expect(toMessage(reply({ to, template }))).toMatchObject({ recipient_type: 'group', to: 'G', type: 'template' })
  })

  test.for([null, {}, { to: '' }, { group: '' }, { to: '49', group: 'G' }])('to %o goes nowhere', (ref) => {
    expect(() => toMessage(reply({ to: { externalId: 'wamid.1', kind: 'dm', conversation: '49', ref } }))).toThrow(
      ZodError,
    )
  })

  test('by template has its values in their order, or no components', () => {
    const template = { name: 'ready', language: 'de', values: ['Mia', '7'] }
    expect(toMessage(reply({ template }))).toMatchObject({
      type: 'template',
      template: {
        name: 'ready',
        language: { code: 'de' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Mia' },
              { type: 'text', text: '7' },
            ],
          },
        ],
      },
    })
    expect(toMessage(reply({ template: { ...template, values: [] } }))).not.toHaveProperty('template.components')
  })
})

test.for([
  [message({ text: { body: 'Hello' } }), 'Hello'],
  [message({ type: 'button', button: { text: 'Yes' } }), 'Yes'],
  [message({ type: 'interactive', interactive: { button_reply: { title: 'Cancel' } } }), 'Cancel'],
  [message({ type: 'interactive', interactive: { list_reply: { title: 'Express' } } }), 'Express'],
  [message({ type: 'image', image: { id: '1', caption: 'Look' } }), 'Look'],
  [message({ type: 'image', image: {} }), '[Sent a picture]'],
  [message({ type: 'document', document: { id: '1', filename: 'bill.pdf' } }), ''],
  [message({ type: 'location', location: { name: 'Philz', address: '101 Ave' } }), '[Sent a place: Philz, 101 Ave]'],
  [
    form({
      name: 'flow',
      body: 'Sent',
      response_json: '{"flow_token":"t1","size":"L","gift":true,"notes":" ","day":3}',
    }),
    '[Filled in a form: flow]\nsize: L\ngift: yes\nday: 3',
  ],
  [
    form({
      name: 'address_message',
      body: 'Mia, Harbour 1',
      response_json: '{"values":{"in_pin_code":"400063","city":"Mumbai"}}',
    }),
    '[Filled in a form: address message]\nvalues, in pin code: 400063\nvalues, city: Mumbai',
  ],
  [
    form({
      response_json:
        '{"days":["Mon","Tue"],"files":[{"file_name":"a.jpg","id":"7","sha256":"x"}],"auth":{"access_token":"s"},"kids":[{"age":3},{"age":5}]}',
    }),
    '[Filled in a form]\ndays: Mon, Tue\nfiles: a.jpg\nkids 1, age: 3\nkids 2, age: 5',
  ],
  [
    form({ name: 'address_message', body: 'Mia, Harbour 1', response_json: '{"saved' }),
    '[Filled in a form: address message]\nMia, Harbour 1',
  ],
  [
    form({ name: 'flow', body: 'Sent', response_json: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }),
    '[Filled in a form: flow]',
  ],
  [message({ type: 'unsupported' }), '[Sent something that WhatsApp does not pass on]'],
] as const)('%o reads as %s', ([given, expected]) => {
  expect(wordsOf(given)).toBe(expected)
})

test.for([
  [message({ type: 'image', image: { id: '1' } }), { kind: 'image', ask: { media: '1' } }],
  [message({ type: 'sticker', sticker: { id: '2' } }), { kind: 'image', ask: { media: '2' } }],
  [message({ type: 'video', video: { id: '3' } }), { kind: 'video', ask: { media: '3' } }],
  [message({ type: 'audio', audio: { id: '4' } }), { kind: 'audio', ask: { media: '4' } }],
  [
    message({ type: 'document', document: { id: '5', filename: 'bill.pdf' } }),
    { kind: 'file', ask: { media: '5' }, name: 'bill.pdf' },
  ],
] as const)('%o comes with its file', ([given, file]) => {
  expect(toIncoming(given, 'Mia')?.media).toEqual([file])
})

describe('what is said in a group', () => {
  const group_id = 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD'

  test('stands in the group, by its author, under what it quotes, and is answered there', () => {
    const said = { group_id, text: { body: 'And the oats?' }, context: { id: 'wamid.0', from: '15550783881' } }
    expect(toIncoming(message(said), 'Mia')).toEqual({
      externalId: 'wamid.1',
      kind: 'comment',
      change: 'new',
      text: 'And the oats?',
      at: '2026-09-21T14:13:20.000Z',
      author: { externalId: '49', handle: '+49', displayName: 'Mia' },
      own: false,
      conversation: `group:${group_id}`,
      parent: 'wamid.0',
      media: [],
      ref: { group: group_id },
    })
  })

  test('is never in the chat of one person, though the group be called as their number is', () => {
    const [inGroup, alone] = [toIncoming(message({ group_id: '49' }), 'Mia'), toIncoming(message({}), 'Mia')]
    expect(inGroup?.conversation).not.toBe(alone?.conversation)
    expect([inGroup?.ref, alone?.ref]).toEqual([{ group: '49' }, { to: '49' }])
    expect(inGroup?.author).toEqual(alone?.author)
  })

  test('is by the same person with and without a plus before their number', () => {
    expect(toIncoming(message({ group_id, from: '+49' }), 'Mia')?.author).toEqual(
      toIncoming(message({}), 'Mia')?.author,
    )
  })

  test('may be a reaction, which stands in the group as well', () => {
    const reaction = { message_id: 'wamid.0', emoji: '👍' }
    expect(toIncoming(message({ group_id, type: 'reaction', reaction }), 'Mia')).toMatchObject({
      kind: 'reaction',
      conversation: `group:${group_id}`,
      parent: 'wamid.0',
    })
  })
})

test('a reaction that is taken back ends the one there was', () => {
  const reaction = (emoji?: string) =>
    toIncoming(message({ type: 'reaction', reaction: { message_id: 'wamid.0', ...(emoji ? { emoji } : {}) } }), 'Mia')
  expect(reaction('👍')).toMatchObject({ change: 'new', reaction: '👍', parent: 'wamid.0' })
  expect(reaction()).toMatchObject({ change: 'deleted', externalId: reaction('👍')?.externalId })
})

test('news that nobody said is no message', () => {
  expect(toIncoming(message({ type: 'system', system: { body: 'changed number' } }), undefined)).toBeUndefined()
})

describe('a template', () => {
  const listed = (...components: readonly { type: string; format?: string; text?: string }[]) => ({
    name: 't',
    language: 'en',
    status: 'APPROVED',
    components: [...components],
  })
  const body = { type: 'BODY', text: 'Hi {{1}}, {{2}}' }
  test('can be sent when it is approved and words fill it in', () => {
    expect(toTemplate(listed(body, { type: 'FOOTER', text: 'F' }))).toMatchObject({ values: 2, text: body.text })
    expect(toTemplate({ ...listed(body), status: 'PENDING' })).toBeUndefined()
  })
  test.for([
    listed(body, { type: 'HEADER', format: 'IMAGE' }),
    listed(body, { type: 'HEADER', format: 'TEXT', text: '{{1}}' }),
    listed(body, { type: 'BUTTONS' }),
    listed({ type: 'BODY', text: 'Hi {{name}}' }),
    listed({ type: 'HEADER', format: 'TEXT', text: 'x' }),
  ])('%o needs another program', (given) => {
    expect(toTemplate(given)).toBeUndefined()
  })
})

test.for([
  [131_047, 400, 'rejected'],
  [131_056, 400, 'rate_limited'],
  [130_429, 429, 'rate_limited'],
  [80_007, 400, 'rate_limited'],
  [131_016, 500, 'outcome_unknown'],
  [131_000, 500, 'outcome_unknown'],
  [190, 401, 'auth_expired'],
  [132_001, 404, 'rejected'],
] as const)('code %i is %s', ([code, status, expected]) => {
  const trouble: GraphTrouble = {
    kind: 'refused',
    status,
    headers: new Headers(),
    problem: { error: { code, message: 'no' } },
  }
  expect(whatsappError(trouble, 'visible', new Date()).code).toBe(expected)
})
