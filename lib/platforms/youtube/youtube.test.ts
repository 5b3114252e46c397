import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import {
  connect,
  deliver,
  draftOf,
  find,
  must,
  mustFail,
  ready,
  refresh,
  settle,
  under,
  ways,
  type Subject,
} from '../contract.fixture'
import { appConfig, platforms, type Incoming, type IncomingPage, type Part, type Prepared } from '..'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const of = (): Subject => world.subject('YouTube')
const film = (sizeBytes: number, text: string) => [
  { kind: 'video', alt: '', file: videoFile(sizeBytes, text) } as const,
]
const MiB = 1024 * 1024

/** What Google's own list says, asked without the adapter. */
async function listed(path: string): Promise<unknown> {
  const answer = await fetch(`${of().app.apiUrl}/youtube/v3/${path}`, {
    headers: { authorization: `Bearer ${of().as.accessToken}` },
  })
  return answer.json()
}

async function as(handle: string): Promise<Subject> {
  const way = ways.find(({ name }) => name === 'youtube')
  if (!way) throw new Error('YouTube cannot be connected')
  return connect({ ...way, who: handle }, world.settings)
}

describe('a video in several pieces', () => {
  const Ref = z.object({ session: z.string(), sentBytes: z.number() })
  const step = async (part: Part, before?: Prepared): Promise<Prepared> => {
    const { platform, app, as: credentials } = of()
    const made = await platform.prepare?.(app, credentials, part, before)
    if (!made) throw new Error('YouTube readies its posts')
    return JSON.parse(JSON.stringify(must(made)))
  }

  test('is known by its address before the first byte, and is no video before the last', async () => {
    const text = world.say('Long')
    const part = await draftOf(of(), text, { media: film(20 * MiB, text) })
    const first = await step(part)
    expect(first).toMatchObject({ ready: false, ref: { sentBytes: 0 } })
    const second = await step(part, first)
    const third = await step(part, second)
    expect(third).toMatchObject({ ready: true, ref: { sentBytes: 16 * MiB } })
    expect(await world.seen(of(), text)).toEqual([])
    must(await deliver(of(), part, world.turn))
    expect((await world.seen(of(), text)).length).toBe(1)
  })

  test('goes on after a restart that lost a note, with the same upload, and sending twice makes one', async () => {
    const text = world.say('Interrupted')
    const part = await draftOf(of(), text, { media: film(20 * MiB, text) })
    const first = await step(part)
    // The piece went through, and the process died before its note was kept.
    await step(part, first)
    const again = await step(part, first)
    expect(Ref.parse(again.ref)).toEqual({ session: Ref.parse(first.ref).session, sentBytes: 8 * MiB })
    const done = { ...part, prepared: (await step(part, again)).ref }
    const { platform, app, as: credentials } = of()
    const since = new Date()
    expect(mustFail(await platform.publish(app, credentials, done)).code).toBe('outcome_unknown')
    expect(mustFail(await platform.publish(app, credentials, done)).code).toBe('outcome_unknown')
    must(await settle(of(), done, since, world.turn))
    expect((await world.seen(of(), text)).length).toBe(1)
  })

  test('begins anew when the address of the upload has ended', async () => {
    const text = world.say('Slept over')
    const part = await draftOf(of(), text, { media: film(20 * MiB, text) })
    const first = await step(part)
    await world.turn(8 * 86_400_000)
    await world.connectAll()
    const again = await step(part, first)
    expect(Ref.parse(again.ref).sentBytes).toBe(0)
    expect(Ref.parse(again.ref).session).not.toBe(Ref.parse(first.ref).session)
  })

  test('is found among the uploads when its address has ended, and is brought anew when it is not there', async () => {
    const [text, other] = [world.say('Old'), world.say('Never sent')]
    const part = must(await ready(of(), await draftOf(of(), text)))
    const never = must(await ready(of(), await draftOf(of(), other)))
    const since = new Date()
    await world.fault(of(), 'reset_after_accept')
    expect(mustFail(await of().platform.publish(of().app, of().as, part)).code).toBe('outcome_unknown')
    await world.turn(8 * 86_400_000)
    await world.connectAll()
    const [effect] = await world.seen(of(), text)
    expect(must(await find(of(), part, since))?.externalId).toBe(effect?.id)
    expect(must(await of().platform.publish(of().app, of().as, part)).externalId).toBe(effect?.id)
    expect(must(await find(of(), never, since))).toBeUndefined()
    expect(mustFail(await of().platform.publish(of().app, of().as, never))).toMatchObject({ lapsed: true })
    expect((await world.seen(of(), text)).length).toBe(1)
  })
})

test('a video that YouTube cannot use is refused for certain, with the reason', async () => {
  const text = world.say('Garbled')
  const broken = { ...videoFile(1_000, text), open: () => new Blob(['?'.repeat(1_000)]).stream() }
  const part = await draftOf(of(), text, { media: [{ kind: 'video', alt: '', file: broken }] })
  expect(mustFail(await deliver(of(), part, world.turn))).toEqual({
    code: 'rejected',
    reason: 'YouTube does not take this file for a video.',
  })
})

describe('what goes with a video', () => {
  const Items = z.object({
    items: z.array(
      z.object({ snippet: z.object({ thumbnails: z.object({ default: z.object({ url: z.string() }).optional() }) }) }),
    ),
  })
  const Held = z.object({ items: z.array(z.unknown()) })
  const playlist = async (): Promise<string> => {
    const found = await platforms.youtube.choices?.(of().app, of().as, 'playlist', {})
    return (found && must(found)[0]?.value) ?? ''
  }
  const withExtras = async (text: string) => {
    const picture = await imageFile('teal', '')
    const media = [...film(1_000_000, text), { kind: 'image', alt: '', file: picture } as const]
    const options = { privacy: 'public', madeForKids: 'no', playlist: await playlist() }
    return draftOf(of(), text, { media, options })
  }

  test('thumbnail and playlist are there once', async () => {
    const part = await withExtras(world.say('Dressed'))
    const { externalId } = must(await deliver(of(), part, world.turn))
    const video = Items.parse(await listed(`videos?part=snippet&id=${externalId}`)).items[0]
    expect(video?.snippet.thumbnails.default?.url).toContain('/media/')
    const held = () =>
      listed(`playlistItems?part=snippet&playlistId=${String(part.options?.playlist)}&videoId=${externalId}`)
    expect(Held.parse(await held()).items.length).toBe(1)
    // Looked for once more, as after a restart.
    const again = must(await ready(of(), part))
    must(
      await settle(
        of(),
        { ...again, prepared: { ...Object(again.prepared), videoId: externalId } },
        new Date(),
        world.turn,
      ),
    )
    expect(Held.parse(await held()).items.length).toBe(1)
  })

  test('a playlist that could not be reached is tried again, and the video stays one', async () => {
    const text = world.say('Stubborn')
    const part = await withExtras(text)
    await world.fault(of(), 'reset_after_accept', { operation: 'edit' })
    const { externalId } = must(await deliver(of(), part, world.turn))
    const held = await listed(
      `playlistItems?part=snippet&playlistId=${String(part.options?.playlist)}&videoId=${externalId}`,
    )
    expect(Held.parse(held).items.length).toBe(1)
    expect((await world.seen(of(), text)).length).toBe(1)
  })

  test('a thumbnail that the channel may not set does not undo the video', async () => {
    const channel = await as('roastery_new')
    const media = [...film(1_000, 'plain'), { kind: 'image', alt: '', file: await imageFile('coral', '') } as const]
    const text = world.say('Undressed')
    const published = must(await deliver(channel, await draftOf(channel, text, { media }), world.turn))
    expect(published.notes).toEqual([expect.stringMatching(/^Published, but the thumbnail was refused: /)])
    expect((await world.seen(of(), text)).length).toBe(1)
  })
})

test('the choices are the channel’s own playlists, and the categories that can be chosen', async () => {
  const choices = async (field: string) => {
    const found = await platforms.youtube.choices?.(of().app, of().as, field, {})
    return found ? must(found).map(({ label }) => label) : []
  }
  expect(await choices('playlist')).toEqual(['How to brew', 'From the roastery'])
  expect(await choices('category')).toContain('People & Blogs')
  expect(await choices('category')).not.toContain('Short Movies')
})

test('a person must say whether a video is for kids', () => {
  const kids = platforms.youtube.options?.find(({ name }) => name === 'madeForKids')
  expect([kids?.required, kids?.preset]).toEqual([true, undefined])
})

test('long videos and too many tags are said before scheduling', async () => {
  const channel = await as('roastery_new')
  const file = { ...videoFile(1_000, 'long'), durationMs: 16 * 60_000 }
  const tags = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(90))
  const part = await draftOf(channel, 'Long', { media: [{ kind: 'video', alt: '', file }], options: { tags } })
  const said = await platforms.youtube.precheck?.(channel.app, channel.as, part)
  expect(said && must(said)).toEqual([expect.stringContaining('500 characters'), expect.stringContaining('15 minutes')])
  const fine = await platforms.youtube.precheck?.(of().app, of().as, { ...part, options: {} })
  expect(fine && must(fine)).toEqual([])
})

test('a Google account without a channel is told to make one', async () => {
  await expect(as('sam.okafor')).rejects.toThrow('has no YouTube channel')
})

test('a refresh brings no refresh token, and the one there is stays', async () => {
  const fresh = must(await refresh(of(), of().as))
  expect(fresh.refreshToken).toBe(of().as.refreshToken)
  expect(fresh.scopes).toEqual(of().as.scopes)
})

describe('inbox', () => {
  const speak = async (text: string, on: string, handle = 'tea_person') =>
    z.object({ id: z.string() }).parse(
      await world.admin('/speak', {
        network: 'youtube',
        account: 'northwind',
        kind: 'comment',
        by: { handle, name: 'Tea Person' },
        text,
        on,
      }),
    ).id
  const inbox = () => {
    const found = of().platform.inbox
    if (!found?.poll || !found.pollPost || !found.reply || !found.findReply) throw new Error('YouTube has an inbox')
    return { poll: found.poll, pollPost: found.pollPost, reply: found.reply, findReply: found.findReply }
  }
  const all = async (look: (cursor: string | undefined) => Promise<IncomingPage>, from?: string) => {
    const items: Incoming[] = []
    let page = await look(from)
    items.push(...page.items)
    while (page.more) {
      page = await look(page.cursor)
      items.push(...page.items)
    }
    return { items, cursor: page.cursor }
  }
  const poll = async (cursor: string | undefined) => must(await inbox().poll(of().app, of().as, cursor))
  const video = async () => must(await deliver(of(), await draftOf(of(), world.say('Talk')), world.turn))

  test('each comment comes once, oldest first, and answers with the thread they belong to', async () => {
    const { cursor } = await all(poll)
    const { externalId } = await video()
    const first = await speak('And tea?', externalId)
    await world.turn(1_000)
    const second = await speak('Yes, tea!', first, 'another')
    const { items, cursor: next } = await all(poll, cursor)
    expect(items.map(({ externalId: id }) => id)).toEqual([first, second])
    expect(items[0]).toMatchObject({
      kind: 'comment',
      text: 'And tea?',
      own: false,
      conversation: first,
      post: externalId,
    })
    expect(items[1]).toMatchObject({ parent: first, conversation: first, author: { handle: '@another' } })
    expect((await all(poll, next)).items).toEqual([])
  })

  test('an edit is dated with the moment at which it was made, each time', async () => {
    const post = await video()
    const id = await speak('I love it', post.externalId)
    const { cursor } = await all(poll)
    const there = async () => {
      const page = must(await inbox().pollPost(of().app, of().as, post, cursor))
      return page.there?.find(({ externalId }) => externalId === id)
    }
    const first = await there()
    expect(first).toMatchObject({ text: 'I love it', change: 'new' })
    const times = [Date.parse(first?.at ?? '')]
    for (const text of ['It arrived broken', 'A friend helped me']) {
      await world.turn(60_000)
      await world.admin('/unsay', { network: 'youtube', id, text })
      const edited = await there()
      expect(edited).toMatchObject({ text, change: 'edited' })
      times.push(Date.parse(edited?.at ?? ''))
    }
    const [born = 0, once = 0, twice = 0] = times
    expect(once - born).toBeGreaterThanOrEqual(60_000)
    expect(twice - once).toBeGreaterThanOrEqual(60_000)
  })

  test('more than a page is read to where it was left, and nothing twice', async () => {
    const { cursor } = await all(poll)
    const { externalId } = await video()
    const ids: string[] = []
    for (let i = 0; i < 230; i++) {
      if (i % 50 === 0) await world.turn(1_000)
      ids.push(await speak(`Comment ${i}`, externalId))
    }
    const { items, cursor: next } = await all(poll, cursor)
    expect(items.map(({ externalId: id }) => id).toSorted()).toEqual(ids.toSorted())
    expect((await all(poll, next)).items).toEqual([])
  })

  test('an answer in an old thread is found under its video, however many there are', async () => {
    const post = await video()
    const under_ = async (cursor: string | undefined) => must(await inbox().pollPost(of().app, of().as, post, cursor))
    const thread = await speak('Old', post.externalId)
    await world.turn(1_000)
    for (let i = 0; i < 7; i++) await speak(`Answer ${i}`, thread)
    const { items, cursor } = await all(under_)
    expect(items.length).toBe(8)
    await world.turn(1_000)
    const late = await speak('Late', thread)
    expect((await all(under_, cursor)).items.map(({ externalId: id }) => id)).toEqual([late])
  })

  test('a page that YouTube has forgotten is begun anew, and nothing is passed over', async () => {
    const post = await video()
    const ask = (cursor: string | undefined) => inbox().pollPost(of().app, of().as, post, cursor)
    const { cursor } = await all(async (from) => must(await ask(from)))
    await world.turn(1_000)
    const said = await speak('Any news?', post.externalId)
    const stale = { ...JSON.parse(cursor), newest: { at: new Date().toISOString(), ids: [] }, page: '!forgotten' }
    const anew = must(await ask(JSON.stringify(stale)))
    expect(anew).toMatchObject({ items: [], more: false })
    expect(must(await ask(anew.cursor)).items.map(({ externalId }) => externalId)).toEqual([said])
  })

  test('is answered once: a lost answer is found again, and comes back as our own', async () => {
    const { externalId } = await video()
    const { cursor } = await all(poll)
    await world.turn(1_000)
    const comment = await speak('When?', externalId)
    const [to] = (await all(poll, cursor)).items
    if (!to) throw new Error('The comment did not come')
    const text = world.say('On Monday')
    const reply = { to, text, key: of().platform.newKey(new Date()) }
    const since = new Date()
    const search = () => inbox().findReply(of().app, of().as, reply, since)
    expect(must(await search())).toBeUndefined()
    await world.fault(of(), 'reset_after_accept', { operation: 'comment' })
    expect(mustFail(await inbox().reply(of().app, of().as, reply)).code).toBe('outcome_unknown')
    const found = must(await search())
    expect(found?.externalId).toMatch(new RegExp(`^${comment}\\.`))
    const under_ = await inbox().pollPost(of().app, of().as, { externalId, url: '', ref: {} }, undefined)
    expect(must(under_).items.find(({ externalId: id }) => id === found?.externalId)?.own).toBe(true)
    must(await inbox().reply(of().app, of().as, reply))
    expect(mustFail(await search()).code).toBe('outcome_unknown')
    await world.fault(of(), 'drop_request', { operation: 'read' })
    expect(mustFail(await search()).code).toBe('unavailable')
  })

  test('a lost first comment is found among those of others, and two alike prove nothing', async () => {
    const root = await video()
    await speak('Somebody else', root.externalId)
    const part = await draftOf(of(), world.say('First'), { kind: 'comment', ...under(root) })
    const since = new Date()
    expect(must(await find(of(), part, since))).toBeUndefined()
    await world.fault(of(), 'reset_after_accept', { operation: 'comment' })
    expect(mustFail(await of().platform.publish(of().app, of().as, part)).code).toBe('outcome_unknown')
    const [ours] = await world.seen(of(), part.text)
    expect(must(await find(of(), part, since))?.externalId).toBe(ours?.id)
    must(await of().platform.publish(of().app, of().as, part))
    expect(mustFail(await find(of(), part, since)).code).toBe('outcome_unknown')
  })

  test('under a video for kids there is no comment, and that is said; to be asked about it is no failure', async () => {
    const options = { privacy: 'public', madeForKids: 'yes' }
    const root = must(await deliver(of(), await draftOf(of(), world.say('Cartoon'), { options }), world.turn))
    const part = await draftOf(of(), 'First', { kind: 'comment', ...under(root) })
    expect(mustFail(await of().platform.publish(of().app, of().as, part))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('made for kids'),
    })
    expect(must(await inbox().pollPost(of().app, of().as, root, undefined))).toMatchObject({
      end: 'closed',
      items: [],
    })
  })
})

describe('webhook', () => {
  const { webhook } = platforms.youtube
  if (!webhook) throw new Error('YouTube has webhooks')
  const app = appConfig('youtube', undefined, { YOUTUBE_WEBHOOK_SECRET: 'shh', YOUTUBE_WEBHOOK_VERIFY_TOKEN: 'ours' })
  const topic = 'https://www.youtube.com/feeds/videos.xml?channel_id=UCme'
  const entry = `<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom"><entry><id>yt:video:abc</id><yt:videoId>abc</yt:videoId><yt:channelId>UCme</yt:channelId><title>News &amp; more</title><published>2026-11-25T10:00:00+00:00</published><updated>2026-11-25T10:00:01+00:00</updated></entry></feed>`
  const sign = (text: string, secret = 'shh') => `sha1=${createHmac('sha1', secret).update(text).digest('hex')}`
  const verify = (text: string, signature?: string, config = app) =>
    webhook.verify(config, Buffer.from(text), new Headers(signature ? { 'x-hub-signature': signature } : {}))
  const shake = (more: Record<string, string>, config = app) =>
    webhook.handshake(
      config,
      new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.challenge': '4711',
        'hub.verify_token': 'ours',
        ...more,
      }),
    )

  test('knows the hub’s signature, and no other', () => {
    expect(verify(entry, sign(entry))).toBe(true)
    expect(verify(`${entry} `, sign(entry))).toBe(false)
    expect(verify(entry.replace('&amp;', '&#38;'), sign(entry))).toBe(false)
    expect(verify(entry, sign(entry, 'other'))).toBe(false)
    expect(verify(entry, `${sign(entry)}0`)).toBe(false)
    expect(verify(entry, sign(entry).slice(0, -2))).toBe(false)
    expect(verify(entry)).toBe(false)
    expect(verify(entry, sign(entry, ''), appConfig('youtube', undefined, {}))).toBe(false)
  })

  test('answers the challenge of our own subscription, and nobody else’s', () => {
    expect(shake({})).toEqual({ body: '4711', contentType: 'text/plain' })
    expect(shake({ 'hub.verify_token': 'theirs' })).toBeUndefined()
    expect(shake({ 'hub.topic': 'https://example.com/feed' })).toBeUndefined()
    expect(shake({ 'hub.mode': 'denied' })).toBeUndefined()
    expect(shake({}, appConfig('youtube', undefined, {}))).toBeUndefined()
    expect(webhook.handshake(app, new URLSearchParams({ q: '1' }))).toBeUndefined()
  })

  test('reads what changed and what is gone, and knows a repetition by its name', () => {
    expect(webhook.read(Buffer.from(entry))).toMatchObject({
      ok: true,
      value: [
        {
          externalId: 'abc@2026-11-25T10:00:01+00:00',
          type: 'video.changed',
          accountExternalId: 'UCme',
          raw: { title: 'News & more' },
        },
      ],
    })
    const gone = `<feed xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns="http://www.w3.org/2005/Atom"><at:deleted-entry ref="yt:video:abc" when="2026-11-25T11:00:00+00:00"><at:by><uri>https://www.youtube.com/channel/UCme</uri></at:by></at:deleted-entry></feed>`
    expect(webhook.read(Buffer.from(gone))).toMatchObject({
      ok: true,
      value: [{ type: 'video.deleted', accountExternalId: 'UCme' }],
    })
  })

  test('says when a body is none of its feeds', () => {
    for (const text of ['', 'not xml', '{}', '<feed></feed>', '<feed><entry/></feed>', '<html><body/></html>'])
      expect(webhook.read(Buffer.from(text)).ok).toBe(false)
  })
})
