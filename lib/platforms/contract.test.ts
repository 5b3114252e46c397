import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import {
  imageFile,
  metricsOf,
  must,
  mustFail,
  partOf,
  refresh,
  remove,
  statusOf,
  under,
  videoFile,
  ways,
  type Subject,
} from './contract.fixture'
import { appConfig, type Part, type UploadedMedia } from '.'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

/** Waits as long as the network asks, on the sandbox's clock. */
async function untilReady(of: Subject, first: UploadedMedia): Promise<UploadedMedia> {
  let media = first
  for (let looks = 0; !media.ready && looks < 10; looks++) {
    await world.admin('/clock', { advanceMs: media.checkAfterMs ?? 1_000 })
    media = must(await statusOf(of, media))
  }
  return media
}

const send = (of: Subject, text: string, more: Partial<Part> = {}) =>
  of.platform.publish(of.app, of.as, partOf(of, text, more))

describe.for(ways)('$label', ({ label }) => {
  test('gives accounts that say who they are and that work', async () => {
    const of = world.subject(label)
    expect(of.account.displayName).not.toBe('')
    expect(of.account.profileUrl).toMatch(/^http/)
    expect(must(await of.platform.check(of.app, of.as))).toEqual({ scopes: of.as.scopes })
  })

  test('publishes a text so that readers see it once, where the answer says', async () => {
    const of = world.subject(label)
    const text = world.say('Café opens at 7 & closes <late> (really) #coffee, see https://example.com/a?b=c_d')
    const published = must(await send(of, text))
    expect((await world.seen(of, text)).map(({ id }) => id)).toEqual([published.externalId])
    expect((await fetch(published.url)).status).toBe(200)
    expect(JSON.parse(JSON.stringify(published))).toEqual(published)
  })

  test('takes a post away, and is content when it is gone already', async () => {
    const of = world.subject(label)
    const text = world.say('Short lived')
    const published = must(await send(of, text))
    must(await remove(of, published))
    expect((await world.seen(of, text)).map(({ deleted }) => deleted)).toEqual([true])
    expect(await remove(of, published)).toEqual({ ok: true, value: undefined })
  })

  test('publishes images with their alt text', async () => {
    const of = world.subject(label)
    const text = world.say('Two pictures')
    const media: Part['media'][number][] = []
    for (const colour of ['teal', 'coral']) {
      const file = await imageFile(colour, `A ${colour} square`)
      const uploaded = await untilReady(of, must(await of.platform.uploadMedia(of.app, of.as, file)))
      const ref: unknown = JSON.parse(JSON.stringify(uploaded.ref))
      media.push({ kind: 'image', alt: file.alt, width: 64, height: 48, ref })
    }
    const published = must(await send(of, text, { media }))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([2])
    expect(await (await fetch(published.url)).text()).toContain('A teal square')
  })

  test('publishes a video of several parts once the network has processed it', async () => {
    const of = world.subject(label)
    const text = world.say('Moving')
    const first = must(await of.platform.uploadMedia(of.app, of.as, videoFile(9 * 1024 * 1024, label)))
    expect(first.ready).toBe(false)
    const { ready, ref } = await untilReady(of, first)
    expect(ready).toBe(true)
    must(await send(of, text, { media: [{ kind: 'video', alt: '', width: 640, height: 360, ref }] }))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
  })

  test('publishes a link so that readers get to it', async () => {
    const of = world.subject(label)
    const link = { url: `https://example.com/${label.length}/card`, title: 'A title', description: 'A description' }
    const published = must(await send(of, world.say('With a card'), { link }))
    expect(await (await fetch(published.url)).text()).toContain(link.url)
  })

  test('answers under a post where it says it can, and says so where it cannot', async () => {
    const of = world.subject(label)
    const root = must(await send(of, world.say('Root')))
    const [second, third] = [world.say('Second'), world.say('Third')]
    const reply = await send(of, second, { kind: 'reply', ...under(root) })
    const last = await send(of, third, { kind: 'reply', ...under(root, reply.ok ? reply.value : root) })
    const shown = [...(await world.seen(of, second)), ...(await world.seen(of, third))].map(({ kind }) => kind)
    expect([reply.ok, last.ok, shown]).toEqual(
      of.platform.threads ? [true, true, ['reply', 'reply']] : [false, false, []],
    )
  })

  test('writes a first comment, and takes it away', async () => {
    const of = world.subject(label)
    const root = must(await send(of, world.say('Commented')))
    const text = world.say('First (really) #comment')
    const comment = must(await send(of, text, { kind: 'comment', ...under(root) }))
    expect((await world.seen(of, text)).length).toBe(1)
    must(await remove(of, comment))
    expect((await world.seen(of, text)).map(({ deleted }) => deleted)).toEqual([true])
  })

  test('takes a text of exactly the greatest length, and says that one longer is refused', async () => {
    const of = world.subject(label)
    const { max } = of.platform.limits.text
    const [fits, tooLong] = [world.say('').padEnd(max, 'y'), world.say('').padEnd(max + 1, 'y')]
    must(await send(of, fits))
    expect(mustFail(await send(of, tooLong))).toMatchObject({
      code: 'rejected',
      reason: expect.stringMatching(/\.$/),
    })
    expect(await world.seen(of, tooLong)).toEqual([])
  })
})

describe.for(ways.filter(({ renews }) => renews))('$label', ({ label }) => {
  test('gives new tokens for old', async () => {
    const of = world.subject(label)
    const fresh = must(await refresh(of, of.as))
    expect(fresh).toMatchObject({ externalId: of.as.externalId, refreshToken: expect.any(String) })
    expect(fresh.accessToken).not.toBe(of.as.accessToken)
    world.replace(label, { ...of, as: fresh })
    must(await of.platform.check(of.app, fresh))
  })
})

// Last, because it turns the sandbox's clock far ahead of ours.
describe.for(ways)('$label, hours later', ({ label, measures }) => {
  test('counts what readers did, and nothing it does not offer', async () => {
    const published = must(await send(world.subject(label), world.say('Counted')))
    await world.admin('/clock', { advanceMs: 3 * 3_600_000 })
    await world.connectAll()
    const of = world.subject(label)
    const found = must(await metricsOf(of, published)).get(published.externalId)
    expect(Object.keys(found ?? {}).toSorted()).toEqual(measures ? [...of.platform.metricsOffered].toSorted() : [])
  })
})

test('each app is read from variables of its own', () => {
  expect(appConfig('linkedin', 'page', world.settings).clientId).toBe('posthorn-page')
  expect(appConfig('linkedin', 'person', world.settings).clientId).toBe('posthorn-person')
  expect(appConfig('linkedin', undefined, {}).clientId).toBeUndefined()
  expect(appConfig('x', undefined, {}).apiUrl).toBe('https://api.x.com')
  expect(appConfig('bluesky', undefined, { BLUESKY_API_URL: 'https://pds.example.org/' }).apiUrl).toBe(
    'https://pds.example.org',
  )
})
