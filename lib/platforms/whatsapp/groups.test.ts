import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ok } from '@/lib/core/result'
import type { Confirmation, Incoming, Reply } from '..'
import { documentFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { must, mustFail, type Subject } from '../contract.fixture'
import { fileOf, pageAt, speakTo } from '../graph-inbox.fixture'
import { listenTo, type Listener } from '../graph-listener.fixture'

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

const [mia, jonas] = ['4915100000031', '4915100000032'] as const
async function says(kind: 'dm' | 'comment' | 'reaction', text: string, handle: string, more: object = {}) {
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
const groupPage = async (said: Incoming) =>
  pageAt({ url: `${of.app.webUrl}/${said.conversation.slice('group:'.length)}` })

/** What was reported of answers, once there are `count` such. */
async function confirmed(fits: (one: Confirmation) => boolean, count: number): Promise<readonly Confirmation[]> {
  for (let known = 0; ; known += 1) {
    const events = await listener.events(known)
    const found = events.flatMap((event) => of.platform.inbox?.confirm?.(of.app, event) ?? []).filter(fits)
    if (found.length >= count) return found
    known = events.length
  }
}

const toGroup = { recipient_id: 'G', recipient_type: 'group' }

test('who speaks in a group and writes alone speaks in two talks, and each is answered where it was said, with the quote', async () => {
  const alone = await says('dm', 'Between us: is it fresh?', mia)
  const first = await says('comment', 'Do you ship to Norway?', mia)
  const second = await says('comment', 'And to Iceland?', jonas)
  expect([first.conversation, first.author.externalId]).toEqual([second.conversation, mia])
  expect(alone.conversation).toBe(mia)
  const inGroup = answerTo(second, 'Every Tuesday')
  const sent = must(await reply(inGroup))
  const privately = answerTo(alone, 'Roasted today')
  must(await reply(privately))

  expect((await world.seen(of, inGroup.text)).map(({ id }) => id)).toEqual([sent.externalId])
  expect(await world.seen(of, privately.text)).toHaveLength(1)
  const page = await groupPage(first)
  expect(page).toMatch(new RegExp(`And to Iceland\\?</blockquote><div class="text">${inGroup.text}`))
  expect(page).not.toContain(privately.text)
  const chat = await pageAt({ url: `${of.app.webUrl}/${mia}` })
  expect([chat.includes(privately.text), chat.includes(inGroup.text)]).toEqual([true, false])
  // Nobody else gets to a group by an address.
  expect(sent.url).toBe('')
})

test('each of a group tells by itself that an answer came, and every report carries the key', async () => {
  await says('comment', 'Anybody?', mia)
  const answer = answerTo(await says('comment', 'Nobody?', jonas), 'We are here')
  const sent = must(await reply(answer))
  const reports = await confirmed(({ key }) => key === answer.key.recordKey, 3)
  expect(reports.map(({ published, refused }) => [published.externalId, refused])).toEqual(
    Array(3).fill([sent.externalId, undefined]),
  )
  const names = (await listener.events(1))
    .map(({ externalId }) => externalId)
    .filter((name) => name.startsWith(`${sent.externalId}:`))
  expect(names.toSorted()).toEqual(
    [`:delivered:${mia}`, `:delivered:${jonas}`, ':sent'].map((name) => sent.externalId + name),
  )
})

test('who shows no number keeps nobody from hearing what is told of the others', () => {
  const told = { id: 'wamid.9', status: 'read', timestamp: '1790000000', ...toGroup }
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
              contacts: [
                { profile: { name: 'Mia' }, user_id: 'DE.7' },
                { profile: { name: 'Jonas' }, wa_id: '49' },
              ],
              statuses: [
                { ...told, recipient_participant_user_id: 'DE.7' },
                { ...told, recipient_participant_id: '49' },
              ],
            },
          },
        ],
      },
    ],
  }
  const read = of.platform.webhook?.read(Buffer.from(JSON.stringify(report)), of.app)
  expect(read?.ok && read.value.map(({ externalId, accountExternalId }) => [externalId, accountExternalId])).toEqual([
    ['wamid.9:read:DE.7', '7'],
    ['wamid.9:read:49', '7'],
  ])
})

test('an answer in doubt is settled by its report, and is in the group once', async () => {
  const answer = answerTo(await says('comment', 'Are you open?', mia), 'From seven')
  await world.fault(of, 'timeout_after_accept', { operation: 'comment' })
  expect(mustFail(await reply(answer)).code).toBe('outcome_unknown')
  const [report] = await confirmed(({ key }) => key === answer.key.recordKey, 1)
  const [effect, ...more] = await world.seen(of, answer.text)
  expect([report?.published.externalId, more]).toEqual([effect?.id, []])
})

test('what somebody quotes in a group, sends there, and reacts to there, stands in the group', async () => {
  const asked = await says('comment', 'Which box?', mia)
  const sent = must(await reply(answerTo(asked, 'The blue one')))
  const quoting = await says('comment', 'Why blue?', jonas, { on: sent })
  expect([quoting.parent, quoting.conversation]).toEqual([sent.externalId, asked.conversation])
  const picture = await says('comment', 'Look', jonas, { file: 'image' })
  expect([picture.conversation, await fileOf(of, picture)]).toEqual([asked.conversation, 'PNG'])
  expect(await says('reaction', '🔥', jonas, { on: sent })).toMatchObject({
    kind: 'reaction',
    conversation: asked.conversation,
    parent: sent.externalId,
  })
})

test('a document goes to a group under its title', async () => {
  const asked = await says('comment', 'What do you charge?', mia)
  const file = documentFile('Price list')
  const { ref } = must(
    (await of.platform.inbox?.bringFile?.(of.app, of.as, file, asked)) ?? ok({ ref: '', ready: true }),
  )
  const answer = answerTo(asked, 'These are our prices', { media: [{ kind: file.kind, alt: file.alt, ref }] })
  must(await reply(answer))
  expect(await groupPage(asked)).toContain('Price list.pdf')
})

test('24 hours after the last word in a group free words are taken and refused in a report; anybody opens it again', async () => {
  const asked = await says('comment', 'Is it fair trade?', mia)
  await world.turn(25 * 3_600_000)
  const late = answerTo(asked, 'It is')
  const taken = must(await reply(late))
  const [report] = await confirmed(({ published }) => published.externalId === taken.externalId, 1)
  expect(report?.refused).toContain('24 hours')
  expect(await world.seen(of, late.text)).toEqual([])
  const template = { name: 'order_ready', language: 'en_US', values: ['Mia', 'n1042'] }
  must(await reply(answerTo(asked, 'As it reads', { template })))
  expect(await groupPage(asked)).toContain('Hi Mia, your order n1042 is ready.')
  await says('comment', 'I would know, too', jonas)
  const again = answerTo(asked, 'It is indeed')
  must(await reply(again))
  expect(await world.seen(of, again.text)).toHaveLength(1)
})

test('an answer to a group that is gone is refused, and goes to nobody', async () => {
  const asked = await says('comment', 'Still there?', mia)
  const answer = answerTo({ ...asked, ref: { group: 'Z29uZQ' } }, 'We are')
  expect(mustFail(await reply(answer))).toEqual({
    code: 'rejected',
    reason: expect.stringContaining('knows no such group'),
  })
  expect(await world.seen(of, answer.text)).toEqual([])
})

const status = (more: object) => ({
  externalId: 'e',
  type: 'statuses',
  accountExternalId: '7',
  raw: { status: { id: 'wamid.9', timestamp: '1790000000', status: 'failed', errors: [{ code: 131_041 }], ...more } },
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
  const told = of.platform.inbox?.confirm?.(of.app, status(more)) ?? []
  expect(told.map((one) => one.refused)).toEqual(refused)
})

test('a message of a group shows as read by itself, and what was said before it does not', async () => {
  const asked = await says('comment', 'Read this first', mia)
  const last = await says('comment', 'And then this', mia)
  const { markRead } = of.platform.inbox ?? {}
  must((await markRead?.(of.app, of.as, last)) ?? ok(undefined))
  expect((await groupPage(asked)).match(/Read<\/span>/g)).toHaveLength(1)
})
