import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { hour, inMs, minute } from '@/lib/core/clock'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { connect, deliver, draftOf, must, ways, type Subject } from '../contract.fixture'
import type { Incoming, IncomingPage } from '..'
import { noteLeft, watchQuota } from '../quota-left'
import { begun, heardIn, noted } from './old-threads'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const Said = z.object({ id: z.string() })
let serial = 0

/** A channel of its own with a video that was uploaded elsewhere: nobody asks for what stands under it alone. */
async function makeChannel() {
  const handle = `channel${serial++}`
  await world.admin('/accounts', { network: 'youtube', handle, kind: 'page' })
  const way = ways.find(({ name }) => name === 'youtube')
  if (!way) throw new Error('YouTube cannot be connected')
  const channel = await connect({ ...way, who: handle }, world.settings)
  const video = must(await deliver(channel, await draftOf(channel, world.say('Elsewhere')), world.turn)).externalId
  /** @returns the name of the last of so many, which are said in one moment but for the last */
  const say = async (text: string, on = video, count = 1): Promise<string> => {
    if (count > 1) await once(text, on, count - 1)
    return once(text, on, 1)
  }
  const once = async (text: string, on: string, times: number): Promise<string> => {
    const by = { handle: 'tea_person', name: 'Tea Person' }
    const words = { network: 'youtube', account: handle, kind: 'comment', by, text, on, times }
    const { id } = Said.parse(await world.admin('/speak', words))
    await world.turn(1_000)
    return id
  }
  return { channel, video, say, ...asking(channel) }
}

function asking(channel: Subject) {
  let units = 0
  let before = async (_nth: number) => {}
  const app = {
    ...channel.app,
    async spend(some: number) {
      units += some
      await before(units)
    },
  }
  const look = async (cursor?: string): Promise<IncomingPage> => {
    const { poll } = channel.platform.inbox ?? {}
    if (!poll) throw new Error('YouTube is asked')
    units = 0
    return must(await poll(app, channel.as, cursor))
  }
  return {
    look,
    /** So many looks, one after the other. */
    async looks(count: number, from: string) {
      const items: Incoming[] = []
      let [cursor, spent] = [from, 0]
      for (let nth = 0; nth < count; nth++) {
        const page = await look(cursor)
        items.push(...page.items)
        cursor = page.cursor
        spent += units
      }
      return { items, cursor, units: spent }
    },
    /** Does something before the call that takes the nth unit of a look. */
    beforeCall(nth: number, does: () => Promise<unknown>) {
      before = async (call) => void (call === nth && (await does()))
    },
  }
}

const namesOf = (items: readonly Incoming[]) => items.map(({ externalId }) => externalId)
/** Where going round stands, as nobody but the adapter reads it. */
const roundOf = (cursor: string) =>
  z.object({ round: z.record(z.string(), z.unknown()) }).parse(JSON.parse(cursor)).round

test('an answer in a thread on the third page is heard within one round and once, with its own moment, in its thread', async () => {
  const { say, look, looks, video } = await makeChannel()
  const thread = await say('Is it still sold?')
  await say('Of today', video, 250)
  const first = await look()
  const settled = await looks(4, first.cursor)
  const before = Date.now()
  const answer = await say('I would like to know, too', thread)
  const heard = await looks(3, settled.cursor)
  expect(namesOf(heard.items)).toEqual([answer])
  expect(heard.items[0]).toMatchObject({ change: 'new', conversation: thread, parent: thread, post: video, own: false })
  expect(Date.parse(heard.items[0]?.at ?? '')).toBeGreaterThan(before)
  expect((await looks(7, heard.cursor)).items).toEqual([])
})

test('nothing that was said before the account was connected comes in the first round', async () => {
  const { say, look, looks, video } = await makeChannel()
  const few = await say('Old')
  await say('Old answer', few)
  const many = await say('Old and much talked about')
  await say('Old answer', many, 12)
  await say('Of today', video, 250)
  const first = await look()
  expect(first.items.length).toBe(100)
  const { items, cursor } = await looks(8, first.cursor)
  expect(items).toEqual([])
  const answers = [await say('New answer', few), await say('New answer', many)]
  expect(namesOf((await looks(3, cursor)).items).toSorted()).toEqual(answers.toSorted())
})

test('of a thread with more answers than come along each new one is heard once, and it is read only when there is one', async () => {
  const { say, look, looks, video } = await makeChannel()
  const thread = await say('Which grinder?')
  await say('This one', thread, 130)
  await say('Of today', video, 120)
  const { cursor } = await looks(4, (await look()).cursor)
  const quiet = await looks(4, cursor)
  // The newest page each time, and the second one each other time.
  expect(quiet).toMatchObject({ items: [], units: 4 + 2 })
  const answers = [await say('No, that one', thread), await say('Neither', thread)]
  const heard = await looks(2, quiet.cursor)
  expect(namesOf(heard.items)).toEqual(answers)
  // All 132 of them are two pages.
  expect(heard.units).toBe(2 + 1 + 2)
  const silence = await looks(6, heard.cursor)
  expect(silence).toMatchObject({ items: [], units: 6 + 3 })
  const last = await say('Any', thread)
  expect(namesOf((await looks(2, silence.cursor)).items)).toEqual([last])
})

test('an answer that came in the place of another, and an edit that did not come along, are heard within a day', async () => {
  const { say, look, looks, video } = await makeChannel()
  const thread = await say('Which grinder?')
  await say('This one', thread, 8)
  await say('Of today', video, 120)
  const settled = await looks(2, (await look()).cursor)
  const [edited, gone] = [await say('The old one', thread), await say('Sold out', thread)]
  const { items, cursor } = await looks(2, settled.cursor)
  expect(namesOf(items)).toEqual([edited, gone])
  await world.turn(minute)
  await world.admin('/unsay', { network: 'youtube', id: gone })
  await world.admin('/unsay', { network: 'youtube', id: edited, text: 'The new one' })
  const instead = await say('Still there', thread)
  const sameDay = await looks(2, cursor)
  expect(sameDay.items).toEqual([])
  const round = { ...roundOf(sameDay.cursor), countsFrom: inMs(-25 * hour).toISOString() }
  const nextDay = await looks(4, JSON.stringify({ ...JSON.parse(sameDay.cursor), round }))
  expect(nextDay.items).toMatchObject([
    { externalId: edited, change: 'edited', text: 'The new one' },
    { externalId: instead, change: 'new' },
  ])
  // The newest page of each look, the second one in two looks, and the thread once.
  expect(nextDay.units).toBe(4 + 2 + 1)
})

test('more long threads than one look bears are read in several, and none is passed over or read twice', async () => {
  const { say, look, looks, video } = await makeChannel()
  const threads: string[] = []
  for (let nth = 0; nth < 24; nth++) threads.push(await say('Much talked about'))
  for (const thread of threads) await say('Old answer', thread, 6)
  await say('Of today', video, 100)
  const { cursor } = await look()
  const answers = await Promise.all(threads.map((thread) => say('New answer', thread)))
  const heard = await looks(4, cursor)
  expect(namesOf(heard.items).toSorted()).toEqual(answers.toSorted())
  // The newest page of each look, the second one in three looks, and each thread once.
  expect(heard.units).toBe(4 + 3 + 24)
  const silence = await looks(4, heard.cursor)
  expect(silence.items).toEqual([])
  // Where no more can be remembered the round goes on all the same.
  const full = {
    ...roundOf(silence.cursor),
    counts: Array.from({ length: 2_000 }, (_, nth) => String(nth)),
    countsBefore: [],
  }
  const last = await say('New answer', threads[0])
  const found = await looks(4, JSON.stringify({ ...JSON.parse(silence.cursor), round: full }))
  expect(namesOf(found.items)).toEqual([last])
})

test('what was heard of a long thread is told no second time by the newest ones, and its edits as edits', async () => {
  const { say, look, looks } = await makeChannel()
  const thread = await say('Which grinder?')
  const along = await say('This one', thread)
  await say('That one', thread, 6)
  const { cursor } = await looks(1, (await look()).cursor)
  const later = await say('Neither', thread)
  const heard = await looks(1, cursor)
  expect(namesOf(heard.items)).toEqual([later])
  await world.admin('/unsay', { network: 'youtube', id: along, text: 'The small one' })
  const changed = await looks(2, heard.cursor)
  expect(namesOf(changed.items)).toEqual([along])
  const last = await say('All of them', thread)
  await world.admin('/unsay', { network: 'youtube', id: last, text: 'All of those' })
  await world.turn(1_000)
  const known = await looks(1, changed.cursor)
  expect(namesOf(known.items)).toEqual([last])
  for (const id of [along, last]) await world.admin('/unsay', { network: 'youtube', id, text: 'A large one' })
  const again = await looks(2, known.cursor)
  expect(namesOf(again.items).toSorted()).toEqual([along, last].toSorted())
  expect(new Set(again.items.map(({ change }) => change))).toEqual(new Set(['edited']))
})

test('pages that move while they are read pass nothing over, and tell nothing twice', async () => {
  const { say, look, looks, video } = await makeChannel()
  const threads: string[] = []
  for (let nth = 0; nth < 5; nth++) {
    threads.push(await say('Old'))
    await say('Of today', video, 60)
  }
  let { cursor } = await look()
  const [said, heard]: [string[], string[]] = [[], []]
  for (let nth = 0; nth < 15; nth++) {
    said.push(await say('Just now'), await say('New answer', threads[nth % threads.length]))
    const page = await looks(1, cursor)
    heard.push(...namesOf(page.items))
    cursor = page.cursor
  }
  heard.push(...namesOf((await looks(5, cursor)).items))
  expect(heard.toSorted()).toEqual(said.toSorted())
})

test('an edit in an old thread is told as one, once, with the moment at which it was made', async () => {
  const { say, look, looks, video } = await makeChannel()
  const thread = await say('Old')
  await say('Of today', video, 150)
  const { cursor } = await looks(2, (await look()).cursor)
  const told = await say('Does it fit?', thread)
  const first = await looks(2, cursor)
  expect(namesOf(first.items)).toEqual([told])
  const untold = await say('And this?', thread)
  await world.turn(minute)
  await world.admin('/unsay', { network: 'youtube', id: told, text: 'Does it fit mine?' })
  await world.admin('/unsay', { network: 'youtube', id: untold, text: 'And that?' })
  const second = await looks(2, first.cursor)
  expect(second.items).toMatchObject([
    { externalId: told, change: 'edited', text: 'Does it fit mine?' },
    { externalId: untold, change: 'edited', text: 'And that?' },
  ])
  const [toldAt = 0, editedAt = 0] = [first, second].map(({ items }) => Date.parse(items[0]?.at ?? ''))
  expect(editedAt - toldAt).toBeGreaterThanOrEqual(minute)
  await world.admin('/unsay', { network: 'youtube', id: untold, text: 'Never mind' })
  const third = await looks(2, second.cursor)
  expect(third.items).toMatchObject([{ externalId: untold, change: 'edited', text: 'Never mind' }])
})

test('what was held for review and is let through within a day is heard', async () => {
  const { say, look, looks, video } = await makeChannel()
  const thread = await say('Old')
  await say('Of today', video, 150)
  const { cursor } = await looks(2, (await look()).cursor)
  const held = await say('With a link', thread)
  await world.admin('/hide', { network: 'youtube', id: held, hidden: true })
  await world.turn(20 * minute)
  const other = await say('Of the evening', thread)
  const meanwhile = await looks(4, cursor)
  expect(namesOf(meanwhile.items)).toEqual([other])
  await world.admin('/hide', { network: 'youtube', id: held, hidden: false })
  const through = await looks(4, meanwhile.cursor)
  expect(namesOf(through.items)).toEqual([held])
})

test('a page that YouTube has forgotten begins the round anew, which passes nothing over', async () => {
  const { say, look, looks, video } = await makeChannel()
  const thread = await say('Old')
  await say('Of today', video, 250)
  const { cursor } = await looks(2, (await look()).cursor)
  expect(roundOf(cursor).page).toEqual(expect.any(String))
  const answer = await say('New answer', thread)
  const newest = await say('Just now')
  const stale = JSON.stringify({ ...JSON.parse(cursor), round: { ...roundOf(cursor), page: '!forgotten' } })
  const refused = await looks(1, stale)
  expect(namesOf(refused.items)).toEqual([newest])
  expect(roundOf(refused.cursor).page).toBeUndefined()
  expect(namesOf((await looks(3, refused.cursor)).items)).toEqual([answer])
})

test('the newest threads begun anew in the middle tell nothing twice, and are asked for in one call again', async () => {
  const { say, look, looks, video } = await makeChannel()
  const { cursor } = await look()
  await say('Just now', video, 250)
  const first = await look(cursor)
  expect([first.items.length, first.more]).toEqual([100, true])
  const anew = await looks(1, JSON.stringify({ ...JSON.parse(first.cursor), page: '!forgotten' }))
  const rest = await looks(3, anew.cursor)
  expect(new Set(namesOf([...first.items, ...rest.items])).size).toBe(250)
  expect(rest.items.length).toBe(150)
  // What is known is on the first page.
  expect((await look(rest.cursor)).more).toBe(false)
})

test('a channel that was asked before there were rounds begins one where it stands', async () => {
  const { say, look, looks, video } = await makeChannel()
  const thread = await say('Old')
  await say('Old answer', thread)
  await say('Of today', video, 150)
  const { at, ids } = z.object({ at: z.string(), ids: z.array(z.string()) }).parse(JSON.parse((await look()).cursor))
  const answer = await say('New answer', thread)
  expect(namesOf((await looks(4, JSON.stringify({ at, ids }))).items)).toEqual([answer])
})

test('old threads are read out of what looking at the newest leaves over, and make no look rarer', async () => {
  const { channel, say, look, video } = await makeChannel()
  await say('Of today', video, 250)
  const { poll } = channel.platform.inbox ?? {}
  let { cursor } = await look()
  const spends = async (left: number) => {
    let [calls, units] = [left, 0]
    const spend = async (some: number) => {
      units += some
      noteLeft({ calls: (calls -= some), resetAt: inMs(10 * hour) })
    }
    const asked = await watchQuota(async () => poll && must(await poll({ ...channel.app, spend }, channel.as, cursor)))
    cursor = asked.value?.cursor ?? ''
    return { units, watched: asked.left?.calls, stands: roundOf(cursor).page }
  }
  const { stands } = await spends(8_000)
  expect(await spends(8_000)).toMatchObject({ units: 2, watched: 7_999 })
  const waits = await spends(2_900)
  expect(waits.units).toBe(1)
  expect(await spends(2_900)).toEqual(waits)
  expect([stands, (await spends(3_100)).units]).toEqual([expect.any(String), 2])
})

test('that old threads cannot be read keeps back nothing new, is told when it lasts, and passes nothing over', async () => {
  const { say, look, looks, video, beforeCall } = await makeChannel()
  const thread = await say('Old')
  await say('Of today', video, 150)
  let { cursor } = await looks(1, (await look()).cursor)
  const answer = await say('New answer', thread)
  beforeCall(2, () => world.admin('/faults', { network: 'youtube', fault: '500_after_accept', operation: 'read' }))
  const missing: number[] = []
  for (let nth = 0; nth < 3; nth++) {
    const newest = await say('Just now')
    const page = await look(cursor)
    expect(namesOf(page.items)).toEqual([newest])
    missing.push(page.missing?.length ?? 0)
    cursor = page.cursor
  }
  expect(missing).toEqual([0, 0, 1])
  beforeCall(0, async () => {})
  const healed = await looks(2, cursor)
  expect(namesOf(healed.items)).toEqual([answer])
})

test('what was told is remembered for as long as it could be told again, and no longer', async () => {
  const { say, look, looks } = await makeChannel()
  await say('Hello')
  const { cursor } = await look()
  const told = [`a ${Date.parse('2020-01-01').toString(36)}`, ...z.array(z.string()).parse(roundOf(cursor).told)]
  const round = { ...roundOf(cursor), told }
  const next = await looks(1, JSON.stringify({ ...JSON.parse(cursor), round }))
  expect(roundOf(next.cursor).told).toEqual(roundOf(cursor).told)
})

test('what a round remembers has a bound, beyond which something is told again and nothing is lost', () => {
  const comment = (nth: number) => {
    const at = '2020-01-02T00:00:00.000Z'
    return { id: `c${nth}`, snippet: { textDisplay: '', authorDisplayName: '', publishedAt: at, updatedAt: at } }
  }
  const all = Array.from({ length: 5_000 }, (_, nth) => comment(nth))
  const round = noted(begun({ at: '2020-01-01T00:00:00.000Z', ids: [] }), all)
  expect(JSON.stringify(round).length).toBeLessThan(60_000)
  const { asItIs, asItBegan } = heardIn(round)
  expect([0, 1_999, 2_000, 4_999].map((nth) => asItIs(comment(nth)))).toEqual([true, true, false, false])
  // An edit of one that was told and forgotten is told as an edit.
  expect(asItBegan(comment(4_999))).toBe(true)
  expect(heardIn(noted(begun({ at: '2020-01-01T00:00:00.000Z', ids: [] }), [])).asItBegan(comment(1))).toBe(false)
})
