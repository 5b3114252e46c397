import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { day, hour, inMs, minute, second } from '@/lib/core/clock'
import { standBetween } from '../between.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { must, type Subject } from '../contract.fixture'
import { spokenTo } from '../spoken-to.fixture'
import type { Credentials } from '..'

let world: ContractWorld
let of: Subject
let people: ReturnType<typeof spokenTo>
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Bluesky')
  people = spokenTo(world, of, 'bluesky')
})
afterEach(() => vi.useRealTimers())
afterAll(() => world.close())

const server = () => of.as.server ?? of.app.apiUrl
const feedOfOurs = 'getAuthorFeed'
const cid = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
const them = 'did:plc:mirrmirrmirrmirrmirrmirr'
const start = new Date()
const at = (ms: number) => inMs(ms, start).toISOString()

/** Our answer to somebody, as the author's feed lists it, told so long after the start. */
function answer(key: string, ms: number, by = of.as.externalId) {
  const subject = { uri: `at://${them}/app.bsky.feed.post/q${key}`, cid }
  return {
    post: {
      uri: `at://${by}/app.bsky.feed.post/${key}`,
      cid,
      author: { did: by, handle: 'somebody.test' },
      record: {
        $type: 'app.bsky.feed.post',
        text: `Answer ${key}`,
        createdAt: at(ms),
        reply: { root: subject, parent: subject },
      },
      indexedAt: at(ms),
    },
  }
}
const repost = (entry: ReturnType<typeof answer>, ms: number) => ({
  ...entry,
  reason: {
    $type: 'app.bsky.feed.defs#reasonRepost',
    by: { did: of.as.externalId, handle: 'northwind.sandbox' },
    indexedAt: at(ms),
  },
})
type Entry = ReturnType<typeof answer> & { reason?: { indexedAt: string } }
const whenOf = ({ post, reason }: Entry) => reason?.indexedAt ?? post.indexedAt

/** The account with a feed of its own that lists these, newest first. */
async function listing(feed: readonly Entry[]) {
  const between = await standBetween(server(), {
    answer(path, given) {
      if (!path.includes(feedOfOurs)) return given
      const query = new URL(path, 'http://any').searchParams
      const [from, limit] = [Number(query.get('cursor') ?? 0), Number(query.get('limit'))]
      const all = feed.toSorted((a, b) => whenOf(b).localeCompare(whenOf(a)))
      const next = from + limit < all.length ? { cursor: String(from + limit) } : {}
      return { status: 200, body: JSON.stringify({ feed: all.slice(from, from + limit), ...next }) }
    },
  })
  const as: Credentials = { ...of.as, server: between.url }
  let cursor: string | undefined
  let looks = 0
  return {
    asked: () => between.asked.filter((path) => path.includes(feedOfOurs)).length,
    /** What is told of our own answers, by their keys. */
    async look() {
      // As a feed is looked at again: never at once.
      vi.useFakeTimers({ toFake: ['Date'], now: inMs(looks++ * minute, start) })
      const page = must(await people.inbox('poll')(of.app, as, cursor))
      cursor = page.cursor
      return page.items.filter(({ own }) => own).map(({ externalId }) => externalId.split('/').at(-1))
    },
  }
}

test('a repost of an older post of ours brings no old answer in, and hides no new one', async () => {
  const old = Array.from({ length: 30 }, (_, n) => answer(`old${n}`, -day - n * hour))
  const feed: Entry[] = [...old]
  const { look } = await listing(feed)
  expect(await look()).toEqual([])
  const [, again] = old
  if (!again) throw new Error('Nothing is old')
  feed.push(answer('first', second), repost(again, 2 * second))
  expect(await look()).toEqual(['first'])
  feed.push(answer('second', 3 * second))
  expect(await look()).toEqual(['second'])
  expect(await look()).toEqual([])
})

test('of more answers than a page none is passed over, though reposts stand between them', async () => {
  const feed: Entry[] = [answer('old', -day)]
  const { look } = await listing(feed)
  await look()
  const said = Array.from({ length: 230 }, (_, n) => answer(`new${n}`, (n + 1) * second))
  feed.push(...said, ...said.map((entry, n) => repost(n % 2 ? entry : answer('old', -day), (n + 1) * second + 1)))
  expect(await look()).toEqual(said.map(({ post }) => post.uri.split('/').at(-1)))
})

test.each([
  { what: 'nothing', before: () => [] },
  { what: 'a repost of somebody else', before: () => [repost(answer('theirs', -day, them), -hour)] },
])('the first answer of ours is heard where the feed began with $what', async ({ before }) => {
  const feed: Entry[] = [...before()]
  const { look } = await listing(feed)
  expect(await look()).toEqual([])
  feed.push(answer('first', second))
  expect(await look()).toEqual(['first'])
  expect(await look()).toEqual([])
})

/** A look at the account where whatever a path has in it is not answered. */
async function without(part: string) {
  const between = await standBetween(server(), {
    answer: (path, given) => (path.includes(part) ? { status: 500, body: '{"error":"InternalServerError"}' } : given),
  })
  const as: Credentials = { ...of.as, server: between.url }
  return async (cursor: string | undefined) => must(await people.inbox('poll')(of.app, as, cursor))
}

test('chats are read where the account’s own feed is not to be had, which is named, and read on later', async () => {
  const { cursor } = await people.since(undefined)
  const look = await without(feedOfOurs)
  const { id } = await people.speak('dm', 'Are you there?')
  vi.useFakeTimers({ toFake: ['Date'], now: inMs(minute) })
  const page = await look(cursor)
  expect(page.items.map(({ externalId }) => externalId)).toContain(id)
  expect(page.missing).toEqual([expect.stringContaining('What the account itself answered')])
  expect(JSON.parse(page.cursor).own).toBe(JSON.parse(cursor).own)
})

test('what is public is read on where the chats are not to be had, which is named, and read on later', async () => {
  const { cursor } = await people.since(undefined)
  const look = await without('chat.bsky')
  const { id } = await people.speak('dm', 'Are you still there?')
  const page = await look(cursor)
  expect(page.missing).toEqual([expect.stringContaining('Messages')])
  expect((await look(page.cursor)).missing).toEqual(page.missing)
  expect((await people.since(page.cursor)).items.map(({ externalId }) => externalId)).toContain(id)
})

test('a look with nothing new reads ten of ours at most', async () => {
  const between = await standBetween(server(), { answer: (_path, given) => given })
  const as = { ...of.as, server: between.url }
  const { cursor } = must(await people.inbox('poll')(of.app, as, undefined))
  vi.useFakeTimers({ toFake: ['Date'], now: inMs(minute) })
  must(await people.inbox('poll')(of.app, as, cursor))
  const limits = between.asked.filter((path) => path.includes(feedOfOurs)).map((path) => path.split('limit=')[1])
  expect(limits).toEqual(['10', '10'])
})

test('however often others are listened to, the account’s own feed is asked for once a minute', async () => {
  const between = await standBetween(server(), { answer: (_path, given) => given })
  const as = { ...of.as, server: between.url }
  let cursor: string | undefined
  for (let looks = 0; looks < 9; looks++) {
    vi.useFakeTimers({ toFake: ['Date'], now: inMs(looks * 15 * second, start) })
    cursor = must(await people.inbox('poll')(of.app, as, cursor)).cursor
  }
  expect(between.asked.filter((path) => path.includes('listNotifications'))).toHaveLength(9)
  expect(between.asked.filter((path) => path.includes(feedOfOurs))).toHaveLength(3)
})
