import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { attach, draftOf, find, must, mustFail, under, type Subject } from '../contract.fixture'
import type { Inbox, IncomingPage, Part, Platform } from '..'

let world: ContractWorld
let of: Subject
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Mastodon')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const asked = <K extends keyof Platform>(name: K): NonNullable<Platform[K]> => {
  const can = of.platform[name]
  if (!can) throw new Error(`Mastodon cannot ${name}`)
  return can
}
const inbox = <K extends keyof Inbox>(name: K): NonNullable<Inbox[K]> => {
  const can = of.platform.inbox?.[name]
  if (!can) throw new Error(`Mastodon's inbox cannot ${name}`)
  return can
}
const publish = async (text: string, more: Partial<Part> = {}) =>
  must(await of.platform.publish(of.app, of.as, await draftOf(of, text, more)))
const Status = z.object({
  visibility: z.string(),
  spoiler_text: z.string(),
  sensitive: z.boolean(),
  language: z.string().nullable(),
  media_attachments: z.array(z.object({ meta: z.unknown(), description: z.string().nullable() })),
  poll: z.object({ multiple: z.boolean(), options: z.array(z.object({ title: z.string() })) }).nullable(),
})
/** A status as the server has it. */
async function kept(id: string) {
  const answer = await fetch(`${of.as.server}/api/v1/statuses/${id}`, {
    headers: { authorization: `Bearer ${of.as.accessToken}` },
  })
  return Status.parse(await answer.json())
}
const reader = { handle: 'mira_reads', name: 'Mira Reads' }
const speak = async (kind: string, text: string, more: object = {}) => {
  const words = { network: 'mastodon', account: 'northwind', kind, text, by: reader, ...more }
  return z.object({ id: z.string() }).parse(await world.admin('/speak', words))
}

test('one part sent again and again, and at once, is one status', async () => {
  const part = await draftOf(of, world.say('Only once'))
  const sent = await Promise.all([1, 2, 3].map(() => of.platform.publish(of.app, of.as, part)))
  expect(new Set(sent.map((answer) => must(answer).externalId)).size).toBe(1)
  expect((await world.seen(of, part.text)).length).toBe(1)
})

test('two statuses that look alike leave a read-back without an answer', async () => {
  const text = world.say('Alike')
  const since = new Date()
  await publish(text)
  await publish(text)
  expect(mustFail(await find(of, await draftOf(of, text), since)).code).toBe('outcome_unknown')
})

test('a status that shows later is found later, beyond the first page', async () => {
  const part = await draftOf(of, world.say('Slow to show'))
  const since = new Date()
  await world.fault(of, 'delayed_visibility', { param: 5_000 })
  const { externalId } = must(await of.platform.publish(of.app, of.as, part))
  expect(await find(of, part, since)).toEqual({ ok: true, value: undefined })
  for (let i = 0; i < 45; i++) await publish(world.say('Above it'))
  await world.turn(6_000)
  expect(must(await find(of, part, since))?.externalId).toBe(externalId)
})

test('what was chosen is what the server keeps', async () => {
  const options = { visibility: 'unlisted', warning: 'Caffeine', sensitive: true, language: 'de' }
  const { externalId } = await publish(world.say('Chosen'), { options })
  expect(await kept(externalId)).toMatchObject({
    visibility: 'unlisted',
    spoiler_text: 'Caffeine',
    sensitive: true,
    language: 'de',
  })
})

test('a poll is put to readers', async () => {
  const poll = { options: ['Filter', 'Espresso'], minutes: 60, multiple: true }
  const { externalId } = await publish(world.say('Which?'), { poll })
  expect((await kept(externalId)).poll).toEqual({
    multiple: true,
    options: [{ title: 'Filter' }, { title: 'Espresso' }],
  })
})

test('a picture keeps what must stay in view, and its description', async () => {
  const file = { ...(await imageFile('teal', 'A teal square')), focus: { x: 0.25, y: 0.1 } }
  const { externalId } = await publish(world.say('In view'), { media: [await attach(of, file, world.turn)] })
  expect((await kept(externalId)).media_attachments).toEqual([
    { description: 'A teal square', meta: { focus: { x: -0.5, y: 0.8 } } },
  ])
})

test('a video that is being processed is waited for by its number alone, and not sent again', async () => {
  await world.fault(of, 'slow_media', { param: 60_000 })
  const begun = must(await asked('uploadMedia')(of.app, of.as, videoFile(300_000, 'slow')))
  expect(begun).toMatchObject({ ready: false })
  // As it comes back from the database after a restart.
  const row = z.object({ ref: z.string(), ready: z.boolean() }).parse(JSON.parse(JSON.stringify(begun)))
  const early = await of.platform.publish(
    of.app,
    of.as,
    await draftOf(of, world.say('Too early'), { media: [{ kind: 'video', alt: '', ref: row.ref }] }),
  )
  expect(mustFail(early)).toMatchObject({ code: 'rejected', reason: expect.stringContaining('processing') })
  expect(must(await asked('mediaStatus')(of.app, of.as, row)).ready).toBe(false)
  await world.turn(63_000)
  expect(must(await asked('mediaStatus')(of.app, of.as, row))).toEqual({ ref: row.ref, ready: true })
  const text = world.say('Moving')
  await publish(text, { media: [{ kind: 'video', alt: '', ref: row.ref }] })
  expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
})

test('a file that stands in a post, or that the server has cleared out, is said to be forgotten or used', async () => {
  const file = await attach(of, await imageFile('olive', 'A square'), world.turn)
  await publish(world.say('Used'), { media: [file] })
  const again = await draftOf(of, world.say('Used again'), { media: [file] })
  const lapsed = { code: 'unavailable', lapsed: true, orUsed: true }
  expect(mustFail(await of.platform.publish(of.app, of.as, again))).toMatchObject(lapsed)

  const unused = await attach(of, await imageFile('navy', 'A square'), world.turn)
  const late = await draftOf(of, world.say('Late'), { media: [unused] })
  await world.turn(25 * 3_600_000)
  expect(mustFail(await of.platform.publish(of.app, of.as, late))).toMatchObject(lapsed)
  const status = await asked('mediaStatus')(of.app, of.as, { ref: unused.ref, ready: false })
  expect(mustFail(status)).toEqual({ code: 'unavailable', lapsed: true, reason: expect.stringContaining('expired') })
  expect(await world.seen(of, late.text)).toEqual([])
})

test('each server counts by its own numbers, read when the account was connected', () => {
  expect(of.account.traits).toMatchObject({ server: of.as.server, version: '4.7.0' })
  expect(asked('limitsFor')(of.account.traits ?? {})).toMatchObject({ text: { max: 500 }, images: { max: 4 } })
  expect(of.as.externalId).toBe(`109000000000000001@${new URL(of.as.server ?? '').host}`)
})

test('what the server would refuse is said before', async () => {
  const ask = async (more: Partial<Part>, text = 'x'.repeat(490)) =>
    must(await asked('precheck')(of.app, of.as, await draftOf(of, text, more)))
  expect(await ask({})).toEqual([])
  expect(await ask({ options: { warning: 'Eleven more' } })).toEqual([
    'With its content warning the post has 501 of 500 characters: remove 1.',
  ])
  const poll = { options: ['1', '2', '3', '4', '5'], minutes: 1, multiple: false }
  expect((await ask({ poll })).length).toBe(2)
})

test('the languages it can be told are named, and the doctor finds the account well', async () => {
  const languages = must(await asked('choices')(of.app, of.as, 'language', {}))
  expect(languages).toContainEqual({ value: 'de', label: 'German' })
  const findings = must(await asked('examine')(of.app, of.as))
  expect(findings.map(({ state }) => state)).toEqual(['good', 'good', 'good'])
})

describe('the inbox', () => {
  /** Everything until there is no more, oldest first. */
  async function since(cursor: string | undefined): Promise<IncomingPage> {
    const page = must(await inbox('poll')(of.app, of.as, cursor))
    if (!page.more) return page
    const rest = await since(page.cursor)
    return { ...rest, items: [...page.items, ...rest.items] }
  }

  test('has everything that was done and said, once, in order, with its thread', async () => {
    const { cursor } = await since(undefined)
    const root = await publish(world.say('Ask us'))
    const first = await speak('comment', 'Is it open?', { on: root.externalId })
    const second = await speak('comment', 'On Sunday?', { on: first.id, by: { handle: 'sam', name: 'Sam' } })
    const dm = await speak('dm', 'My order is late')
    const mention = await speak('mention', 'I like @northwind')
    const quote = await speak('quote', 'Read this', { on: root.externalId })
    await speak('like', '', { on: root.externalId })
    await speak('share', '', { on: root.externalId })
    const page = await since(cursor)
    expect(
      page.items.map(({ kind, externalId, conversation, post }) => [kind, externalId, conversation, post]),
    ).toEqual([
      ['comment', first.id, root.externalId, root.externalId],
      ['comment', second.id, root.externalId, root.externalId],
      ['dm', dm.id, dm.id, undefined],
      ['mention', mention.id, mention.id, undefined],
      ['mention', quote.id, quote.id, root.externalId],
      ['reaction', expect.stringMatching(/^notification:/), root.externalId, root.externalId],
      ['share', expect.stringMatching(/^notification:/), root.externalId, root.externalId],
    ])
    expect(page.items[0]).toMatchObject({
      text: '@northwind Is it open?',
      own: false,
      parent: root.externalId,
      author: { handle: '@mira_reads', displayName: 'Mira Reads' },
    })
    expect(await since(page.cursor)).toEqual({ items: [], cursor: page.cursor, more: false })
  })

  test('skips nothing when more was said than fits a page', async () => {
    const { cursor } = await since(undefined)
    const said = []
    for (let i = 0; i < 43; i++) said.push((await speak('mention', `Number ${i}`)).id)
    expect((await since(cursor)).items.map(({ externalId }) => externalId)).toEqual(said)
  })

  test('a thread that cannot be read fails the page instead of passing it over', async () => {
    const { cursor } = await since(undefined)
    const root = await publish(world.say('Unread'))
    await speak('comment', 'Hello?', { on: root.externalId })
    await world.fault(of, '429_until', { operation: 'read', times: 2 })
    expect(mustFail(await inbox('poll')(of.app, of.as, cursor)).code).toBe('rate_limited')
    await world.clearFaults()
    expect((await since(cursor)).items.length).toBe(1)
  })

  test('an answer names the person, stays as private as the question, and is given once', async () => {
    const { cursor } = await since(undefined)
    await speak('dm', 'Where is my order?')
    const [question] = (await since(cursor)).items
    if (!question) throw new Error('The question did not arrive')
    const answer = {
      to: JSON.parse(JSON.stringify(question)),
      text: world.say('On its way'),
      key: of.platform.newKey(new Date()),
    }
    const before = new Date()
    await world.fault(of, 'timeout_after_accept')
    expect(mustFail(await inbox('reply')(of.app, of.as, answer)).code).toBe('outcome_unknown')
    const found = must(await inbox('findReply')(of.app, of.as, answer, before))
    const again = must(await inbox('reply')(of.app, of.as, answer))
    expect(again.externalId).toBe(found?.externalId)
    expect(await kept(again.externalId)).toMatchObject({ visibility: 'direct' })
    expect(
      (await world.seen(of, '@mira_reads')).filter(({ text }) => text === `@mira_reads ${answer.text}`).length,
    ).toBe(1)
  })

  test('what the account answers others comes by asking, too, once, with the thread that it stands in', async () => {
    const { cursor } = await since(undefined)
    await speak('mention', 'Are you open on Sunday?')
    const page = await since(cursor)
    const [question] = page.items
    if (!question) throw new Error('The question did not arrive')
    const answer = {
      to: JSON.parse(JSON.stringify(question)),
      text: world.say('Until six'),
      key: of.platform.newKey(new Date()),
    }
    const { externalId } = must(await inbox('reply')(of.app, of.as, answer))
    must(await of.platform.publish(of.app, of.as, await draftOf(of, world.say('Good morning'))))
    const next = await since(page.cursor)
    expect(next.items).toMatchObject([
      { externalId, own: true, parent: question.externalId, conversation: question.conversation },
    ])
    expect(await since(next.cursor)).toEqual({ items: [], cursor: next.cursor, more: false })
  })

  test('an answer that was never given is not found', async () => {
    await speak('mention', 'Hm')
    const [question] = (await since(undefined)).items.toReversed()
    if (!question) throw new Error('The question did not arrive')
    const answer = { to: question, text: world.say('Never sent'), key: of.platform.newKey(new Date()) }
    expect(await inbox('findReply')(of.app, of.as, answer, new Date())).toEqual({ ok: true, value: undefined })
  })

  test('hears by its stream what the polls would have, and what was changed or taken away', async () => {
    const root = await publish(world.say('Listen'))
    const heard: [string, string][] = []
    const end = new AbortController()
    let cursor = ''
    let arrived: (() => void) | undefined
    const until = (id: string, what = 'new') =>
      new Promise<void>((resolve) => {
        arrived = () => heard.some(([known, change]) => known === id && change === what) && resolve()
        arrived()
      })
    const listening = inbox('stream')(of.app, of.as, {
      cursor: undefined,
      signal: end.signal,
      holds: async (ids) => new Set(ids.filter((id) => heard.some(([known]) => known === id))),
      reactionsTo: async () => [],
      async onPage(page) {
        heard.push(...page.items.map(({ externalId, change }): [string, string] => [externalId, change]))
        cursor = page.cursor
        arrived?.()
      },
    })
    // The stream says nothing when it stands: speaking begins when the first word comes through.
    const first = await repeatedly(
      () => speak('mention', 'Hello'),
      () => heard.length > 0,
    )
    const comment = await speak('comment', 'Nice', { on: root.externalId })
    await until(comment.id)
    const ours = await publish(world.say('Thanks'), { kind: 'reply', ...under(root) })
    await until(ours.externalId)
    await fetch(`${of.as.server}/api/v1/statuses/${ours.externalId}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${of.as.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'Thank you' }),
    })
    // Nobody holds it, so nothing is said of its end.
    must(await asked('remove')(of.app, of.as, root))
    must(await asked('remove')(of.app, of.as, ours))
    await until(ours.externalId, 'deleted')
    end.abort()
    expect(await listening).toEqual({ ok: true, value: undefined })
    expect(heard.slice(-4)).toEqual([
      [comment.id, 'new'],
      [ours.externalId, 'new'],
      [ours.externalId, 'edited'],
      [ours.externalId, 'deleted'],
    ])
    // A poll goes on where the stream left off.
    expect((await since(cursor)).items.map(({ externalId }) => externalId)).not.toContain(first.id)
  })

  test('a stream that is refused says why', async () => {
    const answer = await inbox('stream')(
      of.app,
      { ...of.as, accessToken: 'revoked' },
      {
        cursor: undefined,
        signal: new AbortController().signal,
        holds: async () => new Set(),
        reactionsTo: async () => [],
        onPage: async () => undefined,
      },
    )
    expect(mustFail(answer).code).toBe('auth_expired')
  })
})

/** Does something until it shows. */
async function repeatedly<T>(what: () => Promise<T>, shows: () => boolean): Promise<T> {
  let last = await what()
  for (let tries = 0; !shows() && tries < 200; tries++) last = await what()
  return last
}
