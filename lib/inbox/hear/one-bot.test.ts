import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectByForm } from '@/lib/accounts'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { handleIncoming, type Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'
import { watchAccount } from './feeds'
import { hearMessages } from './hear'
import { pollFeed } from './poll'

let world: ConnectedWorld
let system: Ctx
let door: Awaited<ReturnType<typeof openDoor>>
/** Of one bot: a channel, and the group where its posts are discussed. */
let channel = ''
let group = ''
beforeAll(async () => {
  world = await makeWorld([])
  system = await systemIn(world.ctx.workspaceId)
  door = await openDoor('telegram', 'bot')
  await connectAgain()
  for (const accountId of [channel, group]) must(await watchAccount(system, { accountId }))
})
afterAll(async () => {
  await world.close()
  await door.close()
  await closeDesk()
})

async function connectAgain(): Promise<void> {
  const values = { token: '4100000001:AAsandbox-token-of-the-northwind-bot', chat: '@northwind_coffee' }
  const { accounts } = must(await connectByForm(world.ctx, { platform: 'telegram', method: 'bot', values }))
  ;[channel, group] = [accounts[0]?.id ?? '', accounts[1]?.id ?? '']
}

const mira = { handle: 'mira', name: 'Mira' }
const speak = (account: string, kind: string, text: string) =>
  ask(world.sandbox, '/speak', { network: 'telegram', account, kind, by: mira, text })

async function look(accountId: string) {
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  await prisma.inboxFeed.update({ where: { id: feed.id }, data: { nextAt: new Date(0), leaseUntil: null } })
  expect(must(await pollFeed(system, { feedId: feed.id })).did).toBe('read')
}

/** What the worker does with what is stored: everybody whom it is about is told, and hears it. */
async function hearAll(): Promise<void> {
  const waiting = () => prisma.incomingEvent.findMany({ where: { handledAt: null }, select: { id: true }, take: 100 })
  for (let some = await waiting(); some.length > 0; some = await waiting())
    must(await handleIncoming({ incomingIds: some.map(({ id }) => id) }))
  const told = await prisma.event.findMany({
    where: { workspaceId: system.workspaceId, type: 'account.reported' },
    orderBy: { id: 'asc' },
  })
  const hear = async ({ subjectId, particulars }: (typeof told)[number]) =>
    must(await hearMessages(system, { incomingId: Object(particulars).incomingId, accountId: subjectId ?? '' }))
  await Promise.all(told.map(hear))
}

const heardBy = async (accountId: string, beginning: string) =>
  (
    await prisma.message.findMany({ where: { accountId, text: { startsWith: beginning } }, select: { text: true } })
  ).map(({ text }) => text)

test('whichever account of a bot asks, each hears all that was said to it, however much it was', async () => {
  const words = Array.from({ length: 130 }, (_, n) => `Pile ${n}`)
  for (const text of words) await speak('northwind_talk', 'comment', text)
  await speak('northwind_coffee', 'dm', 'Pile: do you ship?')
  // Twice, so that the first look is confirmed and gone there.
  for (const accountId of [channel, channel, group]) await look(accountId)
  await hearAll()
  expect((await heardBy(group, 'Pile')).toSorted()).toEqual(words.toSorted())
  expect(await heardBy(channel, 'Pile')).toEqual(['Pile: do you ship?'])

  // And the other way round.
  const more = Array.from({ length: 110 }, (_, n) => `Heap ${n}`)
  await speak('northwind_coffee', 'dm', 'Heap: and to Bern?')
  for (const text of more) await speak('northwind_talk', 'comment', text)
  for (const accountId of [group, group, channel]) await look(accountId)
  await hearAll()
  expect((await heardBy(group, 'Heap')).toSorted()).toEqual(more.toSorted())
  expect(await heardBy(channel, 'Heap')).toEqual(['Heap: and to Bern?'])
})

/** Mira asks in the group, and somebody answers her as `who`. @returns whether each of the two is ours, and answered. */
async function askedAndAnswered(word: string, who: string, hear: () => Promise<unknown>) {
  const by = { handle: who, name: who }
  const network = { network: 'telegram', account: 'northwind_talk', kind: 'comment' }
  const { id } = Object(await ask(world.sandbox, '/speak', { ...network, by: mira, text: `${word}: is it open?` }))
  await ask(world.sandbox, '/speak', { ...network, by, text: `${word}: from nine`, on: id })
  await hear()
  const rows = await prisma.message.findMany({
    where: { accountId: group, text: { startsWith: word } },
    orderBy: { externalId: 'asc' },
  })
  return rows.map(({ own, answeredAt }) => ({ own, isAnswered: answeredAt !== null }))
}

const answered = [
  { own: false, isAnswered: true },
  { own: true, isAnswered: false },
]

test('what is said as the group’s channel answers as ours does, and what another channel says does not', async () => {
  const looked = () => look(group)
  expect(await askedAndAnswered('Seen', 'northwind_coffee', looked)).toEqual(answered)
  expect(await askedAndAnswered('Foreign', 'northwind_news', looked)).toEqual([
    { own: false, isAnswered: false },
    { own: false, isAnswered: false },
  ])
  // Handed on by the other account of the bot.
  const handedOn = async () => {
    await look(channel)
    await hearAll()
  }
  expect(await askedAndAnswered('Handed', 'northwind_coffee', handedOn)).toEqual(answered)
})

test('messages to the bot come in by reports, too, and by asking again once there is no secret', async () => {
  await prisma.incomingEvent.deleteMany()
  process.env.TELEGRAM_WEBHOOK_SECRET = 'a-word-of-our-own'
  process.env.APP_URL = new URL(door.url).origin
  await connectAgain()
  await speak('northwind_coffee', 'dm', 'Reported: do you ship?')
  await speak('northwind_talk', 'comment', 'Reported: lovely')
  await door.hear(system, 2, (name) => /^(4100000001|-1001500000002):/.test(name))
  expect(await heardBy(channel, 'Reported')).toEqual(['Reported: do you ship?'])
  expect(await heardBy(group, 'Reported')).toEqual(['Reported: lovely'])

  delete process.env.TELEGRAM_WEBHOOK_SECRET
  await connectAgain()
  await speak('northwind_coffee', 'dm', 'Asked: do you ship?')
  await look(channel)
  expect(await heardBy(channel, 'Asked')).toEqual(['Asked: do you ship?'])
})
