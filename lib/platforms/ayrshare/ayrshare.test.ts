import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import {
  deliver,
  draftOf,
  find,
  methodOf,
  must,
  mustFail,
  remove,
  under,
  ways,
  type Subject,
} from '../contract.fixture'
import { leftOut } from './connect'
import { adapterOf, type Inbox, type Incoming, type IncomingPage, type Reply } from '..'

let world: ContractWorld
let page: Subject
beforeAll(async () => {
  world = await startContractWorld()
  page = world.subject('Ayrshare Facebook')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const tenMinutes = 600_000
const Clock = z.object({ now: z.coerce.date() })
const post = async (of: Subject, text: string) => must(await deliver(of, await draftOf(of, text)))
const speak = (text: string, on: string, account = 'northwind/facebook') =>
  world.admin('/speak', {
    network: 'ayrshare',
    account,
    kind: 'comment',
    by: { handle: 'mira', name: 'Mira Reads' },
    text,
    on,
  })

async function signIn(values: Record<string, string>) {
  const way = ways.find(({ label }) => label === 'Ayrshare Facebook')
  const method = way && methodOf(way)
  if (method?.kind !== 'form') throw new Error('Ayrshare is connected by a form')
  return method.signIn(page.app, values)
}

describe('one key', () => {
  const apiKey = 'SANDBOX-AYRSHARE-KEY-0001'
  const profileKey = 'SANDBOX-PROFILE-KEY-ROASTERY'

  test('brings an account for each network that is linked and that Posthorn reaches', async () => {
    const accounts = must(await signIn({ apiKey }))
    expect(accounts.map(({ network, kind, handle }) => [network, kind, handle])).toEqual([
      ['facebook', 'page', 'Northwind Coffee'],
      ['linkedin', 'person', '@northwind'],
      ['bluesky', 'person', '@northwind.example'],
    ])
    expect(new Set(accounts.map(({ credentials }) => credentials.externalId)).size).toBe(3)
  })

  test('of a profile brings that profile’s networks, and X only with an app of one’s own there', async () => {
    const networks = async (more = {}) =>
      must(await signIn({ apiKey, profileKey, ...more })).map(({ network }) => network)
    expect(await networks()).toEqual(['instagram'])
    expect(await networks({ xKey: 'k' })).toEqual(['instagram'])
    expect(await networks({ xKey: 'k', xSecret: 's' })).toEqual(['x', 'instagram'])
  })

  test('says what it links besides, and the doctor says it again', async () => {
    const besides = async (more = {}) => must(await signIn({ apiKey, profileKey, ...more }))[0]?.besides
    const x = expect.stringContaining('Connect again with its two keys')
    const tiktok = 'Ayrshare also links TikTok; Posthorn does not publish there through it.'
    expect(await besides()).toEqual([tiktok, x])
    expect(await besides({ xKey: 'k', xSecret: 's' })).toEqual([tiktok])
    const [instagram] = must(await signIn({ apiKey, profileKey }))
    if (!instagram) throw new Error('Instagram is linked there')
    const { examine } = adapterOf({ platform: 'instagram', method: 'ayrshare' })
    expect(await examine?.(page.app, instagram.credentials)).toMatchObject({
      value: [
        { name: 'besides', state: 'advice', message: tiktok },
        { name: 'besides', state: 'advice', message: x },
      ],
    })
    const linked = ['facebook', 'gmb', 'snapchat', 'newest'].map((platform) => ({ platform }))
    expect(leftOut(linked, { apiKey })).toEqual([
      'Ayrshare also links Google Business, Snapchat and newest; Posthorn does not publish there through it.',
    ])
  })

  test('with a space in it was copied wrongly, and a foreign one is refused', async () => {
    expect(mustFail(await signIn({ apiKey: 'two words' }))).toMatchObject({ code: 'rejected' })
    expect(mustFail(await signIn({ apiKey: 'foreign' })).code).toBe('auth_expired')
  })

  test('of an account that is linked no more, or to another page, asks to reconnect', async () => {
    const { platform, app, as } = page
    const other = { ...as, accessToken: as.accessToken.replace('104619420979033', '1') }
    expect(mustFail(await platform.check(app, other))).toMatchObject({
      code: 'auth_expired',
      reason: expect.stringContaining('Another Facebook account'),
    })
    const elsewhere = { ...as, accessToken: `${apiKey} ${profileKey} 1,` }
    expect(mustFail(await platform.check(app, elsewhere))).toMatchObject({
      code: 'auth_expired',
      reason: expect.stringContaining('is not linked'),
    })
  })
})

describe('a post', () => {
  test('sent again with its key is not made again: the history says that it is there', async () => {
    const part = await draftOf(page, world.say('Once'))
    const first = must(await page.platform.publish(page.app, page.as, part))
    expect(must(await page.platform.publish(page.app, page.as, part))).toEqual(first)
    expect(await world.seen(page, part.text)).toHaveLength(1)
  })

  test('that was refused stays refused when it is sent again', async () => {
    const text = world.say('Said before')
    await post(page, text)
    const again = await draftOf(page, text)
    expect(mustFail(await page.platform.publish(page.app, page.as, again))).toMatchObject({ duplicate: true })
    expect(mustFail(await page.platform.publish(page.app, page.as, again))).toMatchObject({ duplicate: true })
    expect(mustFail(await find(page, again, new Date()))).toMatchObject({ code: 'rejected', duplicate: true })
  })

  test('that is not in the history yet is a doubt when its key is spent', async () => {
    const part = await draftOf(page, world.say('Hidden'))
    await world.fault(page, 'delayed_visibility', { param: 60_000 })
    await world.fault(page, 'reset_after_accept')
    expect(mustFail(await page.platform.publish(page.app, page.as, part)).code).toBe('outcome_unknown')
    expect(mustFail(await page.platform.publish(page.app, page.as, part)).code).toBe('outcome_unknown')
    await world.turn(61_000)
    expect(must(await page.platform.publish(page.app, page.as, part)).externalId).not.toBe('')
    expect(await world.seen(page, part.text)).toHaveLength(1)
  })
})

function inboxOf({ platform }: Subject): Inbox {
  if (!platform.inbox) throw new Error('Ayrshare has an inbox')
  return platform.inbox
}
const poll = async (of: Subject, cursor?: string): Promise<IncomingPage> => {
  const { poll: ask } = inboxOf(of)
  if (!ask) throw new Error('Ayrshare is asked')
  return must(await ask(of.app, of.as, cursor))
}
/** Everything until there is no more right now. */
async function pollAll(of: Subject, from?: string): Promise<{ items: readonly Incoming[]; cursor: string }> {
  const items: Incoming[] = []
  let cursor = from
  for (;;) {
    const next = await poll(of, cursor)
    items.push(...(next.under ?? []).flatMap(({ there }) => there))
    cursor = next.cursor
    if (!next.more) return { items, cursor }
  }
}
const answerTo = (to: Incoming, text: string): Reply => ({ to, text, key: page.platform.newKey(new Date()) })

describe('comments', () => {
  test('under everything of the last days come, ours marked as ours, and each post is asked when it is worth it', async () => {
    const root = await post(page, world.say('Talk to us'))
    await speak('Lovely', root.externalId)
    const text = world.say('Our own word')
    must(await deliver(page, await draftOf(page, text, { kind: 'comment', ...under(root) })))
    const { items, cursor } = await pollAll(page)
    const mine = items.filter(({ post: at }) => at === root.externalId)
    expect(mine.map(({ text: said, own }) => [said, own])).toEqual([
      ['Lovely', false],
      [text, true],
    ])
    expect(mine[0]).toMatchObject({ kind: 'comment', parent: root.externalId, author: { displayName: 'Mira Reads' } })
    await speak('Later', root.externalId)
    const soon = await pollAll(page, cursor)
    expect(soon.items).toEqual([])
    await world.turn(tenMinutes)
    const late = await pollAll({ ...page }, JSON.stringify({ left: [], next: {} }))
    expect(late.items.map(({ text: said }) => said)).toContain('Later')
  })

  test('are answered, and where a copy does not have an answer it says how old it is', async () => {
    const root = await post(page, world.say('Ask us'))
    await speak('Open today?', root.externalId)
    const [question] = (await pollAll(page)).items.filter(({ text }) => text === 'Open today?')
    if (!question) throw new Error('the question did not come')
    const { reply, findReply } = inboxOf(page)
    const answer = answerTo(question, world.say('Until six'))
    // By the sandbox's clock, which was turned.
    const { now: since } = Clock.parse(await world.turn(0))
    const look = async () => {
      const found = await findReply?.(page.app, page.as, answer, since)
      if (!found) throw new Error('Ayrshare can be asked for an answer')
      return found
    }
    const copyWithout = async () => {
      const error = mustFail(await look())
      if (error.code !== 'unavailable' || !error.copy) throw new Error(`no copy: ${JSON.stringify(error)}`)
      return error.copy
    }
    // The copy that was just read cannot know of what comes now.
    const first = await copyWithout()
    expect(first.nextInMs).toBeGreaterThan(tenMinutes - 60_000)
    await world.fault(page, 'timeout_after_accept', { operation: 'comment' })
    const sent = await reply?.(page.app, page.as, answer)
    expect(sent).toMatchObject({ ok: false, error: { code: 'outcome_unknown' } })
    // The same one, which was made before the answer was there.
    await world.turn(60_000)
    const second = await copyWithout()
    expect(second.ageMs).toBeGreaterThanOrEqual(first.ageMs + 59_000)
    expect(second.nextInMs).toBeLessThanOrEqual(first.nextInMs - 59_000)
    await world.turn(second.nextInMs)
    expect(must(await look())).toMatchObject({ ref: { isComment: true } })
    expect(await world.seen(page, answer.text)).toHaveLength(1)
  })

  test('under a comment are answered beside it, and found there, however it was first heard of', async () => {
    const root = await post(page, world.say('Talk among yourselves'))
    await speak('Is it loud?', root.externalId)
    const [top] = (await pollAll(page)).items.filter(({ text }) => text === 'Is it loud?')
    await speak('And heavy?', top?.externalId ?? '')
    await world.turn(tenMinutes)
    const [below] = (await pollAll(page)).items.filter(({ text }) => text === 'And heavy?')
    if (!top || !below) throw new Error('the comments did not come')
    expect(below).toMatchObject({ parent: top.externalId, conversation: top.externalId })
    const { reply, findReply } = inboxOf(page)
    if (!reply || !findReply) throw new Error('Facebook is answered')
    // A report does not say what a comment stands under.
    for (const conversation of [top.externalId, below.externalId]) {
      const { now: since } = Clock.parse(await world.turn(0))
      const answer = answerTo({ ...below, conversation }, world.say('No'))
      await world.fault(page, 'timeout_after_accept', { operation: 'comment' })
      expect(mustFail(await reply(page.app, page.as, answer)).code).toBe('outcome_unknown')
      await world.turn(tenMinutes)
      expect(must(await findReply(page.app, page.as, answer, since))).toMatchObject({ ref: { isComment: true } })
    }
  })

  test('are told as all that stands there, of the moment at which Ayrshare asked, but on X and where there are many', async () => {
    const root = await post(page, world.say('Come and go'))
    for (const text of ['Stays', 'Goes']) await speak(text, root.externalId)
    const left = [{ id: String((root.ref as { ayrshare: string }).ayrshare), post: root.externalId }]
    const look = async () => (await poll(page, JSON.stringify({ left, next: {} }))).under?.[0]
    const texts = async () => (await look())?.there.map(({ text }) => text)
    expect(await texts()).toEqual(['Stays', 'Goes'])
    const [, goes] = (await look())?.there ?? []
    await world.admin('/unsay', { network: 'ayrshare', id: goes?.externalId })
    await world.turn(tenMinutes / 2)
    // A copy of then.
    expect(await texts()).toEqual(['Stays', 'Goes'])
    const ageMs = Date.now() - Date.parse((await look())?.asOf ?? '')
    expect(ageMs).toBeGreaterThan(tenMinutes / 2 - 60_000)
    expect(ageMs).toBeLessThan(tenMinutes)
    await world.turn(tenMinutes / 2)
    expect(await look()).toMatchObject({ post: root.externalId, whole: true, there: [{ text: 'Stays' }] })
    for (let n = 1; n < 100; n++) await speak(`Number ${n}`, root.externalId)
    await world.turn(tenMinutes)
    expect(await look()).toMatchObject({ whole: false, there: { length: 100 } })

    const x = world.subject('Ayrshare X')
    const onX = await post(x, world.say('On X'))
    await speak('There', onX.externalId, 'northwind_roastery/twitter')
    expect((await poll(x)).under).toContainEqual(expect.objectContaining({ post: onX.externalId, whole: false }))
  })

  test('that Facebook’s webhook reports are read as those that are asked for', async () => {
    const { read } = inboxOf(page)
    const raw = {
      action: 'comments',
      id: '1_2_c3',
      postId: 'ayr1',
      text: 'Hello',
      created: '2026-11-25T10:00:00Z',
      from: { id: '9', name: 'Mira' },
      media: { id: '1_2' },
    }
    const event = { externalId: 'h', type: 'comments', accountExternalId: 'r/facebook', raw }
    expect(read?.(event)).toMatchObject([
      { externalId: '1_2_c3', text: 'Hello', post: '1_2', at: '2026-11-25T10:00:00.000Z', own: false, unplaced: true },
    ])
    expect(read?.({ ...event, raw: { action: 'social', id: '1' } })).toEqual([])
    expect(read?.({ ...event, raw: { ...raw, media: undefined } })).toEqual([])
  })

  test('are asked of the days that the settings name, and a post that cannot be read keeps no other from it', async () => {
    const [gone, here] = [await post(page, world.say('Gone')), await post(page, world.say('Here'))]
    await speak('Found', here.externalId)
    const left = [
      { id: 'no-such-post', post: gone.externalId },
      { id: String((here.ref as { ayrshare: string }).ayrshare), post: here.externalId },
    ]
    const { items } = await pollAll(page, JSON.stringify({ left, next: {} }))
    expect(items.map(({ text }) => text)).toEqual(['Found'])
    await world.turn(3 * 86_400_000)
    const recent = { ...page, app: { ...page.app, historyDays: 2 } }
    expect((await pollAll(recent)).items).toEqual([])
    expect((await pollAll(page)).items.map(({ text }) => text)).toContain('Found')
  })

  const elsewhere = async (handle: string, text: string) => {
    const answer = await fetch(`${page.app.apiUrl}/@${encodeURIComponent(handle)}`, {
      method: 'POST',
      body: new URLSearchParams({ text }),
    })
    return z.object({ id: z.string() }).parse(await answer.json()).id
  }

  test('under what was posted on the network itself come too, and are answered; what is older than the period is not', async () => {
    const id = await elsewhere('northwind/facebook', world.say('From the phone'))
    await speak('Seen it', id)
    const { items, cursor } = await pollAll(page)
    const [said] = items.filter(({ post: at }) => at === id)
    if (!said) throw new Error('the comment did not come')
    expect(said).toMatchObject({ text: 'Seen it', parent: id, own: false, ref: { post: id } })
    const answer = answerTo(said, world.say('Thank you'))
    expect(await inboxOf(page).reply?.(page.app, page.as, answer)).toMatchObject({ ok: true })
    expect(await world.seen(page, answer.text)).toHaveLength(1)
    // Each post is asked once, whichever list has it.
    const known = Object.keys(z.object({ next: z.record(z.string(), z.string()) }).parse(JSON.parse(cursor)).next)
    const sent = await post(page, world.say('Through Ayrshare'))
    const after = z.object({ next: z.record(z.string(), z.string()) }).parse(JSON.parse((await pollAll(page)).cursor))
    expect(Object.keys(after.next)).not.toContain(sent.externalId)
    expect(Object.keys(after.next)).toHaveLength(known.length + 1)
    await world.turn(8 * 86_400_000)
    expect((await pollAll(page)).items).toEqual([])
  })

  describe('end with their post', () => {
    const Lost = z.looseObject({ lost: z.record(z.string(), z.looseObject({ since: z.string() })) })
    /** Looks until there is no more right now. @returns which posts are gone, and where to go on */
    const round = async (of: Subject, from?: string) => {
      const gone: string[] = []
      let cursor = from
      for (;;) {
        const next = await poll(of, cursor)
        gone.push(...(next.under ?? []).flatMap(({ end, post: at }) => (end === 'gone' ? [at] : [])))
        cursor = next.cursor
        if (!next.more) return { gone, cursor }
      }
    }
    /** The same an hour and a copy later. */
    const later = (cursor: string): string => {
      const { lost, ...rest } = Lost.parse(JSON.parse(cursor))
      const since = new Date(Date.now() - 3_600_000).toISOString()
      const aged = Object.fromEntries(Object.entries(lost).map(([id, one]) => [id, { ...one, since }]))
      const next = Object.fromEntries(Object.keys(Object(rest.next)).map((id) => [id, new Date(0).toISOString()]))
      return JSON.stringify({ ...rest, next, lost: aged })
    }

    test('that was deleted through Ayrshare, which says so', async () => {
      const [root, other] = [await post(page, world.say('Taken back')), await post(page, world.say('Stays'))]
      const { gone, cursor } = await round(page)
      expect(gone).not.toContain(root.externalId)
      must(await remove(page, root))
      const after = await round(page, later(cursor))
      expect(after.gone).toContain(root.externalId)
      expect(after.gone).not.toContain(other.externalId)
    })

    test('that is not to be found any more, wherever it was posted, when that is still so an hour later', async () => {
      const own = await post(page, world.say('Deleted there'))
      const phone = await elsewhere('northwind/facebook', world.say('Deleted on the phone'))
      const first = await round(page)
      for (const id of [own.externalId, phone]) await world.admin('/unsay', { network: 'ayrshare', id })
      await world.turn(tenMinutes)
      const [{ lost: _, ...asked }] = [Lost.parse(JSON.parse(later(first.cursor)))]
      const missing = await round(page, JSON.stringify(asked))
      expect(missing.gone).not.toEqual(expect.arrayContaining([own.externalId]))
      expect(missing.gone).not.toEqual(expect.arrayContaining([phone]))
      const sure = await round(page, later(missing.cursor))
      expect(sure.gone).toEqual(expect.arrayContaining([own.externalId, phone]))
    })

    test('but not on X, where answers stay, nor when it only leaves the period or is listed all the same', async () => {
      const x = world.subject('Ayrshare X')
      const onX = await post(x, world.say('On X for an hour'))
      const { cursor } = await round(x)
      await world.admin('/unsay', { network: 'ayrshare', id: onX.externalId })
      await world.turn(tenMinutes)
      expect((await round(x, later((await round(x, later(cursor))).cursor))).gone).toEqual([])

      const phone = await elsewhere('northwind/facebook', world.say('Long ago'))
      const before = await round(page)
      await world.turn(8 * 86_400_000)
      const left = await round(page, later(before.cursor))
      expect((await round(page, later(left.cursor))).gone).not.toContain(phone)

      const seen = { id: 'no-such-post', post: 'its-name', isSeen: true }
      const { cursor: after } = await poll(page, JSON.stringify({ left: [seen], next: {} }))
      expect(Lost.parse(JSON.parse(after)).lost).toEqual({})
    })
  })

  test('are read on a network of which Ayrshare has no list of its own, and of X it is not asked', async () => {
    const accounts = must(await signIn({ apiKey: 'SANDBOX-AYRSHARE-KEY-0001' }))
    const as = accounts.find(({ network }) => network === 'bluesky')?.credentials
    if (!as) throw new Error('Bluesky is linked in the sandbox')
    const bluesky = { ...page, as, platform: adapterOf({ platform: 'bluesky', method: 'ayrshare' }) }
    const root = await post(bluesky, world.say('On Bluesky'))
    await speak('Here too', root.externalId, 'northwind.example/bluesky')
    expect((await pollAll(bluesky)).items.map(({ text }) => text)).toEqual(['Here too'])
    const x = world.subject('Ayrshare X')
    const id = await elsewhere('northwind_roastery/twitter', world.say('On X alone'))
    await speak('Not read', id, 'northwind_roastery/twitter')
    expect((await pollAll(x)).items.filter(({ post: at }) => at === id)).toEqual([])
  })

  test('on X stand beside what they answer, and belong to it', async () => {
    const x = world.subject('Ayrshare X')
    const root = await post(x, world.say('Say it'))
    await speak('First', root.externalId, 'northwind_roastery/twitter')
    const [first] = (await pollAll(x)).items.filter(({ text }) => text === 'First')
    if (!first) throw new Error('the comment did not come')
    const { reply, findReply } = inboxOf(x)
    if (!reply || !findReply) throw new Error('X is answered')
    const { now: since } = Clock.parse(await world.turn(0))
    const answer = answerTo(first, world.say('Second'))
    await world.fault(x, 'timeout_after_accept', { operation: 'comment' })
    expect(mustFail(await reply(x.app, x.as, answer)).code).toBe('outcome_unknown')
    await world.turn(tenMinutes)
    const all = (await pollAll(x)).items.filter(({ post: at }) => at === root.externalId)
    expect(all.map(({ parent, conversation, own }) => [parent, conversation, own])).toEqual([
      [root.externalId, first.externalId, false],
      [first.externalId, first.externalId, true],
    ])
    expect(must(await findReply(x.app, x.as, answer, since))?.externalId).toBe(all[1]?.externalId)
    await speak('Third', all[1]?.externalId ?? '', 'northwind_roastery/twitter')
    await world.turn(tenMinutes)
    const third = (await pollAll(x)).items.find(({ text }) => text === 'Third')
    expect(third).toMatchObject({ parent: all[1]?.externalId, conversation: first.externalId })
    // The same words to another of the thread are not this answer.
    const same = { ...answer, to: third ?? first }
    expect(mustFail(await findReply(x.app, x.as, same, since)).code).toBe('unavailable')
  })
})
