import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { imageFile, videoFile } from '../contract-files.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import {
  connect,
  deliver,
  draftOf,
  find,
  metricsOf,
  must,
  mustFail,
  ready,
  refresh,
  settle,
  ways,
  type Subject,
} from '../contract.fixture'
import { platforms, type Part, type PartMedia, type Prepared } from '..'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

const board = '549755885175'
const of = (): Subject => world.subject('Pinterest')
const missing = { ok: false, error: { code: 'unavailable', reason: 'the adapter cannot do that' } } as const

async function picture(colour: string, size: { width?: number; height?: number } = {}): Promise<PartMedia> {
  const file = await imageFile(colour, `A ${colour} square`, size)
  return { kind: 'image', alt: file.alt, width: size.width ?? 1080, height: size.height ?? 1080, file }
}
const film = (text: string, sizeBytes = 600_000): PartMedia => ({
  kind: 'video',
  alt: '',
  file: videoFile(sizeBytes, text),
})

/** What Pinterest itself says, asked without the adapter. */
async function told(path: string) {
  const answer = await fetch(`${of().app.apiUrl}/v5/${path}`, {
    headers: { authorization: `Bearer ${of().as.accessToken}` },
  })
  return z.record(z.string(), z.unknown()).parse(await answer.json())
}

async function another(who: string): Promise<Subject> {
  const way = ways.find(({ name }) => name === 'pinterest')
  if (!way) throw new Error('Pinterest cannot be connected')
  return connect({ ...way, who }, world.settings)
}

describe('a board', () => {
  test('must be chosen by a person, and nothing is pinned without', async () => {
    expect(platforms.pinterest.options?.find(({ name }) => name === 'board')).toMatchObject({ required: true })
    const text = world.say('Nowhere')
    const error = mustFail(await deliver(of(), { ...(await draftOf(of(), text)), options: {} }, world.turn))
    expect(error).toMatchObject({ code: 'rejected', reason: expect.stringContaining('Choose one') })
    expect(await world.seen(of(), text)).toEqual([])
  })

  test('is one of the account’s own; those for ads are closed, secret ones say so', async () => {
    const { platform, app, as } = of()
    const boards = must((await platform.choices?.(app, as, 'board', {})) ?? missing)
    expect(boards).toMatchObject([
      { value: board, label: 'Coffee at home' },
      { label: 'Drafts', hint: expect.stringContaining('Secret') },
      { label: 'Ad-only Pins', closed: expect.stringContaining('ads only') },
    ])
    expect(boards[0]).not.toHaveProperty('closed')
  })

  test('has its own sections, asked for once it is chosen', async () => {
    const { platform, app, as } = of()
    const sections = async (given: object) =>
      must((await platform.choices?.(app, as, 'section', { ...given })) ?? missing)
    expect((await sections({ board })).map(({ label }) => label)).toEqual(['Filter', 'Espresso'])
    expect(await sections({})).toEqual([])
  })

  test('that is gone, or for ads only, is said before anything is scheduled', async () => {
    const { platform, app, as } = of()
    const said = async (options: object) =>
      must((await platform.precheck?.(app, as, { ...(await draftOf(of(), 'x')), options: { ...options } })) ?? missing)
    expect(await said({ board: '1' })).toEqual(['This board is gone. Choose another.'])
    expect(await said({ board: '549755885177' })).toEqual(['This board takes ads only.'])
    expect(await said({ board })).toEqual([])
    await world.fault(of(), 'drop_request', { operation: 'profile' })
    expect(mustFail((await platform.precheck?.(app, as, await draftOf(of(), 'x'))) ?? missing).code).toBe('unavailable')
  })
})

test('pictures of different shapes and a link too long are said before scheduling', async () => {
  const { platform, app, as } = of()
  const said = async (more: Partial<Part>) =>
    must((await platform.precheck?.(app, as, await draftOf(of(), 'x', more))) ?? missing)
  const uneven = [await picture('teal'), await picture('coral', { height: 1350 })]
  expect(await said({ media: uneven })).toEqual([expect.stringContaining('same shape')])
  expect(await said({ link: { url: `https://example.com/${'a'.repeat(2_048)}` } })).toEqual([
    expect.stringContaining('2048 characters'),
  ])
})

test('a pin has its title, link, alt text and section, and a carousel its pictures', async () => {
  const text = world.say('Beside each other')
  const published = must(
    await deliver(
      of(),
      await draftOf(of(), text, {
        title: 'Two squares',
        link: { url: 'https://example.com/squares' },
        media: [await picture('teal'), await picture('coral')],
        options: { board, section: '549755885202' },
      }),
      world.turn,
    ),
  )
  expect(await told(`pins/${published.externalId}`)).toMatchObject({
    title: 'Two squares',
    description: text,
    link: 'https://example.com/squares',
    alt_text: 'A teal square\nA coral square',
    board_section_id: '549755885202',
    media: { media_type: 'multiple_images', items: [{ item_type: 'image' }, { item_type: 'image' }] },
  })
})

test.for([
  { what: 'no file', media: [] },
  { what: 'six pictures', media: ['red', 'teal', 'gold', 'navy', 'coral', 'pink'] },
])('a pin of $what is refused with a sentence, and not sent', async ({ media }) => {
  const text = world.say('Too few or too many')
  const files = await Promise.all(media.map((colour) => picture(colour)))
  expect(mustFail(await deliver(of(), await draftOf(of(), text, { media: files }), world.turn))).toMatchObject({
    code: 'rejected',
    reason: expect.stringMatching(/\.$/),
  })
  expect(await world.seen(of(), text)).toEqual([])
})

describe('a video', () => {
  const step = async (part: Part, before?: Prepared): Promise<Prepared> => {
    const { platform, app, as } = of()
    return JSON.parse(JSON.stringify(must((await platform.prepare?.(app, as, part, before)) ?? missing)))
  }
  const idOf = ({ ref }: Prepared): string => z.object({ mediaId: z.string() }).parse(ref).mediaId

  test('is registered, sent, worked on and then pinned; nothing shows before', async () => {
    const text = world.say('Moving')
    const part = await draftOf(of(), text, { media: [film(text)] })
    const registered = await step(part)
    expect(registered).toMatchObject({ ready: false, ref: { upload: { url: expect.any(String) } } })
    const sent = await step(part, registered)
    expect(sent).toMatchObject({ ready: false, checkAfterMs: expect.any(Number) })
    expect(sent.ref).not.toHaveProperty('upload')
    expect((await step(part, sent)).ready).toBe(false)
    await world.turn(60_000)
    const done = await step(part, sent)
    expect([done.ready, idOf(done)]).toEqual([true, idOf(registered)])
    expect(await world.seen(of(), text)).toEqual([])
    const { platform, app, as } = of()
    const published = must(await platform.publish(app, as, { ...part, prepared: done.ref }))
    expect((await world.seen(of(), text)).map(({ id }) => id)).toEqual([published.externalId])
  })

  test('whose sending was lost or forgotten is sent again to the same place, and pinned once', async () => {
    const text = world.say('Interrupted')
    const part = await draftOf(of(), text, { media: [film(text)] })
    const registered = await step(part)
    await world.fault(of(), 'reset_after_accept', { operation: 'upload' })
    const { platform, app, as } = of()
    expect(mustFail((await platform.prepare?.(app, as, part, registered)) ?? missing).code).toBe('unavailable')
    const again = await step(part, registered)
    expect(idOf(again)).toBe(idOf(registered))
    await world.turn(60_000)
    const done = { ...part, prepared: (await step(part, again)).ref }
    const since = new Date()
    await world.fault(of(), 'timeout_after_accept')
    expect(mustFail(await platform.publish(app, as, done)).code).toBe('outcome_unknown')
    must(await settle(of(), done, since, world.turn))
    expect((await world.seen(of(), text)).length).toBe(1)
  })

  test('is registered anew when the store no longer takes it', async () => {
    const part = await draftOf(of(), world.say('Slept over'), { media: [film('Slept over')] })
    const registered = await step(part)
    await world.turn(2 * 3_600_000)
    const anew = await step(part, registered)
    expect(anew).toMatchObject({ ready: false, ref: { upload: { url: expect.any(String) } } })
    expect(idOf(anew)).not.toBe(idOf(registered))
  })

  test('that Pinterest cannot use is refused for certain, with the reason', async () => {
    const file = { ...(await imageFile('teal', '')), kind: 'video', mime: 'video/mp4' } as const
    const part = await draftOf(of(), world.say('No film'), { media: [{ kind: 'video', alt: '', file }] })
    expect(mustFail(await ready(of(), part, world.turn))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('could not use the video'),
    })
  })

  test('has the picture beside it for its cover', async () => {
    const text = world.say('Covered')
    const media = [film(text), await picture('gold')]
    const options = { board, format: 'video' }
    const published = must(await deliver(of(), await draftOf(of(), text, { media, options }), world.turn))
    const pin = await told(`pins/${published.externalId}`)
    const { cover_image_url } = z.object({ cover_image_url: z.string() }).parse(pin.media)
    const cover = await fetch(cover_image_url)
    expect([cover.status, cover.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  })
})

describe('a doubtful pin', () => {
  test('is looked for on its own board only, and by its title and link, too', async () => {
    const since = new Date()
    const text = world.say('Same words')
    const pinned = async (more: Partial<Part>) => {
      const part = await draftOf(of(), text, more)
      return must(await deliver(of(), part, world.turn))
    }
    await pinned({ title: 'Another title' })
    await pinned({ title: 'Ours', link: { url: 'https://example.com/else' } })
    await pinned({ title: 'Ours', options: { board: '549755885176' } })
    const ours = await draftOf(of(), text, { title: 'Ours' })
    expect(await find(of(), ours, since)).toEqual({ ok: true, value: undefined })
    const { externalId } = await pinned({ title: 'Ours' })
    expect(must(await find(of(), ours, since))?.externalId).toBe(externalId)
  })

  test('is found behind more than a page of others', async () => {
    const since = new Date()
    const part = await draftOf(of(), world.say('Far down'), { options: { board: '549755885176' } })
    const published = must(await deliver(of(), part, world.turn))
    const small = await picture('teal', { width: 8, height: 8 })
    for (let more = 0; more < 251; more++) {
      const next = await draftOf(of(), `Above ${more}`, { media: [small], options: { board: '549755885176' } })
      must(await deliver(of(), next, world.turn))
    }
    expect(must(await find(of(), part, since))).toMatchObject({ externalId: published.externalId })
  })
})

test('an address leads to our own pin and to nobody else’s', async () => {
  const { platform, app, as } = of()
  const published = must(await deliver(of(), await draftOf(of(), world.say('Addressed')), world.turn))
  expect(must((await platform.resolve?.(app, as, published.url)) ?? missing)).toEqual(published)
  const refused = async (url: string) => mustFail((await platform.resolve?.(app, as, url)) ?? missing).code
  expect(await refused('https://www.pinterest.com/pin/1/')).toBe('rejected')
  expect(await refused('https://www.pinterest.com/northwind/')).toBe('rejected')
  const sam = await another('sam_okafor')
  expect(mustFail((await platform.resolve?.(app, sam.as, published.url)) ?? missing).code).toBe('rejected')
})

test('comments of readers are counted', async () => {
  const published = must(await deliver(of(), await draftOf(of(), world.say('Talked about')), world.turn))
  for (const text of ['Lovely', 'Where can I buy it?'])
    await world.admin('/speak', {
      network: 'pinterest',
      account: 'northwind',
      kind: 'comment',
      text,
      on: published.externalId,
    })
  expect(must(await metricsOf(of(), published)).get(published.externalId)).toMatchObject({ comments: 2 })
})

test('each refresh token is good once, and the next comes with the answer', async () => {
  const before = await another('northwind')
  const fresh = must(await refresh(before, before.as))
  expect(fresh.refreshToken).not.toBe(before.as.refreshToken)
  expect(mustFail(await refresh(before, before.as)).code).toBe('auth_expired')
  const next = must(await refresh(before, fresh))
  expect(next.scopes).toEqual(before.as.scopes)
  expect(Date.parse(next.refreshExpiresAt ?? '')).toBeGreaterThan(Date.parse(next.accessExpiresAt ?? ''))
})

test('an account without a board is told so, and one that is personal', async () => {
  const findings = async ({ platform, app, as }: Subject) =>
    must((await platform.examine?.(app, as)) ?? missing).map(({ name, state }) => `${name} ${state}`)
  expect(await findings(of())).toEqual(['boards good', 'business good'])
  expect(await findings(await another('sam_okafor'))).toEqual(['boards problem', 'business advice'])
})

test('it says that the network has no inbox', () => {
  expect(platforms.pinterest.inbox).toEqual({ ways: {}, answers: {} })
  expect(platforms.pinterest.webhook).toBeUndefined()
})
