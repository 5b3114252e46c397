import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import {
  attach,
  connect,
  deliver,
  draftOf,
  find,
  metricsOf,
  must,
  mustFail,
  ready,
  settle,
  ways,
} from '../contract.fixture'
import { appConfig, platforms, type Part, type Prepared } from '..'
import { staleAfterMs } from './webhook'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const of = () => world.subject('TikTok')
const everyone = { privacy: 'PUBLIC_TO_EVERYONE' }
const film = (sizeBytes: number, text: string) => [
  { kind: 'video', alt: '', file: videoFile(sizeBytes, text) } as const,
]

describe('a video in several chunks', () => {
  const step = async (part: Part, before?: Prepared): Promise<Prepared> => {
    const { platform, app, as } = of()
    const made = await platform.prepare?.(app, as, part, before)
    if (!made) throw new Error('TikTok readies its posts')
    return JSON.parse(JSON.stringify(must(made)))
  }

  test('is known by its name before the last byte, and shows only after it', async () => {
    const text = world.say('Long')
    const part = await draftOf(of(), text, { media: film(35_000_000, text) })
    const first = await step(part)
    expect(first).toMatchObject({ ready: false, ref: { publishId: expect.stringContaining('v_pub_file'), sent: 0 } })
    const second = await step(part, first)
    const third = await step(part, second)
    expect(third).toMatchObject({ ready: true, ref: { sent: 2 } })
    expect(await world.seen(of(), text)).toEqual([])
    must(await deliver(of(), part, world.turn))
    expect((await world.seen(of(), text)).length).toBe(1)
  })

  test('goes on after a restart that lost a note, without a second upload', async () => {
    const text = world.say('Interrupted')
    const part = await draftOf(of(), text, { media: film(35_000_000, text) })
    const first = await step(part)
    // The chunk went through, and the process died before its note was kept.
    await step(part, first)
    const again = await step(part, first)
    expect(again).toMatchObject({
      ready: false,
      ref: { sent: 1, publishId: (first.ref as { publishId: string }).publishId },
    })
    const done = await step(part, again)
    const { platform, app, as } = of()
    const since = new Date()
    const sent = await platform.publish(app, as, { ...part, prepared: done.ref })
    expect(mustFail(sent)).toMatchObject({ code: 'outcome_unknown', processing: { checkAfterMs: 3_000 } })
    // The process died again: the same is sent once more.
    expect(mustFail(await platform.publish(app, as, { ...part, prepared: done.ref })).code).toBe('outcome_unknown')
    must(await settle(of(), { ...part, prepared: done.ref }, since, world.turn))
    expect((await world.seen(of(), text)).length).toBe(1)
  })

  test('begins anew when the address of the upload has ended', async () => {
    const text = world.say('Slept over')
    const part = await draftOf(of(), text, { media: film(35_000_000, text) })
    const first = await step(part)
    await world.turn(3_700_000)
    const again = await step(part, first)
    expect(again).toMatchObject({ ready: false, ref: { sent: 0 } })
    expect(again.ref).not.toEqual(first.ref)
  })
})

test('what TikTok refuses after taking it is refused for certain, with the reason', async () => {
  const text = world.say('Garbled')
  const broken = { ...videoFile(1_000, text), open: () => new Blob(['?'.repeat(1_000)]).stream() }
  const part = await draftOf(of(), text, { media: [{ kind: 'video', alt: '', file: broken }] })
  expect(mustFail(await deliver(of(), part, world.turn))).toEqual({
    code: 'rejected',
    reason: 'TikTok cannot read this file. Use an MP4 with H.264.',
  })
})

test('a draft goes to the inbox, where no reader sees it', async () => {
  const text = world.say('Draft')
  const part = await draftOf(of(), text, { options: { format: 'inbox' } })
  const published = must(await deliver(of(), part, world.turn))
  expect(published).toMatchObject({
    externalId: expect.stringMatching(/^v_inbox_file/),
    url: `${of().app.webUrl}/@northwind`,
  })
  expect(await world.seen(of(), text)).toEqual([])
})

test('a post for the account alone is done without a public id, and has no numbers', async () => {
  const part = await draftOf(of(), world.say('Diary'), { options: { privacy: 'SELF_ONLY' } })
  const published = must(await deliver(of(), part, world.turn))
  expect(published.externalId).toMatch(/^v_pub_file/)
  expect(must(await metricsOf(of(), published)).size).toBe(0)
})

test('a public post that is not through moderation is waited for, then kept by its sending, and counted once it has an id', async () => {
  const part = must(await ready(of(), await draftOf(of(), world.say('Moderated')), world.turn))
  const since = new Date()
  await world.fault(of(), 'delayed_visibility', { param: 3_600_000 })
  mustFail(await of().platform.publish(of().app, of().as, part))
  await world.turn(3_000)
  expect(mustFail(await find(of(), part, since))).toMatchObject({ processing: { checkAfterMs: 3_000 } })
  const published = must(await find(of(), part, new Date(since.getTime() - 11 * 60_000)))
  expect(published?.externalId).toMatch(/^v_pub_file/)
  await world.turn(3_600_000)
  if (!published) throw new Error('It was published')
  expect([...must(await metricsOf(of(), published)).keys()]).toEqual([published.externalId])
})

describe('pictures', () => {
  const pictures = async (text: string) => {
    const media = [await attach(of(), await imageFile('teal', '')), await attach(of(), await imageFile('coral', ''))]
    return must(await ready(of(), await draftOf(of(), text, { media, options: everyone })))
  }

  test('are fetched by TikTok, and known by the name it gave them', async () => {
    const text = world.say('Gallery')
    const published = must(await deliver(of(), await pictures(text), world.turn))
    expect(published.url).toMatch(/\/@northwind\/photo\/\d{19}$/)
    expect((await world.seen(of(), text)).map(({ mediaCount }) => mediaCount)).toEqual([2])
  })

  test('whose answer was lost are found in the list, and never taken for lost while they are not in it', async () => {
    const text = world.say('Lost answer')
    const part = await pictures(text)
    const since = new Date()
    await world.fault(of(), 'reset_after_accept')
    expect(mustFail(await of().platform.publish(of().app, of().as, part))).toMatchObject({ code: 'outcome_unknown' })
    expect(mustFail(await find(of(), part, since)).code).toBe('outcome_unknown')
    await world.turn(2_000)
    const [effect] = await world.seen(of(), text)
    expect(must(await find(of(), part, since))?.externalId).toBe(effect?.id)
  })

  test('without an address on the internet are refused before anything is sent', async () => {
    const part = await pictures(world.say('Hidden'))
    const media = part.media.map(({ file: _file, ...rest }) => rest)
    expect(mustFail(await of().platform.publish(of().app, of().as, { ...part, media })).code).toBe('rejected')
  })
})

test('the audiences come from the creator, closed where the account does not allow them', async () => {
  const choices = must((await platforms.tiktok.choices?.(of().app, of().as, 'privacy', {})) ?? { ok: true, value: [] })
  expect(choices.map(({ value, closed }) => [value, closed === undefined])).toEqual([
    ['PUBLIC_TO_EVERYONE', true],
    ['MUTUAL_FOLLOW_FRIENDS', true],
    ['FOLLOWER_OF_CREATOR', false],
    ['SELF_ONLY', true],
  ])
  const privacy = platforms.tiktok.options?.find(({ name }) => name === 'privacy')
  expect([privacy?.required, privacy?.preset]).toEqual([true, undefined])
})

test('what the creator may not do is said before scheduling, and refused before an upload begins', async () => {
  const part = await draftOf(of(), world.say('Wrong audience'), { options: { privacy: 'FOLLOWER_OF_CREATOR' } })
  const [said] = must((await platforms.tiktok.precheck?.(of().app, of().as, part)) ?? { ok: true, value: [] })
  expect(said).toMatch(/may not show posts to Followers/)
  expect(mustFail(await ready(of(), part))).toEqual({ code: 'rejected', reason: said })
})

test('an app that TikTok has not audited is told so', async () => {
  const way = ways.find(({ name }) => name === 'tiktok')
  if (!way) throw new Error('TikTok cannot be connected')
  const unaudited = await connect(way, { ...world.settings, TIKTOK_CLIENT_ID: 'unaudited' })
  const error = mustFail(await ready(unaudited, await draftOf(unaudited, world.say('Not yet'))))
  expect(error).toMatchObject({ code: 'rejected', reason: expect.stringContaining('not audited this app') })
})

describe('webhook', () => {
  const { webhook } = platforms.tiktok
  if (!webhook) throw new Error('TikTok has webhooks')
  const app = appConfig('tiktok', undefined, { TIKTOK_CLIENT_SECRET: 'secret' })
  const event = {
    client_key: 'key',
    event: 'post.publish.publicly_available',
    create_time: 1_764_000_000,
    user_openid: 'open-1',
    content: '{"publish_id":"v_pub_file~v2-1.1","post_id":7512345678901234567}',
  }
  const body = JSON.stringify(event)
  const seconds = (agoMs = 0) => Math.floor((Date.now() - agoMs) / 1000)
  const header = (text: string, at: number, secret = 'secret') =>
    `t=${at},s=${createHmac('sha256', secret).update(`${at}.${text}`).digest('hex')}`
  const verify = (text: string, signature?: string) =>
    webhook.verify(app, Buffer.from(text), new Headers(signature ? { 'tiktok-signature': signature } : {}))

  test('knows TikTok’s signature, and no other', () => {
    const signed = header(body, seconds())
    expect(verify(body, signed)).toBe(true)
    expect(verify(`${body} `, signed)).toBe(false)
    expect(verify(JSON.stringify(event, null, 1), signed)).toBe(false)
    expect(verify(body, header(body, seconds(), 'other'))).toBe(false)
    expect(verify(body, `${signed}0`)).toBe(false)
    expect(verify(body, signed.slice(0, -2))).toBe(false)
    expect(verify(body, signed.replace(/^t=\d+/, `t=${seconds() + 1}`))).toBe(false)
    expect(verify(body)).toBe(false)
    expect(verify(body, 'nonsense')).toBe(false)
  })

  test('takes no recording: what is too old, or from a time to come, is refused though it is signed', () => {
    expect(verify(body, header(body, seconds(staleAfterMs + 2_000)))).toBe(false)
    expect(verify(body, header(body, seconds(-staleAfterMs - 2_000)))).toBe(false)
  })

  test('trusts nobody while there is no secret', () => {
    const bare = appConfig('tiktok', undefined, {})
    const headers = new Headers({ 'tiktok-signature': header(body, seconds(), '') })
    expect(webhook.verify(bare, Buffer.from(body), headers)).toBe(false)
  })

  test('reads the JSON within its text, the id digit by digit, and knows a repetition by its name', () => {
    const read = () => webhook.read(Buffer.from(body))
    expect(read()).toMatchObject({
      ok: true,
      value: [
        {
          type: 'post.publish.publicly_available',
          accountExternalId: 'open-1',
          raw: { content: { publish_id: 'v_pub_file~v2-1.1', post_id: '7512345678901234567' } },
        },
      ],
    })
    expect(read()).toEqual(read())
  })

  test('says when a body is none of its events', () => {
    for (const text of ['', 'not json', '[]', '{"event":"x"}']) expect(webhook.read(Buffer.from(text)).ok).toBe(false)
  })

  test('has no handshake', () => {
    expect(webhook.handshake(app, new URLSearchParams({ 'hub.challenge': '1' }))).toBeUndefined()
  })
})
