import { afterAll, expect, test } from 'vitest'
import { jsonNull } from '@/lib/workspace'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from '../hear/receive'
import { understoodIn } from './understood'

afterAll(() => closeDesk())

type Desk = Awaited<ReturnType<typeof newDesk>>

async function says(desk: Desk, text: string, more: Partial<Incoming> = {}) {
  const accountId = await desk.account('bluesky')
  const externalId = newId()
  const author = { externalId: `u-${externalId}`, handle: '@rosa', displayName: 'Rosa' }
  const item: Incoming = {
    externalId,
    kind: 'mention',
    change: 'new',
    text,
    at: new Date().toISOString(),
    author,
    own: false,
    conversation: externalId,
    media: [],
    ref: {},
    ...more,
  }
  const done = await receive(desk.system, { accountId, items: [item], via: 'webhook' })
  if (!done.ok) throw new Error(done.error.message)
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId } })
}
const understood = async (desk: Desk, conversationId: string) => {
  const told = await understoodIn(desk.system, { conversationId })
  if (!told.ok) throw new Error(told.error.message)
  return told.value
}

test('the words that made the feeling stand there with what each weighs, on its own side', async () => {
  const desk = await newDesk()
  const { conversationId, sentiment } = await says(desk, 'I love the cups, but the delivery was terrible.')
  const told = await understood(desk, conversationId)
  const byLexicon = told?.words.filter(({ by }) => by === 'lexicon') ?? []
  const weightOf = (word: string) => byLexicon.find(({ text }) => text === word)?.weight ?? 0
  expect(byLexicon.map(({ text }) => text)).toEqual(['love', 'terrible'])
  expect(weightOf('love')).toBeGreaterThan(0)
  expect(weightOf('terrible')).toBeLessThan(0)
  expect([told?.score, told?.byWords, told?.isMeasured]).toEqual([sentiment, sentiment, true])
})

test('emotion, keywords, language, toxicity and spam are told, each with the words that made it', async () => {
  const desk = await newDesk()
  const angry = await says(desk, 'I am furious, you stupid idiots. The coffee grinder is broken and I am sad.')
  const told = await understood(desk, angry.conversationId)
  expect(told?.language).toBe('en')
  expect(told?.emotions.map(({ name }) => name)).toContain('anger')
  // A grinder does not grin.
  expect(told?.emotions.map(({ name }) => name)).not.toContain('joy')
  expect(told?.emotions.find(({ name }) => name === 'anger')?.words).toContain('furious')
  expect(told?.keywords.map(({ text }) => text)).toContain('coffee grinder')
  expect(told?.toxicity).toMatchObject({ isToxic: true, kinds: ['insult'] })
  expect(told?.toxicity.words.map(({ text }) => text)).toContain('idiots')
  expect(told?.spam.isSpam).toBe(false)
  const prize = await says(
    desk,
    'Congratulations you have won a cash prize! Claim now at http://bit.ly/x or call 09061701461',
  )
  const spam = (await understood(desk, prize.conversationId))?.spam
  expect([spam?.isSpam, (spam?.share ?? 0) > 0.5]).toEqual([true, true])
  expect(spam?.reasons).toContainEqual({ because: 'it promises a prize', text: expect.any(String), weight: 1.7 })
})

test('personal data are named by their kind alone', async () => {
  const desk = await newDesk()
  const numbers = ['+41 44 668 18 00', '+41 44 668 18 01']
  const iban = 'CH93 0076 2011 6238 5295 7'
  const { conversationId } = await says(desk, `Call ${numbers.join(' or ')}, and pay it back to ${iban}.`)
  const told = await understood(desk, conversationId)
  expect(told?.personal).toEqual([
    { kind: 'phone', count: 2 },
    { kind: 'iban', count: 1 },
  ])
  for (const secret of [...numbers, iban, '668', '0076', 'CH93'])
    expect(JSON.stringify(told).toLowerCase()).not.toContain(secret.toLowerCase())
})

test('what was not kept with the message is read anew and comes to the same', async () => {
  const desk = await newDesk()
  const { id, conversationId } = await says(desk, 'Terrible service, write to rosa@example.com')
  const before = await understood(desk, conversationId)
  await prisma.message.update({ where: { id }, data: { understanding: jsonNull } })
  expect(await understood(desk, conversationId)).toEqual(before)
  await prisma.message.update({ where: { id }, data: { sentiment: 0.5 } })
  expect(await understood(desk, conversationId)).toMatchObject({ score: 0.5, byWords: before?.byWords })
})

test('of a conversation without words nothing is told, and of another workspace’s not even that', async () => {
  const [desk, elsewhere] = [await newDesk(), await newDesk()]
  const { conversationId } = await says(desk, '')
  expect(await understood(desk, conversationId)).toBeNull()
  expect(await understoodIn(elsewhere.system, { conversationId })).toMatchObject({ error: { code: 'NOT_FOUND' } })
})
