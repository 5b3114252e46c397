import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inbox, Published } from '.'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import { deliver, draftOf, imitatedBy, must, platformOf, postingWays, remove } from './contract.fixture'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

/** They may not read. */
const deaf: readonly string[] = ['Discord webhook', 'LinkedIn person']
const asked = postingWays.filter((way) => platformOf(way).inbox?.pollPost && !deaf.includes(way.label))

test('posts are asked for one by one at these networks', () => {
  expect([...new Set(asked.map(({ name }) => name))].toSorted()).toEqual([
    'discord',
    'facebook',
    'instagram',
    'linkedin',
    'reddit',
    'threads',
    'youtube',
  ])
})

describe.for(asked)('$label', (way) => {
  const { label } = way
  /** A new post of ours, and how it is asked what stands under it. */
  async function posted() {
    const of = world.subject(label)
    const pollPost: Inbox['pollPost'] = of.platform.inbox?.pollPost
    if (!pollPost) throw new Error(`${label} is not asked post by post`)
    const post: Published = must(await deliver(of, await draftOf(of, world.say('Ask us anything')), world.turn))
    // Some lists are behind for a while.
    await world.turn(60_000)
    return { of, post, look: (cursor?: string) => pollPost(of.app, of.as, post, cursor) }
  }

  /** By us, or where a network lets no program do that, in its own app. */
  const takeDown = async ({ of, post }: Awaited<ReturnType<typeof posted>>): Promise<void> => {
    if (of.platform.remove) must(await remove(of, post))
    else await world.admin('/unsay', { network: imitatedBy(way), id: post.externalId })
    await world.turn(60_000)
  }

  test('says of a post that was taken away that it is gone, at the first look and after others, and of no other', async () => {
    const [it, other] = [await posted(), await posted()]
    const { cursor, ...before } = must(await it.look())
    expect(before.end).toBeUndefined()
    await takeDown(it)
    for (const from of [cursor, undefined])
      expect(must(await it.look(from))).toMatchObject({ end: 'gone', items: [], more: false })
    expect(must(await other.look()).end).toBeUndefined()
  })

  test('says nothing of a post that is there while its network fails or wants a pause', async () => {
    const it = await posted()
    for (const fault of ['500_after_accept', '429_until'] as const) {
      await world.fault(it.of, fault, { operation: '*', times: 20 })
      expect(await it.look()).toMatchObject({ ok: false })
      await world.clearFaults()
    }
  })
})
