import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Again, Incoming } from '.'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import { deliver, draftOf, imitatedBy, must, mustFail, platformOf, ways } from './contract.fixture'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

/** An incoming webhook of Discord cannot read. */
const asked = ways.filter((way) => platformOf(way).inbox?.again && way.label !== 'Discord webhook')
/** Where a person may write over what they said, and it keeps its name. */
const changing: readonly string[] = ['facebook', 'mastodon', 'discord']
/** What is asked first. */
const operationOf = ({ name }: (typeof asked)[number]) => (name === 'discord' ? 'read' : 'metrics')

test('those whose news tell of no end, and whose lists are not read whole, can be asked what became of things', () => {
  expect(asked.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'facebook',
      'mastodon',
      'bluesky',
      'x',
      'discord',
    ] satisfies (typeof asked)[number]['name'][]),
  )
  for (const way of asked) expect(platformOf(way).inbox?.listsWhole).toBeUndefined()
})

describe.for(asked)('$label', (way) => {
  const againOf = (): Again => {
    const again = platformOf(way).inbox?.again
    if (!again) throw new Error(`${way.label} cannot be asked`)
    return again
  }
  /** Somebody comments on a new post of ours. @returns as it is known once it was heard. */
  async function heard(texts: readonly string[]): Promise<readonly Incoming[]> {
    const of = world.subject(way.label)
    const post = must(await deliver(of, await draftOf(of, world.say('Ask us')), world.turn))
    const account = way.spokenToAs ?? of.as.externalId.split('@')[0]
    const said: Incoming[] = []
    for (const text of texts) {
      const words = { network: imitatedBy(way), account, kind: 'comment', text, on: post.externalId }
      const by = { handle: 'mira', name: 'Mira' }
      const { id } = z.object({ id: z.string() }).parse(await world.admin('/speak', { ...words, by }))
      said.push({
        externalId: id,
        kind: 'comment',
        change: 'new',
        text,
        at: new Date().toISOString(),
        author: { externalId: 'mira', handle: '@mira', displayName: 'Mira' },
        own: false,
        conversation: post.externalId,
        post: post.externalId,
        media: [],
        // It stands where its post stands.
        ref: post.ref,
      })
    }
    return said
  }
  const unsay = (id: string | undefined, text?: string) =>
    world.admin('/unsay', { network: imitatedBy(way), id, ...(text === undefined ? {} : { text }) })

  test('says what stands and how it reads, and what was taken away, of several at once', async () => {
    const of = world.subject(way.label)
    const said = await heard(['First', 'Second', 'Third', 'Fourth'])
    const look = async () => {
      const standing = must(await againOf().look(of.app, of.as, said))
      return said.map(({ externalId }) => {
        const one = standing.get(externalId)
        // The network adds whom it answers.
        return one?.state === 'there' ? one.text.split(' ').at(-1) : one?.state
      })
    }
    expect(await look()).toEqual(['First', 'Second', 'Third', 'Fourth'])
    await unsay(said[0]?.externalId)
    await unsay(said[2]?.externalId)
    expect(await look()).toEqual(['gone', 'Second', 'gone', 'Fourth'])
    if (!changing.includes(way.name)) return
    await unsay(said[3]?.externalId, 'Last')
    expect(await look()).toEqual(['gone', 'Second', 'gone', 'Last'])
  })

  test('says nothing of anything when it does not answer', async () => {
    const of = world.subject(way.label)
    const said = await heard(['Still there'])
    await world.fault(of, '500_after_accept', { operation: operationOf(way) })
    expect(mustFail(await againOf().look(of.app, of.as, said)).code).toBe('unavailable')
    await world.fault(of, '429_until', { operation: operationOf(way), param: 1 })
    expect(mustFail(await againOf().look(of.app, of.as, said)).code).toBe('rate_limited')
    await world.clearFaults()
    await world.turn(2_000)
  })

  test('kinds that are asked about can be heard of, and as many as it names can be asked about at once', async () => {
    const of = world.subject(way.label)
    const { kinds, most } = againOf()
    expect(Object.keys(platformOf(way).inbox?.ways ?? {})).toEqual(expect.arrayContaining([...kinds]))
    const said = await heard(Array.from({ length: most }, (_, nth) => `Number ${nth}`))
    expect(must(await againOf().look(of.app, of.as, said)).size).toBe(most)
  })
})
