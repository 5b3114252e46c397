import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { startChannel } from './channel.fixture'
import { watchAccount } from './feeds'

// Its video was uploaded elsewhere: nobody watches it here.
let channel: Awaited<ReturnType<typeof startChannel>>
beforeAll(async () => {
  channel = await startChannel()
})
afterAll(() => channel.close())

/** Looks once. @returns how many units reading has spent by it */
async function look(): Promise<number> {
  const spent = async () => (await prisma.appUse.aggregate({ _sum: { units: true } }))._sum.units ?? 0
  const before = await spent()
  expect((await channel.poll()).did).toBe('read')
  return (await spent()) - before
}

test('an answer in an old thread under a video that was uploaded elsewhere comes once, into the talk that it answers', async () => {
  const thread = await channel.say('Is it still sold?')
  await channel.say('Of today', channel.video.externalId, 150)
  await channel.say('The newest')
  must(await watchAccount(channel.system, { accountId: channel.accountId }))
  await look()
  const [first, second] = [
    await channel.say('I would like to know, too', thread),
    await channel.say('So would I', thread),
  ]
  for (let nth = 0; nth < 4; nth++) await look()
  const heard = await prisma.message.findMany({
    where: { accountId: channel.accountId, parentExternalId: thread },
    orderBy: { at: 'asc' },
    include: { conversation: true },
  })
  expect(heard.map(({ externalId }) => externalId)).toEqual([first, second])
  expect(new Set(heard.map(({ conversationId }) => conversationId)).size).toBe(1)
  expect(heard[0]?.conversation).toMatchObject({ externalKey: thread, postExternalId: channel.video.externalId })
  const told = await prisma.event.count({
    where: { type: 'message.received', subjectId: heard[0]?.conversationId ?? '' },
  })
  expect(told).toBe(2)
})

test('while units are scarce the newest threads are asked for alone, and what the old ones keep is heard afterwards', async () => {
  const thread = (
    await prisma.message.findFirstOrThrow({ where: { accountId: channel.accountId, text: 'So would I' } })
  ).parentExternalId
  const answer = await channel.say('It is', thread ?? '')
  await channel.haveSpent(7_997)
  const isHeard = () => prisma.message.count({ where: { accountId: channel.accountId, externalId: answer } })
  const newest = await channel.say('Just now')
  expect([await look(), await look(), await look()]).toEqual([1, 1, 1])
  expect(await prisma.message.count({ where: { accountId: channel.accountId, externalId: newest } })).toBe(1)
  expect(await isHeard()).toBe(0)
  await prisma.appUse.deleteMany()
  const units = [await look(), await look()]
  expect(units.toSorted()).toEqual([1, 2])
  expect(await isHeard()).toBe(1)
})
