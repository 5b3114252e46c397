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

/** They may not read. */
const deaf: readonly string[] = ['Discord webhook', 'LinkedIn person']
/** Without a thread nothing stands under a post of theirs. */
const flat: readonly string[] = ['Discord bot']
/** What is said in a forum stands under its posts. X lists messages once in two minutes by our own clock. */
const elsewhere: readonly string[] = ['Discord forum mention', 'X dm']
/** Reddit lists no more than the last 1,000 things to anybody. */
const mostListed: Readonly<Record<string, number>> = { reddit: 1_000 }
const threaded = postingWays.filter((way) => platformOf(way).inbox?.pollPost && ![...deaf, ...flat].includes(way.label))

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

/** Where so much can be said to an account itself, and be asked for. */
const kinds = ['dm', 'mention'] as const
const spokenTo = postingWays
  .filter((way) => platformOf(way).inbox?.poll && !deaf.includes(way.label))
  .flatMap((way) => kinds.map((kind) => ({ ...way, kind })))
  .filter((way) => platformOf(way).inbox?.ways[way.kind]?.includes('poll'))
  .filter(({ label, kind }) => !elsewhere.includes(`${label} ${kind}`))

describe.for(spokenTo)('$label', ({ label, name, kind }) => {
  test(`${label} hears every ${kind}, more than one look reads, and what is said afterwards`, async () => {
    const of = world.subject(label)
    const { poll } = of.platform.inbox ?? {}
    if (!poll) throw new Error(`${label} is not asked`)
    const look: Look = (cursor) => poll(of.app, of.as, cursor)
    const { cursor } = await hear(look)
    await world.turn(5_000)
    await speak(of, kind, 'Question', { times: many })
    const first = await hear(look, cursor)
    expect(numbersIn(first.items.filter((item) => item.kind === kind))).toBe(mostListed[name] ?? many)
    await world.turn(5_000)
    await speak(of, kind, 'One more', {})
    const then = (await hear(look, first.cursor)).items.filter(
      (item) => item.kind === kind && item.text.includes('One more'),
    )
    expect(new Set(then.map(({ externalId }) => externalId)).size).toBe(1)
  }, 120_000)
})
