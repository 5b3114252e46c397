import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ZodError } from 'zod'
import { ok } from '@/lib/core/result'
import type { Confirmation, Incoming, Reply } from '..'
import { documentFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { must, mustFail, type Subject } from '../contract.fixture'
import { pageAt, speakTo } from '../graph-inbox.fixture'
import { listenTo, type Listener } from '../graph-listener.fixture'
import { reasonOf, toMessage } from './translate'

let world: ContractWorld
let of: Subject
let listener: Listener
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('WhatsApp')
  listener = await listenTo(of, 'whatsapp_business_account', ['messages'])
})
afterEach(() => world.clearFaults())
afterAll(async () => {
  await listener.close()
  await world.close()
})

const [mia, jonas] = ['@mia.meer', '4915300000032'] as const
async function says(kind: 'dm' | 'comment' | 'reaction', text: string, handle: string = mia, more: object = {}) {
  const before = (await listener.incoming(0)).length
  await speakTo(world, of, { kind, text, handle, ...more })
  const found = (await listener.incoming(before + 1)).at(before)
  if (!found) throw new Error('The message did not come')
  return found
}
const answerTo = (to: Incoming, text: string, more: Partial<Reply> = {}): Reply => ({
  to: JSON.parse(JSON.stringify(to)),
  text: world.say(text),
  key: of.platform.newKey(new Date()),
  ...more,
})
const reply = (answer: Reply) => {
  if (!of.platform.inbox?.reply) throw new Error('WhatsApp has no inbox')
  return of.platform.inbox.reply(of.app, of.as, answer)
}
const chatPage = (user: string) => pageAt({ url: `${of.app.webUrl}/${user}` })

/** What was reported of answers, once there are `count` such. */
async function confirmed(fits: (one: Confirmation) => boolean, count: number): Promise<readonly Confirmation[]> {
  for (let known = 0; ; known += 1) {
    const events = await listener.events(known)
    const found = events.flatMap((event) => of.platform.inbox?.confirm?.(of.app, event) ?? []).filter(fits)
    if (found.length >= count) return found
    known = events.length
  }
}

describe('who shows a username alone', () => {
  test('is heard under Meta’s name for them and shown by their username, in one chat', async () => {
    const first = await says('dm', 'Do you ship to Norway?')
    expect(first).toMatchObject({
      kind: 'dm',
      author: { externalId: expect.stringMatching(/^DE\.\d+$/), handle: '@mia.meer', displayName: 'Mia Meer' },
      own: false,
      text: 'Do you ship to Norway?',
      ref: { user: first.author.externalId },
    })
    expect(first.conversation).toBe(first.author.externalId)
    const second = await says('dm', 'And to Iceland?')
    expect([second.author, second.conversation]).toEqual([first.author, first.conversation])
  })

  test('gets the answer once, with the quote and files, and its reports carry the key and lead to no number', async () => {
    const dm = await says('dm', 'What do you charge?')
    const answer = answerTo(dm, 'Look at our list')
    const sent = must(await reply(answer))
    expect((await world.seen(of, answer.text)).map(({ id }) => id)).toEqual([sent.externalId])
    expect([sent.url, sent.ref]).toEqual(['', { user: dm.author.externalId }])
    const reports = await confirmed(({ key }) => key === answer.key.recordKey, 2)
    expect(reports.map(({ published, refused }) => [published, refused])).toEqual(Array(2).fill([sent, undefined]))

    const file = documentFile('Price list')
    const { ref } = must(
      (await of.platform.inbox?.bringFile?.(of.app, of.as, file, dm)) ?? ok({ ref: '', ready: true }),
    )
    must(await reply(answerTo(dm, 'Here it is', { media: [{ kind: file.kind, alt: file.alt, ref }] })))
    const page = await chatPage(dm.conversation)
    expect(page).toMatch(new RegExp(`What do you charge\\?</blockquote><div class="text">${answer.text}`))
    expect(page).toContain('Price list.pdf')
    expect(page).not.toContain('+DE.')
  })

  test('gets an answer in doubt once, which its report settles', async () => {
    const answer = answerTo(await says('dm', 'Are you open?'), 'From seven')
    await world.fault(of, 'timeout_after_accept', { operation: 'comment' })
    expect(mustFail(await reply(answer)).code).toBe('outcome_unknown')
    const [report] = await confirmed(({ key }) => key === answer.key.recordKey, 1)
    const [effect, ...more] = await world.seen(of, answer.text)
    expect([report?.published.externalId, more]).toEqual([effect?.id, []])
  })

  test('gets templates alone after 24 hours, and what comes too late is refused in a report', async () => {
    const dm = await says('dm', 'Is it fair trade?')
    await world.turn(25 * 3_600_000)
    const late = answerTo(dm, 'It is')
    const taken = must(await reply(late))
    const [report] = await confirmed(({ published }) => published.externalId === taken.externalId, 1)
    expect([report?.refused, report?.published.ref]).toEqual([expect.stringContaining('24 hours'), dm.ref])
    expect(await world.seen(of, late.text)).toEqual([])
    const template = { name: 'order_ready', language: 'en_US', values: ['Mia', 'n1042'] }
    must(await reply(answerTo(dm, 'As it reads', { template })))
    expect(await chatPage(dm.conversation)).toContain('Hi Mia, your order n1042 is ready.')
  })

  test('reacts to our answer and quotes it, and is shown that they were read', async () => {
    const dm = await says('dm', 'Which box?')
    const sent = must(await reply(answerTo(dm, 'The blue one')))
    expect(await says('dm', 'Why?', mia, { on: sent })).toMatchObject({ parent: sent.externalId, ref: dm.ref })
    expect(await says('reaction', '🔥', mia, { on: sent })).toMatchObject({
      kind: 'reaction',
      externalId: `${sent.externalId}:${dm.author.externalId}:reaction`,
      author: dm.author,
      conversation: dm.conversation,
      parent: sent.externalId,
    })
    must((await of.platform.inbox?.markRead?.(of.app, of.as, dm)) ?? ok(undefined))
    expect(await chatPage(dm.conversation)).toContain('Read</span>')
  })

  test('speaks in a group beside those with numbers, and hears what is answered there', async () => {
    const asked = await says('comment', 'Anybody?')
    const other = await says('comment', 'Me!', jonas, { on: { externalId: asked.externalId, url: '' } })
    expect([asked.author.handle, other.parent, other.conversation]).toEqual([
      '@mia.meer',
      asked.externalId,
      asked.conversation,
    ])
    const answer = answerTo(asked, 'We are here')
    const sent = must(await reply(answer))
    await confirmed(({ key }) => key === answer.key.recordKey, 3)
    const told = (await listener.events(1)).map(({ externalId }) => externalId)
    expect(told.filter((name) => name.startsWith(sent.externalId)).toSorted()).toEqual(
      [`:delivered:${jonas}`, `:delivered:${asked.author.externalId}`, ':sent'].map((name) => sent.externalId + name),
    )
    expect(await says('reaction', '🔥', mia, { on: sent })).toMatchObject({ conversation: asked.conversation })
  })

  test('who is nobody the network knows gets nothing, and the answer is refused in a report', async () => {
    const dm = await says('dm', 'Hello?')
    const answer = answerTo({ ...dm, ref: { user: 'DE.404' } }, 'Hello')
    const taken = must(await reply(answer))
    const [report] = await confirmed(({ published }) => published.externalId === taken.externalId, 1)
    expect([typeof report?.refused, await world.seen(of, answer.text)]).toEqual(['string', []])
  })
})

const user = 'US.13491208655302741918'
/** What is heard of a report with these contacts and this message. */
function heard(contacts: readonly object[], message: object): readonly Incoming[] {
  const report = {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102',
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: '7' },
              contacts,
              messages: [{ id: 'wamid.1', timestamp: '1790000000', type: 'text', text: { body: 'Hi' }, ...message }],
            },
          },
        ],
      },
    ],
  }
  const read = of.platform.webhook?.read(Buffer.from(JSON.stringify(report)), of.app)
  if (!read?.ok) throw new Error('It was not read')
  return read.value.flatMap((event) => of.platform.inbox?.read?.(JSON.parse(JSON.stringify(event))) ?? [])
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
  const text = world.say('To whom')
  expect(mustFail(await reply({ ...to(ref), text }))).toEqual({
    code: 'rejected',
    reason: expect.stringContaining('Nothing was sent'),
  })
  expect(await world.seen(of, text)).toEqual([])
})

test.for([
  [{ recipient_id: '49', recipient_user_id: user }, { to: '49' }, '/49'],
  [{ recipient_id: '49' }, { to: '49' }, '/49'],
  [{ recipient_user_id: user }, { user }, ''],
  [{}, null, ''],
] as const)('a state of what went to %o is of what went to %o', ([more, ref, path]) => {
  const raw = { status: { id: 'wamid.9', timestamp: '1790000000', status: 'read', ...more } }
  const told = of.platform.inbox?.confirm?.(of.app, { externalId: 'e', type: 'statuses', accountExternalId: '7', raw })
  expect(told?.map(({ published }) => published)).toEqual([
    { externalId: 'wamid.9', url: path && of.app.webUrl + path, ref },
  ])
})

test.for([
  { recipient_id: 'G', recipient_type: 'group', recipient_participant_user_id: user },
  { recipient_id: 'G', recipient_type: 'group', recipient_user_id: user },
  { group_id: 'G', recipient_user_id: user },
])('that an answer did not reach %o of a group says nothing of the others', (more) => {
  const raw = { status: { id: 'wamid.9', timestamp: '1790000000', status: 'failed', ...more } }
  const event = { externalId: 'e', type: 'statuses', accountExternalId: '7', raw }
  expect(of.platform.inbox?.confirm?.(of.app, event)).toEqual([])
})

test('that a kind of message goes to numbers alone is told in a sentence', () => {
  expect(reasonOf(131_062)).toContain('numbers alone')
})
