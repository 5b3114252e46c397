import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { listInteractions } from '../lists/interactions'
import { listConversations } from '../lists/queries'
import { readMessages } from './readings'
import { saveTriage, triageFactors } from './triage-settings'
import { understoodIn } from './understood'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('facebook')
})
afterAll(() => closeDesk())

const german = 'Das ist wirklich furchtbar schlecht, mein Anwalt hört davon.'
const says = (name: string, text: string, more: object = {}) =>
  hears(desk, accountId, name, text, { conversation: name, ...more })

test('what has no words, or words of a language that is not read, has no feeling, and is found by none', async () => {
  const all = [
    await says('Fan', '', { kind: 'reaction', reaction: 'like' }),
    await says('Picture', '', { media: [{ kind: 'image', url: 'https://network.test/cat.jpg' }] }),
    await says('Linker', 'https://network.test/page'),
    await says('Greta', german),
  ]
  const open = await says('Anna', 'Do you open on Sundays?')
  expect(all.map(({ sentiment }) => sentiment)).toEqual([null, null, null, null])
  expect(open.sentiment).not.toBeNull()
  const felt = await prisma.conversation.findMany({ where: { id: { in: all.map((one) => one.conversationId) } } })
  expect(felt.map(({ sentiment }) => sentiment)).toEqual([null, null, null, null])
  const neutral = { feeling: 'neutral' as const }
  expect(must(await listInteractions(owner, neutral)).items.map(({ id }) => id)).toEqual([open.id])
  expect(must(await listConversations(owner, { view: 'all', ...neutral })).items.map(({ id }) => id)).toEqual([
    open.conversationId,
  ])
  const greta = all[3]
  expect(must(await understoodIn(owner, { conversationId: greta?.conversationId ?? '' }))).toMatchObject({
    score: null,
    byWords: null,
    toxicity: { share: null, isToxic: null },
  })
  const readings = must(await readMessages(owner, { messageIds: [greta?.id ?? ''] }))
  expect([...readings.values()]).toMatchObject([{ isMeasured: false, sentiment: { label: null, score: null } }])
})

test('an emoji that is known shows a feeling in every language', async () => {
  expect((await says('Jan', 'Die Bohnen sind gestern schon angekommen, vielen Dank 😍')).sentiment).toBeGreaterThan(0)
})

test('what was not measured weighs neither as very negative nor as very positive, wherever those begin', async () => {
  const factors = await triageFactors(owner)
  must(await saveTriage(owner, { factors: { ...factors, veryNegativeBelow: 0.5 }, undoSeconds: 10 }))
  const names = async (name: string, text: string) => JSON.stringify((await says(name, text)).reasons)
  expect(await names('Ben', 'Do you open on Mondays?')).toContain('veryNegative')
  expect(await names('Gerd', german)).not.toContain('veryNegative')
})
