import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentFile, imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { connect, draftOf, must, mustFail, remove, ways, type Subject, type Way } from '../contract.fixture'
import type { Incoming, IncomingPage, MediaFile, Part, PartMedia } from '..'

let world: ContractWorld
/** A channel with a discussion group, the group, and a channel without one. */
let channel: Subject
let group: Subject
let alone: Subject

const token = '4100000001:AAsandbox-token-of-the-northwind-bot'
const formOf = (chat: string, more: Record<string, string> = {}): Way => {
  const [way] = ways.filter(({ name }) => name === 'telegram')
  if (!way) throw new Error('There is no way to connect Telegram')
  return { ...way, values: { token, chat, ...more } }
}

beforeAll(async () => {
  world = await startContractWorld()
  channel = await connect(formOf('https://t.me/northwind_coffee/12'), world.settings)
  group = await connect(formOf('@northwind_talk'), world.settings)
  alone = world.subject('Telegram')
})
afterAll(() => world.close())

const attached = (file: MediaFile): PartMedia => ({ kind: file.kind, alt: file.alt, file })
const send = async (of: Subject, text: string, more: Partial<Part> = {}) =>
  of.platform.publish(of.app, of.as, await draftOf(of, text, more))
const speak = (kind: string, text: string, more: object = {}) =>
  world.admin('/speak', {
    network: 'telegram',
    account: 'northwind_coffee',
    kind,
    by: { handle: 'mira', name: 'Mira Reads' },
    text,
    ...more,
  })
const poll = async (of: Subject, cursor?: string): Promise<IncomingPage> =>
  must((await of.platform.inbox?.poll?.(of.app, of.as, cursor)) ?? none())
/** What Telegram itself would give whoever asks for the message. */
const pageAt = async (url: string): Promise<string> => (await fetch(url)).text()

test('a picture of too many pixels is refused with what to do about it, and goes as a file', async () => {
  const media = [attached(await imageFile('teal', '', { width: 9_500, height: 501 }))]
  expect(mustFail(await send(channel, world.say('Large'), { media }))).toMatchObject({
    code: 'rejected',
    reason: expect.stringContaining('send it as a file'),
  })
  must(await send(channel, world.say('As a file'), { media, options: { asFiles: true } }))
})

describe('connected', () => {
  test('a channel brings its discussion group along, where its comments are', async () => {
    const method = channel.platform.connections[0]
    if (method?.kind !== 'form') throw new Error('Telegram is connected by a form')
    const signIn = (chat: string) => method.signIn(channel.app, { token, chat })
    expect(must(await signIn('northwind_coffee')).map(({ handle, kind }) => [handle, kind])).toEqual([
      ['@northwind_coffee', 'channel'],
      ['@northwind_talk', 'channel'],
    ])
    // Whose group it is stands with it, by whichever of the two it was connected, and after each check.
    const linked = ['linked_channel:-1001500000001']
    for (const chat of ['northwind_coffee', '@northwind_talk'])
      expect(must(await signIn(chat)).at(-1)?.credentials.scopes).toEqual(expect.arrayContaining(linked))
    expect(must(await group.platform.check(group.app, group.as)).scopes).toEqual(expect.arrayContaining(linked))
    expect(channel.as.scopes).not.toEqual(expect.arrayContaining(linked))
    expect(must(await signIn('-1001500000003')).map(({ handle }) => handle)).toEqual(['@northwind_news'])
    expect(mustFail(await signIn('no channel at all'))).toMatchObject({ code: 'rejected' })
    expect(mustFail(await signIn('@nobody_knows_it'))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('knows no such chat'),
    })
  })

  test('the doctor says what the bot may not do, and whether doubts can be settled', async () => {
    const states = async (of: Subject) =>
      Object.fromEntries(
        must((await of.platform.examine?.(of.app, of.as)) ?? none()).map(({ name, state, message }) => [
          name,
          `${state}: ${message}`,
        ]),
      )
    expect(await states(channel)).toMatchObject({
      rights: 'good: The bot may post, delete and pin.',
      proof: expect.stringMatching(/^good/),
      reports: expect.stringMatching(/^advice/),
    })
    expect(await states(alone)).toMatchObject({
      rights: expect.stringMatching(/^advice: The bot may post, but not delete\./),
      proof: expect.stringMatching(/^advice/),
    })
    expect(await states(group)).toMatchObject({ privacy: expect.stringMatching(/^good/) })
    // An address that somebody else gave, or we before it said which bot it is for.
    const set = { url: 'http://127.0.0.1:9/hook' }
    const body = JSON.stringify(set)
    const headers = { 'content-type': 'application/json' }
    await fetch(`${channel.app.apiUrl}/bot${token}/setWebhook`, { method: 'POST', body, headers })
    expect((await states(channel)).reports).toMatch(/^problem: .* none of them is believed\. Connect again/)
    channel = await connect(formOf('@northwind_coffee'), world.settings)
    expect((await states(channel)).reports).toMatch(/^advice: Telegram is asked/)
  })
})

describe('reported', () => {
  const hook = async (): Promise<string> => {
    const answer = await fetch(`${channel.app.apiUrl}/bot${token}/getWebhookInfo`)
    return Object(await answer.json()).result.url
  }
  const at = (more: Record<string, string>) =>
    connect(formOf('@northwind_coffee', more), { ...world.settings, ...reporting })
  const reporting = { APP_URL: 'http://127.0.0.1:9', TELEGRAM_WEBHOOK_SECRET: 'a-word-of-our-own' }

  test('to this installation alone: an address that somebody sends along is never told a secret', async () => {
    await at({ webhook: 'http://127.0.0.1:8/steal' })
    expect(await hook()).toBe('http://127.0.0.1:9/api/webhooks/platform/telegram?bot=4100000001')
  })

  test('no more once there is no secret', async () => {
    await connect(formOf('@northwind_coffee'), world.settings)
    expect(await hook()).toBe('')
  })
})

describe('published', () => {
  test('lengths are UTF-16 units of what readers see, tags and entities taken off', async () => {
    const text = world.say('')
    const emoji = '👩‍🍳'
    const fits = `<b>${text}</b>${'&amp;'.repeat(4096 - text.length - emoji.length)}${emoji}`
    must(await send(alone, fits, { options: { format: 'html' } }))
    const [effect] = await world.seen(alone, text)
    expect(effect?.text).toHaveLength(4096)
    expect(mustFail(await send(alone, `${fits}.`, { options: { format: 'html' } })).code).toBe('rejected')
  })

  test('beside files and in a poll less fits, and the rules say so: the bot is asked only whether it may pin', async () => {
    const photo = attached(await imageFile('teal', ''))
    const check = async (text: string, more: Partial<Part>) =>
      must((await alone.platform.precheck?.(alone.app, alone.as, await draftOf(alone, text, more))) ?? none())
    must(await send(alone, 'x'.repeat(1024), { media: [photo] }))
    expect(mustFail(await send(alone, 'x'.repeat(1025), { media: [photo] })).code).toBe('rejected')
    const poll = { options: ['Yes', 'No'], minutes: 60, multiple: false }
    expect(mustFail(await send(alone, 'x'.repeat(301), { poll })).code).toBe('rejected')
    expect(await check('x'.repeat(1025), { media: [photo] })).toEqual([])
    expect(await check('Pinned', { options: { pin: true } })).toEqual([])
  })

  test('a post that was not pinned for certain says so, and stands', async () => {
    const text = world.say('Pinned')
    expect(must(await send(alone, text, { options: { pin: true } })).notes).toBeUndefined()
    await world.fault(alone, 'reset_after_accept', { operation: 'edit' })
    const unsure = world.say('Perhaps pinned')
    expect(must(await send(alone, unsure, { options: { pin: true } })).notes).toEqual([
      expect.stringContaining('Telegram did not say that it pinned it'),
    ])
    expect(await world.seen(alone, unsure)).toHaveLength(1)
  })

  test('a wrong tag is refused with Telegram’s own words', async () => {
    expect(mustFail(await send(alone, '<h1>Loud</h1>', { options: { format: 'html' } }))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('Unsupported start tag "h1"'),
    })
  })

  test('documents go under their titles, several as one post, and beside pictures only as files', async () => {
    const [year, menu] = [attached(documentFile('Our "year" 2026')), attached(documentFile('Menu.pdf'))]
    const one = must(await send(channel, world.say('To read'), { media: [year], options: { captionAbove: true } }))
    expect(await pageAt(one.url)).toContain('Our year 2026.pdf')
    const two = must(await send(channel, world.say('Both'), { media: [year, menu] }))
    expect(await pageAt(two.url)).toMatch(/Our year 2026\.pdf.*Menu\.pdf</s)
    const media = [year, attached(await imageFile('teal', ''))]
    expect(mustFail(await send(channel, world.say('Mixed'), { media }))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('apart'),
    })
    must(await send(channel, world.say('Mixed, as files'), { media, options: { asFiles: true } }))
  })

  test('an album is one post, and goes as one', async () => {
    const text = world.say('Album')
    const media = [attached(await imageFile('teal', '')), attached(videoFile(50_000, 'album'))]
    const album = must(await send(channel, text, { media }))
    expect(await world.seen(channel, text)).toMatchObject([{ mediaCount: 2, id: album.externalId }])
    must(await remove(channel, album))
    expect(await world.seen(channel, text)).toMatchObject([{ deleted: true }])
  })

  test('a poll shows its question and its answers', async () => {
    const text = world.say('Which roast?')
    const poll = { options: ['Dark', 'Light'], minutes: 43_800, multiple: true }
    const { url } = must(await send(channel, text, { poll }))
    const page = await pageAt(url)
    expect(['Which roast?', 'Dark', 'Light'].filter((words) => !page.includes(words))).toEqual([])
  })

  test('after two days only a bot that may delete everything deletes', async () => {
    const [old, kept] = [must(await send(channel, world.say('Old'))), must(await send(alone, world.say('Kept')))]
    await world.turn(48 * 3_600_000)
    must(await remove(channel, old))
    expect(mustFail(await remove(alone, kept))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('48 hours'),
    })
  })
})

describe('doubted', () => {
  const find = async (of: Subject, part: Part, since: Date) =>
    (await of.platform.findPublished?.(of.app, of.as, part, since)) ?? none()

  test.each([
    { what: 'plain', more: {} },
    { what: 'in HTML', more: { options: { format: 'html' } } },
    { what: 'with a link behind it', more: { link: { url: 'https://example.com/x' } } },
  ])('a post $what is proven by its copy in the discussion group', async ({ more }) => {
    const part = await draftOf(channel, world.say('Doubtful &amp; more'), more)
    const since = new Date()
    expect(mustFail(await find(channel, part, since)).code).toBe('unavailable')
    await world.fault(channel, 'reset_after_accept')
    expect(mustFail(await channel.platform.publish(channel.app, channel.as, part)).code).toBe('outcome_unknown')
    const found = must(await find(channel, part, since))
    expect((await world.seen(channel, part.text)).map(({ id }) => id)).toEqual([found?.externalId])
  })

  test('an album is proven with all its messages', async () => {
    const media = [attached(await imageFile('teal', '')), attached(await imageFile('coral', ''))]
    const part = await draftOf(channel, world.say('Doubtful album'), { media })
    const since = new Date()
    const sent = must(await channel.platform.publish(channel.app, channel.as, part))
    expect(must(await find(channel, part, since))).toEqual(sent)
    // The same words with another number of files are another post.
    expect(mustFail(await find(channel, { ...part, media: media.slice(1) }, since)).code).toBe('unavailable')
  })

  test('two that look alike prove nothing, and where there is no group a person is asked', async () => {
    const part = await draftOf(channel, world.say('Alike'))
    const since = new Date()
    must(await channel.platform.publish(channel.app, channel.as, part))
    must(await channel.platform.publish(channel.app, channel.as, part))
    expect(mustFail(await find(channel, part, since)).code).toBe('outcome_unknown')
    expect([channel, group, alone].map(({ platform, as }) => platform.settling(as).by)).toEqual([
      'echo',
      'person',
      'person',
    ])
  })
})

describe('heard', () => {
  test('comments, words in the group, reactions and messages to the bot come once, oldest first, where they belong', async () => {
    const [{ cursor }, channelFrom] = [await poll(group), (await poll(channel)).cursor]
    const root = must(await send(channel, world.say('What do you think?')))
    const inGroup = must(await send(group, world.say('Hello all')))
    await speak('comment', 'Lovely 👏', { on: root.externalId })
    await speak('comment', 'Just talking', { account: 'northwind_talk' })
    await speak('reaction', '🔥', { account: 'northwind_talk', on: inGroup.externalId })
    await speak('dm', 'Do you ship?')
    const page = await poll(group, cursor)
    expect(page.items).toMatchObject([
      { kind: 'comment', text: 'Lovely 👏', post: root.externalId, own: false, author: { handle: '@mira' } },
      { kind: 'comment', text: 'Just talking', author: { displayName: 'Mira Reads' } },
      { kind: 'reaction', reaction: '🔥', parent: inGroup.externalId },
    ])
    expect(page.items[0]?.conversation).not.toBe(page.items[1]?.conversation)
    expect((await poll(group, page.cursor)).items).toEqual([])
    expect((await poll(channel, channelFrom)).items).toMatchObject([{ kind: 'dm', text: 'Do you ship?' }])
  })

  test('more than a page comes in pages, and nothing is left out', async () => {
    const { cursor } = await poll(group)
    const words = Array.from({ length: 130 }, (_, n) => `Number ${n}`)
    for (const text of words) await speak('comment', text, { account: 'northwind_talk' })
    const heard: Incoming[] = []
    for (let page = await poll(group, cursor), more = true; more; page = await poll(group, page.cursor)) {
      heard.push(...page.items)
      more = page.more
    }
    expect(heard.map(({ text }) => text)).toEqual(words)
  })

  test('what is about the bot’s other accounts is handed on, a page after the other', async () => {
    const { cursor } = await poll(channel)
    const words = Array.from({ length: 130 }, (_, n) => `Pile ${n}`)
    for (const text of words) await speak('comment', text, { account: 'northwind_talk' })
    const handed: Incoming[] = []
    for (let page = await poll(channel, cursor), more = true; more; page = await poll(channel, page.cursor)) {
      expect(page.items).toEqual([])
      for (const event of page.reports ?? []) {
        expect(event.accountExternalId).toBe(group.as.externalId)
        handed.push(...(channel.platform.inbox?.read?.(event) ?? []))
      }
      more = page.more
    }
    expect(handed.map(({ text }) => text)).toEqual(words)
  })

  test('what is fresh is left there, where doubtful posts are looked for', async () => {
    const { cursor } = await poll(group)
    await speak('comment', 'Before', { account: 'northwind_talk' })
    const first = await poll(group, cursor)
    await speak('comment', 'After', { account: 'northwind_talk' })
    const second = await poll(group, first.cursor)
    expect([first.items, second.items].map((items) => items.map(({ text }) => text))).toEqual([['Before'], ['After']])
    // Who asks for the first time still hears both.
    expect((await poll(group)).items.slice(-2).map(({ text }) => text)).toEqual(['Before', 'After'])
  })

  test('after a week of silence, when Telegram numbers its news anew from below, all of it is heard, once', async () => {
    const quiet = await connect(formOf('@northwind_talk'), world.settings)
    await speak('comment', 'Before the silence', { account: 'northwind_talk' })
    const before = await poll(quiet)
    expect(before.items.at(-1)?.text).toBe('Before the silence')
    await world.turn(8 * 24 * 3_600_000)
    const idle = await poll(quiet, before.cursor)
    expect(idle.items).toEqual([])
    await speak('comment', 'Where is my order?', { account: 'northwind_talk' })
    const after = await poll(quiet, idle.cursor)
    expect(after.items.map(({ text }) => text)).toEqual(['Where is my order?'])
    await speak('comment', 'Hello?', { account: 'northwind_talk' })
    const last = await poll(quiet, after.cursor)
    expect(last.items.map(({ text }) => text)).toEqual(['Hello?'])
    expect((await poll(quiet, last.cursor)).items).toEqual([])
  })

  test('an answer stands below what it answers, and one to a person who left is refused as such', async () => {
    const { cursor } = await poll(channel)
    const comments = await poll(group)
    await speak('comment', 'And decaf?', { account: 'northwind_talk' })
    const [question] = (await poll(group, comments.cursor)).items
    const answer = async (of: Subject, to: Incoming | undefined, text: string) =>
      (to && (await of.platform.inbox?.reply?.(of.app, of.as, { to, text, key: of.platform.newKey(new Date()) }))) ??
      none()
    const text = world.say('On Friday')
    must(await answer(group, question, text))
    expect(await world.seen(group, text)).toMatchObject([{ kind: 'reply' }])

    await speak('dm', 'Hello?')
    const [dm] = (await poll(channel, cursor)).items
    must(await answer(channel, dm, world.say('Hello, Mira')))
    await speak('dm', '/stop')
    expect(mustFail(await answer(channel, dm, 'Still there?'))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('does not take messages'),
    })
  })
})

const none = (): never => {
  throw new Error('Telegram can do that')
}
