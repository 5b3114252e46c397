import { afterAll, beforeAll, expect, test } from 'vitest'
import { readingsOf } from '@/bench/calendar/readings'
import { must } from '@/lib/accounts/connected.fixture'
import { exportContact, getContact, listContacts, mergeContacts, unmergeContact, updateContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { countConversations } from './count-conversations'
import { receive } from '../hear/receive'
import { fill, readWhole } from '../many.fixture'
import { listConversations } from './queries'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('facebook')
})
afterAll(() => closeDesk())

let serial = 0
/** Somebody says something in a thread, a minute after what was said before. */
async function says(name: string, text: string, thread: string, more: Partial<Incoming> = {}): Promise<void> {
  serial += 1
  const item: Incoming = {
    externalId: `m${serial}`,
    kind: 'comment',
    change: 'new',
    text,
    at: saidAt(serial),
    author: { externalId: `u-${name}`, handle: `@${name.toLowerCase()}`, displayName: `${name} of Bern` },
    own: false,
    conversation: thread,
    media: [],
    ref: {},
    ...more,
  }
  must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
}
const found = async (search: string) =>
  must(await listConversations(owner, { view: 'all', search })).items.map(({ excerpt }) => excerpt)
const contactOf = async (externalId: string) =>
  (await prisma.contactIdentity.findFirstOrThrow({ where: { workspaceId: desk.workspace.id, externalId } })).contactId

test('everybody who speaks in a thread finds it: by handle, by the network’s name for them, and by ours', async () => {
  await says('Rosa', 'Nice door', 'thread')
  await says('Karim', 'Who made it?', 'thread')
  await says('Lea', 'I want one', 'elsewhere')
  expect(await found('@karim')).toEqual(['Who made it?'])
  expect(await found('@rosa')).toEqual(['Who made it?'])
  expect(await found('karim OF')).toEqual(['Who made it?'])
  must(await updateContact(owner, { contactId: await contactOf('u-Karim'), name: 'The carpenter' }))
  expect(await found('carpenter')).toEqual(['Who made it?'])
  expect(await found('karim of')).toEqual(['Who made it?'])
  expect(await found('of bern')).toEqual(['I want one', 'Who made it?'])
})

test('a merged person finds what they said by any of their names, and parted again by their own alone', async () => {
  await says('Ada', 'From my phone', 'phone')
  await says('Countess', 'From my desk', 'desk')
  const [contactId, otherId] = [await contactOf('u-Ada'), await contactOf('u-Countess')]
  must(await updateContact(owner, { contactId: otherId, name: 'Lovelace' }))
  must(await mergeContacts(owner, { contactId, otherId }))
  expect(await found('Lovelace')).toEqual(['From my desk', 'From my phone'])
  expect(await found('lovelace phone')).toEqual(['From my phone'])
  expect(await found('countess lovelace')).toEqual(['From my desk'])
  must(await unmergeContact(owner, { contactId: otherId }))
  expect(await found('Lovelace')).toEqual(['From my desk'])
  expect(await found('lovelace phone')).toEqual([])
})

test('several words find who says all of them in one message, in any order; and as they stand, whoever says them', async () => {
  await says('Max', 'My order is late', 'order')
  await says('Max', 'Late again', 'late')
  await says('Max', 'Another order', 'late')
  await says('Us', 'We regret the late order', 'ours', { own: true })
  expect(await found('late order')).toEqual(['We regret the late order', 'My order is late'])
  expect(await found('order late')).toEqual(['My order is late'])
  expect(await found('“is late”')).toEqual(['My order is late'])
  expect(await found('“late is”')).toEqual([])
})

test('quotes put words side by side, and are looked for nowhere themselves', async () => {
  await says('Sean', 'My parcel is late', 'quoted')
  await says('Tilda', 'The late parcel', 'unquoted')
  expect(await found('"parcel"')).toEqual(['The late parcel', 'My parcel is late'])
  expect(await found('“late parcel”')).toEqual(['The late parcel'])
  expect(await found('sean "parcel"')).toEqual(['My parcel is late'])
})

test('who joins a thread is counted in it, has it in their list, and is weighed by their own words', async () => {
  await says('Ines', 'Terrible, it broke at once', 'joint')
  await says('Omar', 'How much is it? I want to buy two', 'joint')
  await says('Omar', '', 'joint', { kind: 'reaction', reaction: 'like' })
  await says('Omar', 'Hello', 'alone')
  const [ines, omar] = [await contactOf('u-Ines'), await contactOf('u-Omar')]
  const titles = async (contactId: string) =>
    must(await listConversations(owner, { view: 'all', contactId })).items.map(({ id }) => id)
  const threads = (
    await prisma.message.findMany({ where: { accountId, authorHandle: '@omar' }, orderBy: { at: 'asc' } })
  )
    .map(({ conversationId }) => conversationId)
    .toReversed()
  expect(await titles(omar)).toEqual([...new Set(threads)])
  expect(await titles(ines)).toEqual([threads.at(-1)])
  const cards = must(await listContacts(owner, {})).items
  const card = (id: string) => cards.find((one) => one.id === id)
  expect([card(omar)?.conversations, card(ines)?.conversations]).toEqual([2, 1])
  expect(card(omar)?.leadScore).toBeGreaterThan(card(ines)?.leadScore ?? 100)
  for (const contactId of [ines, omar]) {
    expect(must(await getContact(owner, { contactId }))).toMatchObject({
      conversations: must(await exportContact(owner, { contactId })).conversations.length,
      leadScore: card(contactId)?.leadScore,
    })
    expect(must(await countConversations(owner, { view: 'all', contactId })).total).toBe(card(contactId)?.conversations)
  }
})

test('who is a lead by somebody merged into them is weighed as one, on every network that they write from', async () => {
  await says('Lea', 'Hello', 'lea')
  await says('Leah', 'Hello', 'leah')
  const [contactId, otherId] = [await contactOf('u-Lea'), await contactOf('u-Leah')]
  must(await updateContact(owner, { contactId: otherId, leadStage: 'qualified' }))
  must(await mergeContacts(owner, { contactId, otherId }))
  const known = async (text: string) => {
    const { reasons } = await prisma.message.findFirstOrThrow({ where: { accountId, text } })
    return JSON.stringify(reasons)
  }
  await says('Lea', 'Are you open?', 'lea')
  await says('Leah', 'And on Sundays?', 'leah')
  expect([await known('Are you open?'), await known('And on Sundays?')]).toEqual([
    expect.stringContaining('A lead already'),
    expect.stringContaining('A lead already'),
  ])
})

test('a search in a view of words finds what has both, also where each alone is common', async () => {
  for (let n = 0; n < 60; n += 1)
    await says('Pia', n === 3 ? 'A kettle from Thun' : 'A kettle', `kettle-${n}`, { kind: 'dm' })
  const both = must(await listConversations(owner, { view: 'all', words: 'kettle', search: 'thun', take: 20 }))
  expect(both.items.map(({ excerpt }) => excerpt)).toEqual(['A kettle from Thun'])
  const large = await newDesk()
  const reader = await large.as('owner')
  await fill(large.workspace.id, await large.account('facebook'), 3_000, reader.actor.id)
  // Every hundredth is a parcel, and every one of those says coffee.
  const parcels = async (words: string, search: string) =>
    must(await listConversations(reader, { view: 'all', words, search, take: 100 })).items.length
  expect([await parcels('coffee', 'my parcel'), await parcels('parcel', 'coffee')]).toEqual([30, 30])
})

test('among many conversations a name is found by its indexes, and so are words; no table is read whole', async () => {
  const large = await newDesk()
  const reader = await large.as('owner')
  await fill(large.workspace.id, await large.account('facebook'), 10_000, reader.actor.id)
  const list = (search: string) =>
    readingsOf(async () => must(await listConversations(reader, { view: 'all', search })))
  for (const search of ['coffee', 'number coffee', 'nowhere', 'nowhere near', '北京大学', 'rosa coffee'])
    expect([search, readWhole(await list(search))]).toEqual([search, []])
  const contactId = newId()
  await prisma.contact.create({
    data: { id: contactId, workspaceId: large.workspace.id, name: 'Nia', lastSeenAt: new Date() },
  })
  for (const ask of [
    async () => must(await listConversations(reader, { view: 'all', contactId })),
    async () => must(await getContact(reader, { contactId })),
  ])
    expect(readWhole(await readingsOf(ask))).toEqual([])
  const indexes = (await list('nowhere near')).map(({ index }) => index)
  expect(indexes).toEqual(
    expect.arrayContaining([
      'Message_folded_idx',
      'Message_words_idx',
      'Message_workspaceId_identityId_conversationId_at_idx',
    ]),
  )
  // Two characters are too few for the index of patterns.
  expect((await list('北京')).map(({ index }) => index)).toContain('Message_words_idx')
})
