import { afterAll, expect, test } from 'vitest'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { closeDesk, newDesk } from '../desk.fixture'
import { getConversation, listConversations } from '../lists/queries'
import { receive } from '../hear/receive'

afterAll(() => closeDesk())

const outage = 'Your shop is down again and I paid for order'
const said = (text: string, more: Partial<Incoming> = {}): Incoming => {
  const id = newId()
  return {
    externalId: id,
    kind: 'mention',
    change: 'new',
    text,
    at: new Date().toISOString(),
    author: { externalId: `u-${id}`, handle: `@${id}`, displayName: 'Somebody' },
    own: false,
    conversation: id,
    media: [],
    ref: {},
    ...more,
  }
}

type Desk = Awaited<ReturnType<typeof newDesk>>

async function hear({ system }: Desk, accountId: string, items: readonly Incoming[]): Promise<void> {
  const done = await receive(system, { accountId, items: [...items], via: 'webhook' })
  if (!done.ok) throw new Error(done.error.message)
}

/** The conversations in which nearly the same is said as in the one that an item began, by their items. */
async function alike({ system }: Desk, begun: Incoming) {
  const all = await listConversations(system, { view: 'all', take: 100 })
  if (!all.ok) throw new Error(all.error.message)
  const own = all.value.items.find(({ contact, excerpt }) => contact !== null && excerpt === begun.text)
  if (!own) throw new Error('It did not come in')
  const [list, opened] = await Promise.all([
    listConversations(system, { view: 'all', alikeTo: own.id, take: 100 }),
    getConversation(system, { conversationId: own.id }),
  ])
  if (!list.ok || !opened.ok) throw new Error('It could not be read')
  return { texts: list.value.items.map(({ excerpt }) => excerpt).toSorted(), others: opened.value.alike }
}

test('a wave of copies is found from each of them, whatever their order, and nothing else with it', async () => {
  const wave = [
    said(`${outage} #41822. Where is my gift box?`),
    said(`${outage} #90017. Where is my gift box??`),
    said(`RT @someone: ${outage.toLowerCase()} #11111 where is my gift box`),
  ]
  const others = [said('Do you open on Sunday?'), said('☕☕☕'), said('Best flat white in town. Thank you!')]
  const seen = []
  for (const order of [[...wave, ...others], [...others, ...wave].toReversed()]) {
    const desk = await newDesk()
    const accountId = await desk.account('bluesky')
    for (const item of order) await hear(desk, accountId, [item])
    for (const item of wave) seen.push(await alike(desk, item))
    for (const item of others) expect((await alike(desk, item)).others).toBe(0)
  }
  const texts = wave.map(({ text }) => text).toSorted()
  expect(seen).toEqual(seen.map(() => ({ texts, others: 2 })))
})

test('what was taken back, what we said ourselves and what another workspace heard is no copy', async () => {
  const [desk, elsewhere] = [await newDesk(), await newDesk()]
  const [here, there] = [await desk.account('bluesky'), await elsewhere.account('bluesky')]
  const mine = said(`${outage} #41822. Where is my gift box?`)
  const gone = said(`${outage} #41823. Where is my gift box?`)
  await hear(desk, here, [mine, gone, said(`${outage} #41824. Where is my gift box?`, { own: true })])
  await hear(elsewhere, there, [said(`${outage} #41825. Where is my gift box?`)])
  expect((await alike(desk, mine)).others).toBe(1)
  await hear(desk, here, [{ ...gone, change: 'deleted' }])
  expect(await alike(desk, mine)).toEqual({ texts: [mine.text], others: 0 })
})
