import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import { deliver, draftOf, imitatedBy, metricsOf, must, postingWays } from './contract.fixture'
import type { Metric } from '.'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

const Effects = z.array(
  z.object({ network: z.string(), id: z.string(), accountId: z.string(), likes: z.number(), shares: z.number() }),
)
const effectsOn = async (network: string) => Effects.parse(await world.admin(`/effects?network=${network}`))

/** A post of the account, as the product knows it and as the sandbox does. */
async function post(label: string) {
  const of = world.subject(label)
  const network = imitatedBy(of.way)
  const published = must(await deliver(of, await draftOf(of, world.say('To be seen')), world.turn))
  const made = (await effectsOn(network)).findLast(({ id }) => !reserved.has(id))
  if (!made) throw new Error(`${label} shows nothing`)
  reserved.add(made.id)
  owners.add(made.accountId)
  return { of, network, published, on: made.id, account: made.accountId }
}
const reserved = new Set<string>()
const owners = new Set<string>()

type Told = { readonly network: string; readonly account: string; readonly on?: string }
/** @returns whether the sandbox let them */
async function tell({ network, account, on }: Told, kind: string, handle: string): Promise<boolean> {
  const by = { handle, name: handle }
  const said = await world.admin('/speak', { network, account, kind, by, text: `A ${kind} by ${handle}`, on })
  return z.object({ id: z.string().optional() }).parse(said).id !== undefined
}

const kinds = ['reaction', 'like', 'share', 'comment', 'mention', 'quote', 'review', 'dm'] as const

describe.for(postingWays)('$label', ({ label, measures }) => {
  test('shows whatever a reader does to a post, or the reader is refused', async () => {
    const { network, account, on } = await post(label)
    const wrong: string[] = []
    for (const kind of kinds) {
      // A bot's chats are only in what Telegram tells it (sandbox/speak.test.ts).
      if (network === 'telegram' && kind === 'dm') continue
      const before = await effectsOn(network)
      // Whoever reacted has liked it already.
      const isDone = await tell({ network, account, on }, kind, kind === 'like' ? 'lena' : 'nils')
      const isSeen = JSON.stringify(await effectsOn(network)) !== JSON.stringify(before)
      if (isDone !== isSeen) wrong.push(kind)
    }
    expect(wrong).toEqual([])
  })

  test.runIf(measures)('counts likes and shares in its numbers, each reader once', async () => {
    const { of, network, account, on, published } = await post(label)
    const offers = (...names: readonly Metric[]) => names.find((name) => of.platform.metricsOffered.includes(name))
    const figures = async () => must(await metricsOf(of, published)).get(published.externalId) ?? {}
    for (const [kind, metric] of [
      ['like', offers('likes', 'reactions', 'score')],
      ['share', offers('shares')],
    ] as const) {
      if (!metric) continue
      const before = (await figures())[metric] ?? 0
      for (const handle of ['ada', 'ben', 'ada']) expect(await tell({ network, account, on }, kind, handle)).toBe(true)
      expect((await figures())[metric]).toBeGreaterThanOrEqual(before + 2)
      const made = (await effectsOn(network)).find(({ id }) => id === on)
      expect(made?.[kind === 'like' ? 'likes' : 'shares']).toBe(2)
    }
  })
})

test('readers at work do nothing that comes to nothing, anywhere, and like on every network that has likes', async () => {
  const before = new Map<string, number>()
  const likesOn = async (network: string) => (await effectsOn(network)).reduce((sum, { likes }) => sum + likes, 0)
  const networks = new Set(postingWays.map(imitatedBy))
  for (const network of networks) before.set(network, await likesOn(network))
  const Residents = z.array(z.object({ id: z.string(), kind: z.string(), password: z.string() }))
  const residents = Residents.parse(await world.admin('/accounts')).filter(
    ({ id, kind, password }) => kind === 'page' || password !== '' || owners.has(id),
  )
  const accounts = residents.map(({ id }) => id)
  const scenes = [
    { name: 'launch', seed: 'a', accounts },
    { name: 'launch', seed: 'b', accounts },
    { name: 'complaint_wave', seed: 'a', accounts },
  ]
  for (const scene of scenes) await world.admin('/scenarios', scene)
  await world.turn(24 * 3_600_000)
  const Running = z.object({ scenes: z.array(z.object({ done: z.number(), of: z.number(), failedSteps: z.number() })) })
  await vi.waitFor(async () => {
    const { scenes: running } = Running.parse(await world.admin('/scenarios'))
    expect(running).toHaveLength(scenes.length)
    expect(running.filter(({ done, of }) => done < of)).toEqual([])
    expect(running.map(({ failedSteps }) => failedSteps)).toEqual([0, 0, 0])
  }, 30_000)
  const idle: string[] = []
  for (const network of networks) if ((await likesOn(network)) === before.get(network)) idle.push(network)
  expect(idle).toEqual([])
})
