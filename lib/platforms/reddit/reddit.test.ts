import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { attach, deliver, draftOf, find, must, mustFail, ready, refresh, type Subject } from '../contract.fixture'
import type { Incoming, IncomingPage, OptionValues, Part, Published, Reply } from '..'

let world: ContractWorld
let of: Subject
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('Reddit')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const send = async (text: string, more: Partial<Part> = {}) => deliver(of, await draftOf(of, text, more), world.turn)
const pageAt = async (url: string): Promise<string> => (await fetch(url)).text()
const inSub = (subreddit: string, more: OptionValues = {}): Pick<Part, 'options'> => ({
  options: { subreddit, ...more },
})

describe('signed in', () => {
  test('a refresh keeps the refresh token, which comes once and stays', async () => {
    const fresh = must(await refresh(of, of.as))
    expect(of.as.refreshToken).toMatch(/./)
    expect(fresh.refreshToken).toBe(of.as.refreshToken)
    expect(must(await refresh(of, fresh)).accessToken).not.toBe(fresh.accessToken)
  })

  test('whoever does not say who is calling is turned away', async () => {
    const ask = (userAgent: string) =>
      fetch(`${of.app.apiUrl}/api/v1/me`, {
        headers: { authorization: `Bearer ${of.as.accessToken}`, 'user-agent': userAgent },
      })
    expect((await ask('node')).status).toBe(403)
    expect((await ask('web:tests:1.0 (by /u/tests)')).status).toBe(200)
  })

  test('the app’s use of its calls is told, as is the account’s standing', async () => {
    await world.admin('/settings', { rateLimits: true })
    const [quota] = must((await of.platform.quota?.(of.app, of.as)) ?? none())
    await world.admin('/settings', { rateLimits: false })
    expect(quota).toMatchObject({ what: 'units', max: 1_000, windowMs: 600_000 })
    expect(quota?.used).toBeGreaterThan(0)
    expect(must((await of.platform.examine?.(of.app, of.as)) ?? none())).toMatchObject([
      { name: 'standing', state: 'good' },
    ])
  })
})

describe('chosen', () => {
  const choices = async (field: string, given: OptionValues = {}) =>
    must((await of.platform.choices?.(of.app, of.as, field, given)) ?? none()).map(({ value, label }) => [value, label])

  test('the account’s subreddits, what it moderates first, and its own profile', async () => {
    expect(await choices('subreddit')).toEqual([
      ['northwind', 'r/northwind'],
      ['coffee', 'r/coffee'],
      ['strictroast', 'r/strictroast'],
      ['u_northwind', 'u/northwind'],
    ])
  })

  test('the flairs of the subreddit, and none where there are none', async () => {
    expect((await choices('flair', { subreddit: 'r/northwind' })).map(([, label]) => label)).toEqual([
      'News',
      'Question',
    ])
    expect(await choices('flair', { subreddit: 'coffee' })).toEqual([])
    expect(await choices('flair')).toEqual([])
  })

  test('a subreddit’s own rules are known before anything is scheduled', async () => {
    const check = async (text: string, more: Partial<Part>) =>
      must((await of.platform.precheck?.(of.app, of.as, await draftOf(of, text, more))) ?? none())
    expect(await check('A text', { title: 'Fine', ...inSub('northwind') })).toEqual([])
    expect(await check('A text', { title: 'Fine', ...inSub('u_northwind') })).toEqual([])
    expect(await check('', { title: 'Giveaway', ...inSub('strictroast') })).toEqual([
      'The title must have at least 10 characters here.',
      'The title must not contain this here: giveaway.',
      'A text is wanted here.',
      'A flair is wanted on every post here.',
    ])
    const media = [await attach(of, await imageFile('teal', ''))]
    expect(await check('Look', { title: 'Our new roaster', media, ...inSub('strictroast') })).toContain(
      'r/strictroast takes no pictures.',
    )
    expect(await check('A text', { title: 'Fine', ...inSub('nowhere') })).toEqual([
      'r/nowhere does not exist, or is closed to this account.',
    ])
  })
})

test('what only Reddit can try is said, and only where there is such a thing', async () => {
  const ask = async (subreddit: string) =>
    must((await of.platform.untried?.(of.app, of.as, await draftOf(of, 'A text', inSub(subreddit)))) ?? none())
  expect(await ask('strictroast')).toEqual([
    'r/strictroast has patterns for the title that only Reddit tries. Read its rules before you post.',
  ])
  expect(await ask('northwind')).toEqual([])
})

describe('published', () => {
  test('a link, a picture, a gallery and a video, marked and with a flair', async () => {
    const marks = { nsfw: true, spoiler: true, flair: 'f1000000-0000-4000-8000-000000000001' }
    const [teal, coral] = [
      await attach(of, await imageFile('teal', '')),
      await attach(of, await imageFile('coral', '')),
    ]
    const film = await attach(of, videoFile(60_000, 'reddit'))
    const link = { url: `https://example.com/${world.say('link').replace(/\W/g, '')}` }
    for (const { what, more } of [
      { what: 'Link', more: { link, ...inSub('northwind', { ...marks, format: 'link' }) } },
      { what: 'Picture', more: { media: [teal], ...inSub('northwind', marks) } },
      { what: 'Gallery', more: { media: [teal, coral], ...inSub('northwind', marks) } },
      { what: 'Video', more: { media: [film], ...inSub('northwind', marks) } },
    ]) {
      const title = world.say(what)
      const { externalId, url } = must(await send(what === 'Link' ? '' : `About a ${what}`, { title, ...more }))
      expect(externalId).toMatch(/^t3_/)
      expect(await pageAt(url)).toContain(`News · NSFW · Spoiler · ${title}`)
    }
  })

  test('onto the account’s own profile, and onto nobody else’s', async () => {
    must(await send(world.say('Mine'), inSub('u/northwind')))
    expect(mustFail(await send(world.say('Not mine'), inSub('u_nora_winter')))).toMatchObject({ code: 'rejected' })
  })

  test.each([
    { what: 'no subreddit', more: inSub('nowhere'), reason: 'There is no such subreddit' },
    { what: 'a wanted flair', more: { title: 'A long title', ...inSub('strictroast') }, reason: 'wants a flair' },
    { what: 'no link', more: inSub('coffee', { format: 'link' }), reason: 'needs a link' },
    { what: 'a thread', more: { kind: 'reply' as const, ...inSub('coffee') }, reason: 'no threads' },
  ])('what is refused is refused with a sentence, although Reddit says 200: $what', async ({ more, reason }) => {
    const text = world.say('Refused')
    expect(mustFail(await send(text, more))).toMatchObject({
      code: 'rejected',
      reason: expect.stringMatching(new RegExp(`${reason}.*\\.$`)),
    })
    expect(await world.seen(of, text)).toEqual([])
  })

  test('an address that is there already is said to be', async () => {
    const link = { url: `https://example.com/${world.say('again').replace(/\W/g, '')}` }
    const again = { link, title: 'Once', ...inSub('northwind', { format: 'link' }) }
    must(await send('', again))
    expect(mustFail(await send('', again))).toMatchObject({ code: 'rejected', duplicate: true })
  })
})

describe('doubted', () => {
  test('RATELIMIT is believed only when nothing was made', async () => {
    const say = (word: string) => ({ title: `${world.say('Soon')} ${word}` })
    const [named, hidden, refused] = [world.say('Named'), world.say('Hidden'), world.say('Refused')]
    for (const [text, word] of [
      [named, '#reddit:ratelimit_made'],
      [hidden, '#reddit:ratelimit_hidden'],
    ] as const) {
      const { externalId } = must(await send(text, say(word)))
      expect((await world.seen(of, text)).map(({ id }) => id)).toEqual([externalId])
    }
    const limit = mustFail(await send(refused, say('#reddit:ratelimit')))
    expect(limit).toEqual({ code: 'rate_limited', retryAt: expect.any(Date) })
    expect('retryAt' in limit && limit.retryAt.getTime() - Date.now()).toBeGreaterThan(500_000)
    // What could not be looked for stays a doubt.
    await world.fault(of, 'drop_request', { operation: 'read' })
    expect(mustFail(await send(world.say('Unread'), say('#reddit:ratelimit_hidden'))).code).toBe('outcome_unknown')
  })

  test('a post with files that nobody named is waited for, through a restart, and never called absent while it may be at work', async () => {
    const part = must(
      await ready(of, await draftOf(of, world.say('Filed'), { media: [await attach(of, videoFile(50_000, 'slow'))] })),
    )
    const since = new Date()
    await world.fault(of, 'reset_after_accept')
    expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('outcome_unknown')
    expect(mustFail(await find(of, part, since)).code).toBe('unavailable')
    const old = new Date(since.getTime() - 16 * 60_000)
    expect(must(await find(of, part, old))).toBeUndefined()
    // Taken for certain: even then it is never called absent.
    expect(mustFail(await find(of, { ...part, prepared: { taken: true } }, old))).toMatchObject({
      code: 'outcome_unknown',
      processing: { checkAfterMs: expect.any(Number) },
    })
    await world.turn(5_000)
    const [effect] = await world.seen(of, part.text)
    expect(must(await find(of, part, since))?.externalId).toBe(effect?.id)
  })

  test('a post is told from another by its title, text, subreddit, kind and address', async () => {
    const part = await draftOf(of, world.say('Just so'), { title: 'A title' })
    const since = new Date()
    const { externalId } = must(await of.platform.publish(of.app, of.as, part))
    expect(must(await find(of, part, since))?.externalId).toBe(externalId)
    const link = { url: 'https://example.com/other' }
    for (const other of [
      { title: 'Another title' },
      { text: `${part.text}!` },
      inSub('coffee'),
      { link, ...inSub('northwind', { format: 'link' }) },
    ])
      expect(must(await find(of, { ...part, ...other }, since))).toBeUndefined()
  })
})

describe('heard', () => {
  const inbox = () => of.platform.inbox ?? none()
  const poll = async (cursor?: string): Promise<IncomingPage> =>
    must((await inbox().poll?.(of.app, of.as, cursor)) ?? none())
  const speak = (kind: string, text: string, on?: Published) =>
    world.admin('/speak', {
      network: 'reddit',
      account: 'northwind',
      kind,
      by: { handle: 'mira', name: 'Mira Reads' },
      text,
      ...(on ? { on: on.externalId } : {}),
    })
  const answerTo = (to: Incoming | undefined, text: string): Reply =>
    to ? { to, text, key: of.platform.newKey(new Date()) } : none()

  test('comments, mentions and messages come once, oldest first, where they belong', async () => {
    const { cursor } = await poll()
    const root = must(await send(world.say('What do you think?')))
    await speak('comment', 'Lovely', root)
    await speak('mention', 'have you tried them?')
    await speak('dm', 'Do you ship?')
    const page = await poll(cursor)
    expect(page.items).toMatchObject([
      { kind: 'comment', text: 'Lovely', post: root.externalId, parent: root.externalId, author: { handle: 'u/mira' } },
      { kind: 'mention', text: expect.stringContaining('have you tried them?') },
      { kind: 'dm', text: 'Do you ship?', own: false },
    ])
    expect((await poll(page.cursor)).items).toEqual([])
    await speak('comment', 'Within the same second', root)
    expect((await poll(page.cursor)).items.map(({ text }) => text)).toEqual(['Within the same second'])
  })

  test('more than a page is read back to where the last reading ended', async () => {
    const { cursor } = await poll()
    const root = must(await send(world.say('Busy')))
    const words = Array.from({ length: 130 }, (_, n) => `Number ${n}`)
    for (const text of words) await speak('comment', text, root)
    expect((await poll(cursor)).items.map(({ text }) => text)).toEqual(words)
  })

  test('what stands under a post is asked for by the post, answers to answers and our own included', async () => {
    const root = must(await send(world.say('Talk')))
    await speak('comment', 'First', root)
    const ask = async (cursor?: string) => must((await inbox().pollPost?.(of.app, of.as, root, cursor)) ?? none())
    const first = await ask()
    const text = world.say('Thanks')
    must((await inbox().reply?.(of.app, of.as, answerTo(first.items[0], text))) ?? none())
    const second = await ask(first.cursor)
    expect([...first.items, ...second.items].map((item) => [item.text, item.own, item.conversation])).toEqual([
      ['First', false, root.externalId],
      [text, true, root.externalId],
    ])
    expect(second.items[0]?.parent).toBe(first.items[0]?.externalId)
  })

  test.each(['comment', 'dm'])('an answer to a %s is found again after a doubt, once', async (kind) => {
    const { cursor } = await poll()
    const root = must(await send(world.say('Ask me')))
    await speak(kind, `A ${kind} to answer`, kind === 'comment' ? root : undefined)
    const [question] = (await poll(cursor)).items
    const answer = answerTo(question, world.say('An answer'))
    const since = new Date()
    const look = async () => (await inbox().findReply?.(of.app, of.as, answer, since)) ?? none()
    expect(must(await look())).toBeUndefined()
    await world.fault(of, 'reset_after_accept', { operation: 'comment' })
    expect(mustFail((await inbox().reply?.(of.app, of.as, answer)) ?? none()).code).toBe('outcome_unknown')
    const [effect, more] = await world.seen(of, answer.text)
    expect([must(await look())?.externalId, more]).toEqual([effect?.id, undefined])
    await world.fault(of, 'drop_request', { operation: 'read' })
    expect(mustFail(await look()).code).toBe('unavailable')
  })
})

const none = (): never => {
  throw new Error('Reddit can do that')
}
