import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ZodError } from 'zod'
import type { Incoming, Reply } from '..'
import { documentFile } from '../contract-files.fixture'
import { must, mustFail } from '../contract.fixture'
import { pageAt } from '../graph-inbox.fixture'
import { startNumber } from './number.fixture'
import { reasonOf, toMessage } from './translate'

let number: Awaited<ReturnType<typeof startNumber>>
beforeAll(async () => {
  number = await startNumber()
})
afterEach(() => number.world.clearFaults())
afterAll(() => number.close())

const [mia, jonas] = ['@mia.meer', '4915300000032'] as const
const chatPage = (user: string) => pageAt({ url: `${number.of.app.webUrl}/${user}` })

describe('who shows a username alone', () => {
  test('is heard under Meta’s name for them and shown by their username, in one chat', async () => {
    const first = await number.says('dm', 'Do you ship to Norway?', mia)
    expect(first).toMatchObject({
      kind: 'dm',
      author: { externalId: expect.stringMatching(/^DE\.\d+$/), handle: '@mia.meer', displayName: 'Mia Meer' },
      own: false,
      text: 'Do you ship to Norway?',
      ref: { user: first.author.externalId },
    })
    expect(first.conversation).toBe(first.author.externalId)
    const second = await number.says('dm', 'And to Iceland?', mia)
    expect([second.author, second.conversation]).toEqual([first.author, first.conversation])
  })

  test('gets the answer once, with the quote and files, and its reports carry the key and lead to no number', async () => {
    const dm = await number.says('dm', 'What do you charge?', mia)
    const answer = number.answerTo(dm, 'Look at our list')
    const sent = must(await number.reply(answer))
    expect((await number.seen(answer.text)).map(({ id }) => id)).toEqual([sent.externalId])
    expect([sent.url, sent.ref]).toEqual(['', { user: dm.author.externalId }])
    const reports = await number.confirmed(({ key }) => key === answer.key.recordKey, 2)
    expect(reports.map(({ published, refused }) => [published, refused])).toEqual(Array(2).fill([sent, undefined]))

    const media = [await number.broughtTo(dm, documentFile('Price list'))]
    must(await number.reply(number.answerTo(dm, 'Here it is', { media })))
    const page = await chatPage(dm.conversation)
    expect(page).toMatch(new RegExp(`What do you charge\\?</blockquote><div class="text">${answer.text}`))
    expect(page).toContain('Price list.pdf')
    expect(page).not.toContain('+DE.')
  })

  test('gets an answer in doubt once, which its report settles', async () => {
    const answer = number.answerTo(await number.says('dm', 'Are you open?', mia), 'From seven')
    await number.fault('timeout_after_accept')
    expect(mustFail(await number.reply(answer)).code).toBe('outcome_unknown')
    const [report] = await number.confirmed(({ key }) => key === answer.key.recordKey, 1)
    const [effect, ...more] = await number.seen(answer.text)
    expect([report?.published.externalId, more]).toEqual([effect?.id, []])
  })

  test('gets templates alone after 24 hours, and what comes too late is refused in a report', async () => {
    const dm = await number.says('dm', 'Is it fair trade?', mia)
    await number.world.turn(25 * 3_600_000)
    const late = number.answerTo(dm, 'It is')
    const taken = must(await number.reply(late))
    const [report] = await number.confirmed(({ published }) => published.externalId === taken.externalId, 1)
    expect([report?.refused, report?.published.ref]).toEqual([expect.stringContaining('24 hours'), dm.ref])
    expect(await number.seen(late.text)).toEqual([])
    const template = { name: 'order_ready', language: 'en_US', values: ['Mia', 'n1042'] }
    must(await number.reply(number.answerTo(dm, 'As it reads', { template })))
    expect(await chatPage(dm.conversation)).toContain('Hi Mia, your order n1042 is ready.')
  })

  test('reacts to our answer and quotes it, and is shown that they were read', async () => {
    const dm = await number.says('dm', 'Which box?', mia)
    const sent = must(await number.reply(number.answerTo(dm, 'The blue one')))
    expect(await number.says('dm', 'Why?', mia, { on: sent })).toMatchObject({ parent: sent.externalId, ref: dm.ref })
    expect(await number.says('reaction', '🔥', mia, { on: sent })).toMatchObject({
      kind: 'reaction',
      externalId: `${sent.externalId}:${dm.author.externalId}:reaction`,
      author: dm.author,
      conversation: dm.conversation,
      parent: sent.externalId,
    })
    must(await number.markRead(dm))
    expect(await chatPage(dm.conversation)).toContain('Read</span>')
  })

  test('speaks in a group beside those with numbers, and hears what is answered there', async () => {
    const asked = await number.says('comment', 'Anybody?', mia)
    const other = await number.says('comment', 'Me!', jonas, { on: { externalId: asked.externalId, url: '' } })
    expect([asked.author.handle, other.parent, other.conversation]).toEqual([
      '@mia.meer',
      asked.externalId,
      asked.conversation,
    ])
    const answer = number.answerTo(asked, 'We are here')
    const sent = must(await number.reply(answer))
    await number.confirmed(({ key }) => key === answer.key.recordKey, 3)
    const told = (await number.listener.events(1)).map(({ externalId }) => externalId)
    expect(told.filter((name) => name.startsWith(sent.externalId)).toSorted()).toEqual(
      [`:delivered:${jonas}`, `:delivered:${asked.author.externalId}`, ':sent'].map((name) => sent.externalId + name),
    )
    expect(await number.says('reaction', '🔥', mia, { on: sent })).toMatchObject({ conversation: asked.conversation })
  })

  test('who is nobody the network knows gets nothing, and the answer is refused in a report', async () => {
    const dm = await number.says('dm', 'Hello?', mia)
    const answer = number.answerTo({ ...dm, ref: { user: 'DE.404' } }, 'Hello')
    const taken = must(await number.reply(answer))
    const [report] = await number.confirmed(({ published }) => published.externalId === taken.externalId, 1)
    expect([typeof report?.refused, await number.seen(answer.text)]).toEqual(['string', []])
  })
})

const user = 'US.13491208655302741918'
/** What is heard of a report with these contacts and this message. */
function heard(contacts: readonly object[], message: object): readonly Incoming[] {
  const said = { id: 'wamid.1', timestamp: '1790000000', type: 'text', text: { body: 'Hi' }, ...message }
  return number
    .eventsIn({ contacts, messages: [said] })
    .flatMap((event) => number.of.platform.inbox?.read?.(JSON.parse(JSON.stringify(event))) ?? [])
}

test('a number counts as ever where Meta’s name and a username stand beside it', () => {
  const contact = { wa_id: '49', user_id: user, profile: { name: 'Mia', username: 'mia.meer' } }
  expect(heard([contact], { from: '49', from_user_id: user })).toMatchObject([
    {
      author: { externalId: '49', handle: '+49', displayName: 'Mia' },
      conversation: '49',
      ref: { to: '49' },
    },
  ])
})

test.for([
  [{ name: 'Mia', username: '@mia' }, '@mia', 'Mia'],
  [{ username: 'mia' }, '@mia', '@mia'],
  [{ name: 'Mia' }, user, 'Mia'],
  [{ name: null, username: null }, user, user],
  [undefined, user, user],
] as const)(
  'who calls themselves %o and shows no number is %s, by the name of %s',
  ([profile, handle, displayName]) => {
    const other = { wa_id: '49', user_id: 'US.1', profile: { name: 'Jonas', username: 'jonas' } }
    const told = heard([other, { wa_id: null, user_id: user, ...(profile ? { profile } : {}) }], { from_user_id: user })
    expect(told).toMatchObject([
      { author: { externalId: user, handle, displayName }, conversation: user, ref: { user } },
    ])
  },
)

test.for([{}, { from: '', from_user_id: '' }, { from: null, from_user_id: null }])(
  'what comes from nobody (%o) is heard from nobody',
  (from) => {
    expect(heard([], from)).toEqual([])
  },
)

test('that Meta’s name for somebody has changed is said by nobody', () => {
  const system = { type: 'user_changed_user_id', previous_user_id: 'US.1', user_id: user }
  expect(heard([], { from_user_id: user, type: 'system', system })).toEqual([])
})

const to = (ref: unknown): Reply => ({
  to: { externalId: 'wamid.1', kind: 'dm', conversation: user, ref },
  text: 'We do',
  key: { createdAt: '2026-11-25T10:00:00Z', recordKey: 'k1' },
})

test('an answer to Meta’s name for somebody has no number in it', () => {
  const message = toMessage(to({ user }))
  expect(message).toMatchObject({ recipient_type: 'individual', recipient: user, context: { message_id: 'wamid.1' } })
  expect(message).not.toHaveProperty('to')
  expect(toMessage(to({ to: '49' }))).not.toHaveProperty('recipient')
  expect(toMessage(to({ user: 'US.ENT.11815799212886844830' }))).toMatchObject({
    recipient: 'US.ENT.11815799212886844830',
  })
})

test.for([
  null,
  { to: user },
  { to: '+49 151' },
  { to: '@mia' },
  { user: '49' },
  { user: '@mia' },
  { user: 'US.' },
  { user: `US.1 ` },
  { user: `US.${'1'.repeat(129)}` },
  { to: '49', user },
])('an answer to %o, which is neither, is refused with a sentence and sent to nobody', async (ref) => {
  expect(() => toMessage(to(ref))).toThrow(ZodError)
  const text = number.world.say('To whom')
  expect(mustFail(await number.reply({ ...to(ref), text }))).toEqual({
    code: 'rejected',
    reason: expect.stringContaining('Nothing was sent'),
  })
  expect(await number.seen(text)).toEqual([])
})

test.for([
  [{ recipient_id: '49', recipient_user_id: user }, { to: '49' }, '/49'],
  [{ recipient_id: '49' }, { to: '49' }, '/49'],
  [{ recipient_user_id: user }, { user }, ''],
  [{}, null, ''],
] as const)('a state of what went to %o is of what went to %o', ([more, ref, path]) => {
  const told = number.confirmedBy({ status: 'read', ...more })
  expect(told.map(({ published }) => published)).toEqual([
    { externalId: 'wamid.9', url: path && number.of.app.webUrl + path, ref },
  ])
})

test.for([
  { recipient_id: 'G', recipient_type: 'group', recipient_participant_user_id: user },
  { recipient_id: 'G', recipient_type: 'group', recipient_user_id: user },
  { group_id: 'G', recipient_user_id: user },
])('that an answer did not reach %o of a group says nothing of the others', (more) => {
  expect(number.confirmedBy({ status: 'failed', ...more })).toEqual([])
})

test('that a kind of message goes to numbers alone is told in a sentence', () => {
  expect(reasonOf(131_062)).toContain('numbers alone')
})
