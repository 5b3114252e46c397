import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Incoming } from '..'
import { documentFile } from '../contract-files.fixture'
import { must, mustFail } from '../contract.fixture'
import { fileOf, pageAt } from '../graph-inbox.fixture'
import { startNumber } from './number.fixture'

let number: Awaited<ReturnType<typeof startNumber>>
beforeAll(async () => {
  number = await startNumber()
})
afterEach(() => number.world.clearFaults())
afterAll(() => number.close())

const [mia, jonas] = ['4915100000031', '4915100000032'] as const
const groupPage = async (said: Incoming) =>
  pageAt({ url: `${number.of.app.webUrl}/${said.conversation.slice('group:'.length)}` })
const toGroup = { recipient_id: 'G', recipient_type: 'group' }

test('who speaks in a group and writes alone speaks in two talks, and each is answered where it was said, with the quote', async () => {
  const alone = await number.says('dm', 'Between us: is it fresh?', mia)
  const first = await number.says('comment', 'Do you ship to Norway?', mia)
  const second = await number.says('comment', 'And to Iceland?', jonas)
  expect([first.conversation, first.author.externalId]).toEqual([second.conversation, mia])
  expect(alone.conversation).toBe(mia)
  const inGroup = number.answerTo(second, 'Every Tuesday')
  const sent = must(await number.reply(inGroup))
  const privately = number.answerTo(alone, 'Roasted today')
  must(await number.reply(privately))

  expect((await number.seen(inGroup.text)).map(({ id }) => id)).toEqual([sent.externalId])
  expect(await number.seen(privately.text)).toHaveLength(1)
  const page = await groupPage(first)
  expect(page).toMatch(new RegExp(`And to Iceland\\?</blockquote><div class="text">${inGroup.text}`))
  expect(page).not.toContain(privately.text)
  const chat = await pageAt({ url: `${number.of.app.webUrl}/${mia}` })
  expect([chat.includes(privately.text), chat.includes(inGroup.text)]).toEqual([true, false])
  // Nobody else gets to a group by an address.
  expect(sent.url).toBe('')
})

test('each of a group tells by itself that an answer came, and every report carries the key', async () => {
  await number.says('comment', 'Anybody?', mia)
  const answer = number.answerTo(await number.says('comment', 'Nobody?', jonas), 'We are here')
  const sent = must(await number.reply(answer))
  const reports = await number.confirmed(({ key }) => key === answer.key.recordKey, 3)
  expect(reports.map(({ published, refused }) => [published.externalId, refused])).toEqual(
    Array(3).fill([sent.externalId, undefined]),
  )
  const names = (await number.listener.events(1))
    .map(({ externalId }) => externalId)
    .filter((name) => name.startsWith(`${sent.externalId}:`))
  expect(names.toSorted()).toEqual(
    [`:delivered:${mia}`, `:delivered:${jonas}`, ':sent'].map((name) => sent.externalId + name),
  )
})

test('who shows no number keeps nobody from hearing what is told of the others', () => {
  const told = { id: 'wamid.9', status: 'read', timestamp: '1790000000', ...toGroup }
  const events = number.eventsIn({
    contacts: [
      { profile: { name: 'Mia' }, user_id: 'DE.7' },
      { profile: { name: 'Jonas' }, wa_id: '49' },
    ],
    statuses: [
      { ...told, recipient_participant_user_id: 'DE.7' },
      { ...told, recipient_participant_id: '49' },
    ],
  })
  expect(events.map(({ externalId, accountExternalId }) => [externalId, accountExternalId])).toEqual([
    ['wamid.9:read:DE.7', '7'],
    ['wamid.9:read:49', '7'],
  ])
})

test('an answer in doubt is settled by its report, and is in the group once', async () => {
  const answer = number.answerTo(await number.says('comment', 'Are you open?', mia), 'From seven')
  await number.fault('timeout_after_accept')
  expect(mustFail(await number.reply(answer)).code).toBe('outcome_unknown')
  const [report] = await number.confirmed(({ key }) => key === answer.key.recordKey, 1)
  const [effect, ...more] = await number.seen(answer.text)
  expect([report?.published.externalId, more]).toEqual([effect?.id, []])
})

test('what somebody quotes in a group, sends there, and reacts to there, stands in the group', async () => {
  const asked = await number.says('comment', 'Which box?', mia)
  const sent = must(await number.reply(number.answerTo(asked, 'The blue one')))
  const quoting = await number.says('comment', 'Why blue?', jonas, { on: sent })
  expect([quoting.parent, quoting.conversation]).toEqual([sent.externalId, asked.conversation])
  const picture = await number.says('comment', 'Look', jonas, { file: 'image' })
  expect([picture.conversation, await fileOf(number.of, picture)]).toEqual([asked.conversation, 'PNG'])
  expect(await number.says('reaction', '🔥', jonas, { on: sent })).toMatchObject({
    kind: 'reaction',
    conversation: asked.conversation,
    parent: sent.externalId,
  })
})

test('a document goes to a group under its title', async () => {
  const asked = await number.says('comment', 'What do you charge?', mia)
  const media = [await number.broughtTo(asked, documentFile('Price list'))]
  const answer = number.answerTo(asked, 'These are our prices', { media })
  must(await number.reply(answer))
  expect(await groupPage(asked)).toContain('Price list.pdf')
})

test('24 hours after the last word in a group free words are taken and refused in a report; anybody opens it again', async () => {
  const asked = await number.says('comment', 'Is it fair trade?', mia)
  await number.world.turn(25 * 3_600_000)
  const late = number.answerTo(asked, 'It is')
  const taken = must(await number.reply(late))
  const [report] = await number.confirmed(({ published }) => published.externalId === taken.externalId, 1)
  expect(report?.refused).toContain('24 hours')
  expect(await number.seen(late.text)).toEqual([])
  const template = { name: 'order_ready', language: 'en_US', values: ['Mia', 'n1042'] }
  must(await number.reply(number.answerTo(asked, 'As it reads', { template })))
  expect(await groupPage(asked)).toContain('Hi Mia, your order n1042 is ready.')
  await number.says('comment', 'I would know, too', jonas)
  const again = number.answerTo(asked, 'It is indeed')
  must(await number.reply(again))
  expect(await number.seen(again.text)).toHaveLength(1)
})

test('an answer to a group that is gone is refused, and goes to nobody', async () => {
  const asked = await number.says('comment', 'Still there?', mia)
  const answer = number.answerTo({ ...asked, ref: { group: 'Z29uZQ' } }, 'We are')
  expect(mustFail(await number.reply(answer))).toEqual({
    code: 'rejected',
    reason: expect.stringContaining('knows no such group'),
  })
  expect(await number.seen(answer.text)).toEqual([])
})

const gone = ['WhatsApp knows no such group any more, or your number is not in it.']
test.for([
  ['to a group', toGroup, gone],
  ['to one of a group, by number', { ...toGroup, recipient_participant_id: '49' }, []],
  ['to one of a group, who shows no number', { ...toGroup, recipient_participant_user_id: 'DE.7' }, []],
  ['to one of a group, as the OpenAPI has it', { recipient_id: '49', group_id: 'G' }, []],
  ['to a person', { recipient_id: '49' }, gone],
  ['to a person, whoever is named beside them', { recipient_id: '49', recipient_participant_id: '49' }, gone],
  ['to a person who shows no number', {}, gone],
] as const)('what failed %s is refused only where nobody has it', ([, more, refused]) => {
  const told = number.confirmedBy({ status: 'failed', errors: [{ code: 131_041 }], ...more })
  expect(told.map((one) => one.refused)).toEqual(refused)
})

test('a message of a group shows as read by itself, and what was said before it does not', async () => {
  const asked = await number.says('comment', 'Read this first', mia)
  const last = await number.says('comment', 'And then this', mia)
  must(await number.markRead(last))
  expect((await groupPage(asked)).match(/Read<\/span>/g)).toHaveLength(1)
})
