import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Incoming, Inbox, Published } from '.'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import { deliver, draftOf, imitatedBy, must, platformOf, postingWays, type Subject } from './contract.fixture'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

/** More than any adapter reads in one look. */
const many = 2_100
/** No list needs more looks than this. */
const mostLooks = 60

const Accounts = z.array(z.object({ network: z.string(), id: z.string(), handle: z.string() }))
async function speak(of: Subject, kind: string, text: string, more: object): Promise<void> {
  const network = imitatedBy(of.way)
  const { externalId } = of.as
  const names = [of.way.spokenToAs, externalId, externalId.split('@')[0], externalId.split(':').at(-1), of.way.who]
  const accounts = Accounts.parse(await world.admin('/accounts'))
  const account = names.find((name) => accounts.some((one) => one.network === network && one.id === name)) ?? of.way.who
  const said = await world.admin('/speak', { network, account, kind, text, by, ...more })
  expect(said).toMatchObject({ id: expect.any(String) })
}
const by = { handle: 'mira', name: 'Mira' }

type Look = (cursor: string | undefined) => ReturnType<NonNullable<Inbox['poll']>>
/** Looks until there is no more right now. @returns what was said, and where to go on */
async function hear(look: Look, from?: string): Promise<{ items: readonly Incoming[]; cursor: string }> {
  const items: Incoming[] = []
  let cursor = from
  for (let looks = 0; looks < mostLooks; looks++) {
    const page = must(await look(cursor))
    items.push(...page.items)
    cursor = page.cursor
    if (!page.more) return { items, cursor }
  }
  throw new Error('There is always more')
}
/** Which of the numbers behind the texts were heard. */
const numbersIn = (items: readonly Incoming[]): number =>
  new Set(items.flatMap(({ text }) => /\d+$/.exec(text)?.[0] ?? [])).size

/** Without a thread nothing stands under a post of theirs, or they may not read it. */
const deaf: readonly string[] = ['Discord bot', 'Discord webhook', 'LinkedIn person']
const threaded = postingWays.filter((way) => platformOf(way).inbox?.pollPost && !deaf.includes(way.label))

describe.for(threaded)('$label', ({ label }) => {
  test('hears all that stands under a post, more than one look reads, and what is said afterwards', async () => {
    const of = world.subject(label)
    const { pollPost } = of.platform.inbox ?? {}
    if (!pollPost) throw new Error(`${label} is not asked post by post`)
    const post: Published = must(await deliver(of, await draftOf(of, world.say('Ask us anything')), world.turn))
    const look: Look = (cursor) => pollPost(of.app, of.as, post, cursor)
    const { cursor } = await hear(look)
    await speak(of, 'comment', 'Question', { on: post.externalId, times: many })
    const first = await hear(look, cursor)
    expect(numbersIn(first.items)).toBe(many)
    await world.turn(5_000)
    await speak(of, 'comment', 'One more', { on: post.externalId })
    expect((await hear(look, first.cursor)).items.map(({ text }) => text)).toContain('One more')
  }, 120_000)
})
