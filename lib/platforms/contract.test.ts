import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentFile, gifFile, imageFile, videoFile } from './contract-files.fixture'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import {
  attach,
  deliver,
  draftOf,
  metricsOf,
  must,
  mustFail,
  platformOf,
  postingWays,
  refresh,
  remove,
  under,
  ways,
  type Subject,
} from './contract.fixture'
import { appConfig, type MediaFile, type Part, type Platform, type UploadedMedia } from '.'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

const send = async (of: Subject, text: string, more: Partial<Part> = {}) =>
  deliver(of, await draftOf(of, text, more), world.turn)

const missing = (): never => {
  throw new Error('The network does not take files ahead of a post')
}

/** The ways of connecting whose network can do something. */
const able = (can: (platform: Platform) => boolean) => postingWays.filter((way) => can(platformOf(way)))

describe.for(ways)('$label', ({ label }) => {
  test('gives accounts that say who they are and that work', async () => {
    const of = world.subject(label)
    expect(of.account.displayName).not.toBe('')
    expect(of.account.profileUrl).toMatch(/^http/)
    const { traits, ...found } = must(await of.platform.check(of.app, of.as))
    expect(found).toEqual({ scopes: of.as.scopes })
    expect(traits ?? of.account.traits).toEqual(of.account.traits)
  })
})

describe.for(ways.filter((way) => !postingWays.includes(way)))('$label, for answers alone', ({ label }) => {
  test('refuses a post, and says where to go instead', async () => {
    const of = world.subject(label)
    const text = world.say('No place')
    expect(mustFail(await send(of, text))).toMatchObject({
      code: 'rejected',
      reason: expect.stringMatching(/inbox\.$/),
    })
    expect(await world.seen(of, text)).toEqual([])
  })

  test('can answer something, and has a way to hear of it', () => {
    const { inbox } = world.subject(label).platform
    expect(inbox?.reply).toBeDefined()
    const kinds = Object.keys(inbox?.answers ?? {})
    expect(kinds).not.toEqual([])
    expect(Object.keys(inbox?.ways ?? {})).toEqual(expect.arrayContaining(kinds))
  })
})

describe.for(postingWays)('$label', ({ label, further = 'reply' }) => {
  test('publishes a text so that readers see it once, where the answer says', async () => {
    const of = world.subject(label)
    const text = world.say('Café opens at 7 & closes late (really) #coffee, see https://example.com/a?b=c_d')
    const published = must(await send(of, text))
    expect((await world.seen(of, text)).map(({ id }) => id)).toEqual([published.externalId])
    expect((await fetch(published.url)).status).toBe(200)
    expect(JSON.parse(JSON.stringify(published))).toEqual(published)
    expect(published.notes).toBeUndefined()
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
      of.platform.threads ? [true, true, [further, further]] : [false, false, []],
    )
  })

  test('writes a first comment where it says it can, and says so where it cannot', async () => {
    const of = world.subject(label)
    const root = must(await send(of, world.say('Commented')))
    const text = world.say('First (really) #comment')
    const comment = await send(of, text, { kind: 'comment', ...under(root) })
    expect([comment.ok, (await world.seen(of, text)).length]).toEqual(of.platform.firstComment ? [true, 1] : [false, 0])
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

describe.for(postingWays.filter(({ refuses }) => refuses))('$label', ({ label, options, refuses }) => {
  test('says what it refused besides a post, which stands all the same', async () => {
    const of = world.subject(label)
    const text = world.say('Without an extra')
    const published = must(await send(of, text, { options: { ...options, ...refuses } }))
    expect(published.notes).toEqual([expect.stringMatching(/^Published, but .+ was refused: .+\.$/)])
    expect((await world.seen(of, text)).map(({ id }) => id)).toEqual([published.externalId])
  })
})

describe.for(able(({ remove }) => remove !== undefined))('$label', ({ label }) => {
  test('takes a post away, and is content when it is gone already', async () => {
    const of = world.subject(label)
    const text = world.say('Short lived')
    const published = must(await send(of, text))
    must(await remove(of, published))
    expect((await world.seen(of, text)).map(({ deleted }) => deleted)).toEqual([true])
    expect(await remove(of, published)).toEqual({ ok: true, value: undefined })
  })
})

describe.for(able(({ remove, firstComment }) => remove !== undefined && firstComment))('$label', ({ label }) => {
  test('takes a first comment away', async () => {
    const of = world.subject(label)
    const root = must(await send(of, world.say('Commented')))
    const text = world.say('Soon gone')
    must(await remove(of, must(await send(of, text, { kind: 'comment', ...under(root) }))))
    expect((await world.seen(of, text)).map(({ deleted }) => deleted)).toEqual([true])
  })
})

describe.for(able(({ limits }) => limits.video.mimes.length > 0))('$label', ({ label }) => {
  test('publishes a video of several parts once the network has processed it', async () => {
    const of = world.subject(label)
    const text = world.say('Moving')
    const video = await attach(of, videoFile(9 * 1024 * 1024, label), world.turn)
    must(await send(of, text, { media: [video] }))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
  })
})

describe.for(able(({ limits }) => limits.images.max > 0 && limits.images.mimes.includes('image/gif')))(
  '$label',
  ({ label }) => {
    test('publishes a GIF', async () => {
      const of = world.subject(label)
      const text = world.say('Round and round')
      must(await send(of, text, { media: [await attach(of, await gifFile('plum', 'A plum square'), world.turn)] }))
      expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
    })
  },
)

describe.for(able(({ limits }) => limits.documents !== undefined))('$label', ({ label }) => {
  test('publishes a document', async () => {
    const of = world.subject(label)
    const text = world.say('To leaf through')
    const media = [await attach(of, documentFile('Our year'), world.turn)]
    const published = must(await send(of, text, { media }))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
    expect((await fetch(published.url)).status).toBe(200)
  })
})

describe.for(postingWays.filter(({ resumes }) => resumes))('$label', ({ label }) => {
  test('goes on with a video where it was, when each answer is lost once to a restart', async () => {
    const of = world.subject(label)
    const { platform, app, as } = of
    const film = videoFile(9 * 1024 * 1024, `${label}, cut off`)
    let sentBytes = 0
    const file: MediaFile = {
      ...film,
      open(range) {
        sentBytes += range ? range.end - range.start + 1 : film.sizeBytes
        return film.open(range)
      },
    }
    let media: UploadedMedia | undefined
    do {
      must((await platform.uploadMedia?.(app, as, file, media)) ?? missing())
      const noted: UploadedMedia = must((await platform.uploadMedia?.(app, as, file, media)) ?? missing())
      // As it comes back from the database.
      media = JSON.parse(JSON.stringify(noted)) as UploadedMedia
    } while (media.more)
    expect(sentBytes).toBe(2 * film.sizeBytes)
    const text = world.say('Cut off')
    for (let looks = 0; !media.ready && looks < 20; looks++) {
      await world.turn(media.checkAfterMs ?? 1_000)
      media = must((await platform.mediaStatus?.(app, as, media)) ?? missing())
    }
    must(await send(of, text, { media: [{ kind: 'video', alt: film.alt, ref: media.ref, file }] }))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
  })
})

describe.for(able(({ limits }) => limits.images.max > 0))('$label', ({ label }) => {
  test('publishes images, with their alt text where it has any', async () => {
    const of = world.subject(label)
    const text = world.say('Pictures')
    const { max, altMax } = of.platform.limits.images
    const media = []
    for (const colour of ['teal', 'coral'].slice(0, max))
      media.push(await attach(of, await imageFile(colour, `A ${colour} square`), world.turn))
    const published = must(await send(of, text, { media }))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([media.length])
    expect((await (await fetch(published.url)).text()).includes('A teal square')).toBe(altMax > 0)
  })
})

/** What each network that readies posts can be asked to show, and whether it is to say in the end that it has all of the files. */
const shows = able(({ prepare }) => prepare !== undefined).flatMap((way) =>
  (['film', 'pictures'] as const)
    .filter((what) => what === 'film' || platformOf(way).limits.images.max > 1)
    .map((what) => ({ label: way.label, what, holds: way.holds?.includes(what) === true })),
)

describe.for(shows)('$label, asked to show $what', ({ label, what, holds }) => {
  test('needs no file any more from when it says that it has it, where it says so', async () => {
    const of = world.subject(label)
    const { prepare, publish, findPublished } = of.platform
    let held: readonly number[] = []
    const left = (part: Part): Part => ({
      ...part,
      media: part.media.map((one, at) => (held.includes(at) ? { kind: one.kind, alt: one.alt } : one)),
    })
    const platform: Platform = {
      ...of.platform,
      async prepare(app, as, part, before) {
        const answer = (await prepare?.(app, as, left(part), before)) ?? missing()
        if (answer.ok) held = answer.value.holds ?? []
        return answer
      },
      publish: (app, as, part) => publish(app, as, left(part)),
      ...(findPublished ? { findPublished: (app, as, part, since) => findPublished(app, as, left(part), since) } : {}),
    }
    const text = world.say('Lost on the way')
    const files =
      what === 'film'
        ? [videoFile(9 * 1024 * 1024, `${label}, lost`)]
        : [await imageFile('navy', ''), await imageFile('olive', '')]
    const media = files.map((file) => ({ kind: file.kind, alt: '', file }))
    must(await deliver({ ...of, platform }, await draftOf(of, text, { media }), world.turn))
    expect((await world.seen(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([files.length])
    expect(held).toEqual(holds ? [...files.keys()] : [])
  })
})

// Last, because these turn the sandbox's clock far ahead of ours.
describe.for(ways.filter(({ renews }) => renews))('$label', ({ label }) => {
  test('gives new tokens for old', async () => {
    const of = world.subject(label)
    if (of.way.renewsAfterMs) await world.turn(of.way.renewsAfterMs)
    const fresh = must(await refresh(of, of.as))
    expect(fresh.externalId).toBe(of.as.externalId)
    expect(fresh.accessToken).not.toBe(of.as.accessToken)
    world.replace(label, { ...of, as: fresh })
    must(await of.platform.check(of.app, fresh))
    // The tokens of the others did not live as long.
    if (of.way.renewsAfterMs) await world.connectAll()
  })
})

describe.for(able(({ metrics }) => metrics !== undefined))('$label, hours later', ({ label, measures }) => {
  test('counts what readers did, and nothing it does not offer', async () => {
    const published = must(await send(world.subject(label), world.say('Counted')))
    await world.admin('/clock', { advanceMs: 3 * 3_600_000 })
    await world.connectAll()
    const of = world.subject(label)
    const found = must(await metricsOf(of, published)).get(published.externalId)
    expect(Object.keys(found ?? {}).toSorted()).toEqual(measures ? [...of.platform.metricsOffered].toSorted() : [])
  })
})

test.for(ways)('$label offers numbers exactly when it can give them', ({ label }) => {
  const { metrics, metricsOffered } = world.subject(label).platform
  expect(metricsOffered.length > 0).toBe(metrics !== undefined)
})

test('each app is read from variables of its own', () => {
  expect(appConfig('linkedin', 'page', world.settings).clientId).toBe('posthorn-linkedin-page')
  expect(appConfig('linkedin', 'person', world.settings).clientId).toBe('posthorn-linkedin')
  expect(appConfig('linkedin', undefined, {}).clientId).toBeUndefined()
  expect(appConfig('x', undefined, {}).apiUrl).toBe('https://api.x.com')
  expect(appConfig('bluesky', undefined, { BLUESKY_API_URL: 'https://pds.example.org/' }).apiUrl).toBe(
    'https://pds.example.org',
  )
})

test('a host of its own is where its variable says, where the API was moved to, or the real one', () => {
  const upload = (env: Record<string, string>) => appConfig('instagram', undefined, env).hosts.upload
  expect(upload({})).toBe('https://rupload.facebook.com')
  expect(upload({ INSTAGRAM_API_URL: 'http://127.0.0.1:4105' })).toBe('http://127.0.0.1:4105')
  expect(upload({ INSTAGRAM_UPLOAD_URL: 'https://uploads.example.org/' })).toBe('https://uploads.example.org')
})
