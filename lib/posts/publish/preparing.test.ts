import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ask, connectAs, must } from '@/lib/accounts/connected.fixture'
import { finishConnection, startConnection } from '@/lib/accounts'
import { env } from '@/lib/core/env'
import { toJson } from '@/lib/core/json'
import { bucketOf, startS3, type S3 } from '@/lib/core/s3.fixture'
import { decideConsent } from '@/sandbox/person'
import { getLedger } from '../lists/get'
import { filmBytes, withFilesOf } from './files.test-data'
import { preparedKey, preparedOf } from './plan'
import { publishVariant } from './publish'
import { reconcileVariant } from './reconcile'
import { settleVariant } from './settle'
import { startSending } from './sending.test-data'
import type { PostOverride } from '../schema'

const Uploads = z.record(z.string(), z.looseObject({ at: z.iso.datetime() }))
let sending: Awaited<ReturnType<typeof startSending>>
let posts: ReturnType<typeof withFilesOf>
beforeAll(async () => {
  process.env.NETWORK_TIMEOUT_MS = '1500'
  sending = await startSending()
  posts = withFilesOf(sending)
})
afterAll(() => sending.close())

async function connected(platform: string, method: string, who: string): Promise<string> {
  const { url } = must(await startConnection(sending.owner, { platform, method }))
  const back = await decideConsent(url, who)
  return must(await finishConnection(sending.owner, { platform, ...back })).accounts[0]?.id ?? ''
}

test('a picture goes with its post on a network that takes files together with it, once', async () => {
  const accountId = await connected('facebook', 'pages', 'nora.winter')
  const picture = await sharp({ create: { width: 1080, height: 1080, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  const { variantId } = await posts.due(accountId, 'facebook', 'Seen with a square', [
    await posts.file(picture, 'square.jpg'),
  ])
  expect(await posts.goOn(variantId)).toBe('published')
  expect(await sending.seen('Seen with a square')).toHaveLength(1)
})

test('a film is readied in steps that are kept, followed while the network works on it, and shown once', async () => {
  const accountId = await connected('tiktok', 'account', 'northwind')
  const film = await posts.file(filmBytes(9 * 1024 * 1024, 'film'), 'film.mp4')
  const { postId, variantId } = await posts.due(accountId, 'tiktok', 'Seen moving', [film], {
    options: { privacy: 'PUBLIC_TO_EVERYONE' },
  })
  expect(await posts.goOn(variantId)).toBe('published')
  expect(await sending.seen('Seen moving')).toHaveLength(1)
  const [step] = (await sending.variantOf(postId)).steps
  expect(step?.attempts.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(['upload', 'send', 'look']))
})

test('what the network refused besides the post stands in its ledger, and the post is published', async () => {
  const accountId = await connected('youtube', 'channel', 'roastery_new')
  const film = await posts.file(filmBytes(1024, 'extra'), 'extra.mp4')
  const { postId, variantId } = await posts.due(accountId, 'youtube', 'Brewed without a playlist', [film], {
    title: 'Filter coffee',
    options: { madeForKids: 'no', privacy: 'public', playlist: 'PL-that-was-deleted' },
  })
  expect(await posts.goOn(variantId)).toBe('published')
  const [variant] = must(await getLedger(sending.owner, { postId }))
  expect(variant?.steps[0]?.proof?.notes).toEqual([
    expect.stringMatching(/^Published, but the playlist was refused: .+\.$/),
  ])
})

test('a film for X goes in segments, each of them noted before the next, and is shown once', async () => {
  const accountId = sending.world.accounts.x
  const film = await posts.file(filmBytes(9 * 1024 * 1024, 'segments'), 'segments.mp4')
  const { postId, variantId } = await posts.due(accountId, 'x', 'Seen in segments', [film])
  expect(await posts.goOn(variantId)).toBe('published')
  expect(await sending.seen('Seen in segments')).toHaveLength(1)
  const [step] = (await sending.variantOf(postId)).steps
  const uploads = step?.attempts.filter(({ purpose }) => purpose === 'upload') ?? []
  // Begun, three segments, ended; then what is asked while X works on it.
  expect(uploads.slice(0, 4).map(({ outcome }) => outcome)).toEqual(['parked', 'parked', 'parked', 'parked'])
  expect(uploads.at(-1)?.outcome).toBe('accepted')
})

const faults = [
  'none',
  'drop_request',
  'timeout_after_accept',
  'reset_after_accept',
  '500_after_accept',
  '429_until=1',
  'delayed_visibility=1500',
]

describe.for<{ platform: string; method: string; override: PostOverride }>([
  {
    platform: 'youtube',
    method: 'channel',
    override: { title: 'Filter coffee', options: { madeForKids: 'no', privacy: 'public' } },
  },
  { platform: 'pinterest', method: 'account', override: { options: { board: '549755885175', cover: '1' } } },
])('a film with what a person chose for it is shown on $platform once', ({ platform, method, override }) => {
  let accountId = ''
  let film = ''
  beforeAll(async () => {
    accountId = await connected(platform, method, 'northwind')
    film = await posts.file(filmBytes(9 * 1024 * 1024, platform), `${platform}.mp4`)
  })

  test.for(faults)('whatever befalls the request that shows it: %s', async (fault) => {
    const text = `Brewed on ${platform}, ${fault === 'none' ? 'undisturbed' : `#fault:${fault}`}`
    const { postId, variantId } = await posts.due(accountId, platform, text, [film], override)
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toHaveLength(1)
    const [step] = (await sending.variantOf(postId)).steps
    expect(step?.attempts.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(['upload', 'send']))
  })
})

const isLost =
  'A file of this post is gone from where files are kept. Have a backup put back and send it again, or duplicate this post with another file.'

describe.for(['a folder', 'a bucket'])('a file whose bytes are gone from %s', (place) => {
  let s3: S3 | undefined
  beforeAll(async () => {
    if (place === 'a folder') return
    s3 = await startS3()
    Object.assign(env(), bucketOf(s3))
  })
  afterAll(async () => {
    Object.assign(env(), { S3_BUCKET: undefined })
    await s3?.close()
  })

  // One that takes it ahead of the post, one with the post, one in steps of its own, and one that fetches it.
  test.for(['x', 'telegram', 'facebook', 'instagram'])('keeps its post from %s, and says so', async (kind) => {
    const { owner } = sending
    const accountId = kind === 'x' ? sending.world.accounts.x : await connectAs(owner, kind)
    const picture = sharp({ create: { width: 800, height: 800, channels: 3, background: 'navy' } })
    const mediaId = await posts.file(await picture.jpeg().toBuffer(), `${kind}.jpg`)
    await posts.lose(mediaId)
    const text = `Lost on the way to ${kind}, in ${place}`
    const { postId, variantId } = await posts.due(accountId, kind, text, [mediaId])
    must(await publishVariant(sending.system, { variantId }))
    expect(await sending.variantOf(postId)).toMatchObject({
      state: 'refused',
      reason: { kind: 'refused', message: isLost },
    })
    expect(await sending.seen(text)).toEqual([])
  })
})

test('a file that is gone from the library keeps its post from the network, and says so', async () => {
  const { owner, system } = sending
  const accountId = await connectAs(owner, 'telegram')
  const picture = sharp({ create: { width: 800, height: 800, channels: 3, background: 'plum' } })
  const mediaId = await posts.file(await picture.jpeg().toBuffer(), 'plum.jpg')
  const text = 'Out of the library, #fault:429_until=1'
  const { postId, variantId } = await posts.due(accountId, 'telegram', text, [mediaId])
  must(await publishVariant(system, { variantId }))
  await owner.db.media.delete({ where: { id: mediaId } })
  expect(await posts.goOn(variantId)).toBe('refused')
  expect((await sending.variantOf(postId)).reason).toEqual({
    kind: 'refused',
    message: 'A file of this post is gone from the library. Duplicate this post with another file.',
  })
  expect(await sending.seen(text)).toEqual([])
})

/** A post with a film, sent as far as it comes in one run; then the film is lost. */
async function lostOnTheWay(kind: string, text: string, override: PostOverride) {
  const { owner, system } = sending
  const accountId = await connectAs(owner, kind)
  const film = await posts.file(filmBytes(1024 * 1024, text), `${kind}.mp4`)
  const sent = await posts.due(accountId, kind, text, [film], override)
  must(await publishVariant(system, { variantId: sent.variantId }))
  await posts.lose(film)
  return sent
}

describe.for<{ kind: string; override: PostOverride }>([
  { kind: 'instagram', override: { options: { format: 'reel' } } },
  { kind: 'facebook', override: { options: { format: 'reel' } } },
  { kind: 'pinterest', override: { options: { board: '549755885175' } } },
])('a film that $kind has and we have lost', ({ kind, override }) => {
  // Parked for a limit, never arrived, and there without an answer.
  test.for(['429_until=1', 'drop_request', 'timeout_after_accept'])('is shown once all the same: %s', async (fault) => {
    const text = `Lost when ${kind} had it, #fault:${fault}`
    const { postId, variantId } = await lostOnTheWay(kind, text, override)
    const [begun] = (await sending.variantOf(postId)).steps
    expect(begun?.attempts.map(({ purpose }) => purpose)).toContain('upload')
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toHaveLength(1)
  })
})

test('a post that may be at the network by a key of its own is a person’s when its film is lost, not refused', async () => {
  const { owner, system } = sending
  const text = 'Lost in doubt, #fault:drop_request'
  const { postId, variantId } = await lostOnTheWay('instagram', text, { options: { format: 'reel' } })
  const stepOf = async () => owner.db.step.findFirstOrThrow({ where: { variantId } })
  for (let rounds = 0; rounds < 40 && (await stepOf()).state !== 'unknown'; rounds++) {
    await posts.pass(variantId)
    must(await publishVariant(system, { variantId }))
  }
  const { id, state, uploads } = await stepOf()
  expect(state).toBe('unknown')
  // As an adapter leaves it that needs the film once more.
  const { ref, ready } = preparedOf({ uploads }) ?? {}
  await owner.db.step.update({ where: { id }, data: { uploads: toJson({ [preparedKey]: { ref, ready } }) } })
  expect(await posts.goOn(variantId)).toBe('needs_person')
  const { reason, steps } = await sending.variantOf(postId)
  expect(steps.map((step) => step.state)).toEqual(['unknown'])
  expect(reason).toEqual({
    kind: 'unknown',
    message:
      'A file of this post is gone from where files are kept. Instagram may have it from an earlier try: look there first, then say what you found.',
  })
  // Not there, said by who looked: the network was asked nothing more, and nothing is in doubt.
  must(await settleVariant(owner, { variantId, answer: 'send_again' }))
  expect(await posts.goOn(variantId)).toBe('refused')
  const refused = await sending.variantOf(postId)
  expect(refused.reason).toEqual({ kind: 'refused', message: isLost })
  const tries = refused.steps.flatMap(({ attempts }) => attempts)
  expect(tries.filter(({ purpose }) => purpose === 'send').map(({ outcome }) => outcome)).toContain('unknown')
  expect(tries.at(-1)).toMatchObject({ purpose: 'ask', outcome: 'absent' })
  expect(await sending.seen(text)).toEqual([])
})

test('a film that is lost while Threads fetches it is said to be lost, beside what Threads said', async () => {
  // Nobody serves files here: what is fetched is not there.
  const text = 'Lost before it was fetched'
  const { postId, variantId } = await lostOnTheWay('threads', text, {})
  const [begun] = (await sending.variantOf(postId)).steps
  expect(begun?.attempts.map(({ purpose }) => purpose)).toEqual(['upload'])
  expect(await posts.goOn(variantId)).toBe('refused')
  expect((await sending.variantOf(postId)).reason).toEqual({
    kind: 'refused',
    message:
      'A file of this post is gone from where files are kept. Threads refused this: Threads could not fetch the film. Check that this server’s address can be reached from outside, with https. Have a backup put back and send it again, or duplicate this post with another file.',
  })
  expect(await sending.seen(text)).toEqual([])
})

test.for<{ kind: string; override: PostOverride }>([
  { kind: 'youtube', override: { title: 'Filter coffee', options: { madeForKids: 'no', privacy: 'public' } } },
  { kind: 'tiktok', override: { options: { privacy: 'PUBLIC_TO_EVERYONE' } } },
])('a film that is lost before its last piece keeps its post from $kind', async ({ kind, override }) => {
  const text = `Lost before the end, #fault:429_until=1`
  const { postId, variantId } = await lostOnTheWay(kind, text, override)
  expect(await sending.variantOf(postId)).toMatchObject({ state: 'scheduled', reason: { kind: 'rate_limited' } })
  expect(await posts.goOn(variantId)).toBe('refused')
  expect((await sending.variantOf(postId)).reason).toEqual({ kind: 'refused', message: isLost })
  expect(await sending.seen(text)).toEqual([])
})

describe.for<{ kind: string; brings: 'words' | 'picture' | 'film'; override?: PostOverride }>([
  { kind: 'x', brings: 'picture' },
  { kind: 'instagram', brings: 'film', override: { options: { format: 'reel' } } },
  { kind: 'threads', brings: 'words' },
  { kind: 'tiktok', brings: 'film', override: { options: { privacy: 'PUBLIC_TO_EVERYONE' } } },
  { kind: 'mastodon', brings: 'picture' },
  { kind: 'bluesky', brings: 'picture' },
  { kind: 'facebook', brings: 'picture' },
  { kind: 'facebook', brings: 'film', override: { options: { format: 'video' } } },
  { kind: 'facebook', brings: 'film', override: { options: { format: 'reel' } } },
])('a $brings that was prepared at $kind and lapsed while its post waited', ({ kind, brings, override }) => {
  test('is prepared anew, and the post goes out once', async () => {
    const { owner, system, world } = sending
    const accountId = kind === 'x' ? world.accounts.x : await connectAs(owner, kind)
    const text = `Parked with a ${override?.options?.format ?? brings} for two days by ${kind}, #fault:429_until=1`
    const { variantId, postId } = await posts.due(accountId, kind, text, await filesFor(brings, text), override)
    const row = () => owner.db.variant.findUniqueOrThrow({ where: { id: variantId } })
    // What a limit of an earlier test still holds up.
    await owner.db.circuit.deleteMany({ where: { accountId } })
    for (let rounds = 0; rounds < 20 && (await row()).waitingFor !== 'rate_limit'; rounds++) {
      must(await publishVariant(system, { variantId }))
      if ((await row()).waitingFor === 'media') await posts.pass(variantId)
    }
    expect(await row()).toMatchObject({ state: 'scheduled', waitingFor: 'rate_limit' })
    await ask(world.sandbox, '/clock', { advanceMs: 49 * 3_600_000 })
    // What ended at the network ended here, too.
    await owner.db.account.updateMany({
      where: { id: accountId, tokenExpiresAt: { not: null } },
      data: { tokenExpiresAt: new Date() },
    })
    await owner.db.circuit.deleteMany({ where: { accountId } })
    await owner.db.variant.update({ where: { id: variantId }, data: { notBefore: null } })

    must(await publishVariant(system, { variantId }))
    expect(await row()).toMatchObject({
      state: 'scheduled',
      reason: {
        message: expect.stringMatching(/^What was prepared for this has expired at .+; it is prepared anew\.$/),
      },
    })
    // The network did as it says: that is no failure of it.
    expect(await owner.db.circuit.count({ where: { accountId, failures: { gt: 0 } } })).toBe(0)
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toHaveLength(1)
    const sends = (await sending.variantOf(postId)).steps.flatMap(({ attempts }) => attempts)
    expect(sends.filter(({ purpose }) => purpose === 'send').map(({ outcome }) => outcome)).not.toContain('refused')
  })

  async function filesFor(what: typeof brings, name: string): Promise<readonly string[]> {
    if (what === 'words') return []
    if (what === 'film') return [await posts.file(filmBytes(1024 * 1024, name), `${kind}.mp4`)]
    const picture = sharp({ create: { width: 900, height: 900, channels: 3, background: 'olive' } })
    return [await posts.file(await picture.jpeg().toBuffer(), `${kind}.jpg`)]
  }
})

// Not every server says that it has forgotten a file: older ones of Mastodon show the post without it.
test.for(['mastodon', 'bluesky', 'facebook'])(
  'a picture that %s may have dropped by now is brought anew',
  async (kind) => {
    const { owner, system } = sending
    const accountId = await connectAs(owner, kind)
    const picture = sharp({ create: { width: 900, height: 900, channels: 3, background: 'coral' } })
    const mediaId = await posts.file(await picture.jpeg().toBuffer(), `${kind}.jpg`)
    const text = `Two days old at ${kind}, #fault:429_until=1 x2`
    const { variantId, postId } = await posts.due(accountId, kind, text, [mediaId])
    await owner.db.circuit.deleteMany({ where: { accountId } })
    const uploadsOfPost = async () =>
      (await sending.variantOf(postId)).steps.flatMap(({ attempts }) =>
        attempts.filter(({ purpose, outcome }) => purpose === 'upload' && outcome === 'accepted'),
      )
    must(await publishVariant(system, { variantId }))
    await posts.pass(variantId)
    must(await publishVariant(system, { variantId }))
    expect(await uploadsOfPost()).toHaveLength(1)

    const { id, uploads } = await owner.db.step.findFirstOrThrow({ where: { variantId } })
    const at = new Date(Date.now() - 48 * 3_600_000).toISOString()
    const aged = Object.entries(Uploads.parse(uploads)).map(([key, upload]) => [key, { ...upload, at }])
    await owner.db.step.update({ where: { id }, data: { uploads: toJson(Object.fromEntries(aged)) } })
    await posts.pass(variantId)
    must(await publishVariant(system, { variantId }))
    expect(await sending.variantOf(postId)).toMatchObject({ state: 'published' })
    expect(await uploadsOfPost()).toHaveLength(2)
    expect(await sending.seen(text)).toMatchObject([{ mediaCount: 1 }])
  },
)

test('files that X says are invalid however often they are brought are refused in its words', async () => {
  const { owner, system, world } = sending
  const accountId = world.accounts.x
  const picture = sharp({ create: { width: 900, height: 900, channels: 3, background: 'khaki' } })
  const mediaId = await posts.file(await picture.jpeg().toBuffer(), 'invalid.jpg')
  const text = 'Invalid to X'
  const { variantId, postId } = await posts.due(accountId, 'x', text, [mediaId])
  await owner.db.circuit.deleteMany({ where: { accountId } })
  await ask(world.sandbox, '/faults', { network: 'x', fault: 'forget_prepared', times: 30 })
  expect(await posts.goOn(variantId)).toBe('refused')
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  const { reason, steps } = await sending.variantOf(postId)
  expect(reason).toEqual({
    kind: 'refused',
    message: 'X refused this post: X refused it: Your media IDs are invalid.',
  })
  const outcomes = steps.flatMap(({ attempts }) => attempts.filter(({ purpose }) => purpose === 'send'))
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['not_sent', 'not_sent', 'refused'])
  // A person may try: everything is brought once more.
  must(await settleVariant(owner, { variantId, answer: 'send_again' }))
  must(await publishVariant(system, { variantId }))
  expect(await sending.variantOf(postId)).toMatchObject({ state: 'published' })
})

test('what lapsed while the network was still at work on it is prepared anew', async () => {
  const { owner, system, world } = sending
  const accountId = await connectAs(owner, 'instagram')
  const film = await posts.file(filmBytes(1024 * 1024, 'slow'), 'slow.mp4')
  const text = 'Lapsed half prepared'
  const { variantId } = await posts.due(accountId, 'instagram', text, [film], { options: { format: 'reel' } })
  must(await publishVariant(system, { variantId }))
  const row = () => owner.db.variant.findUniqueOrThrow({ where: { id: variantId } })
  expect(await row()).toMatchObject({ waitingFor: 'media' })
  await ask(world.sandbox, '/clock', { advanceMs: 25 * 3_600_000 })
  await owner.db.variant.update({ where: { id: variantId }, data: { notBefore: null } })
  must(await publishVariant(system, { variantId }))
  expect(await row()).toMatchObject({
    state: 'scheduled',
    reason: { message: expect.stringContaining('it is prepared anew') },
  })
  expect(await posts.goOn(variantId)).toBe('published')
  expect(await sending.seen(text)).toHaveLength(1)
})

describe.for<{ kind: string; override?: PostOverride }>([
  { kind: 'instagram', override: { options: { format: 'reel' } } },
  { kind: 'threads' },
])('a container that $kind does not know any more', ({ kind, override }) => {
  /** A post whose container is there, sent as far as it comes until its variant is in such a state. */
  async function sentUntil(state: string, text: string) {
    const { owner, system } = sending
    const accountId = await connectAs(owner, kind)
    const film = kind === 'threads' ? [] : [await posts.file(filmBytes(1024 * 1024, text), `${kind}.mp4`)]
    const sent = await posts.due(accountId, kind, text, film, override)
    const row = () => owner.db.variant.findUniqueOrThrow({ where: { id: sent.variantId } })
    const isThere = async () => {
      const { state: now, waitingFor } = await row()
      return now === state && waitingFor !== 'media'
    }
    await owner.db.circuit.deleteMany({ where: { accountId } })
    must(await publishVariant(system, { variantId: sent.variantId }))
    for (let rounds = 0; rounds < 20 && !(await isThere()); rounds++) {
      await posts.pass(sent.variantId)
      must(await publishVariant(system, { variantId: sent.variantId }))
    }
    expect((await row()).state).toBe(state)
    return { ...sent, accountId, row }
  }
  const forget = (published: boolean) => ask(sending.world.sandbox, '/forget', { network: kind, published })

  test('and never published is prepared anew, and its post goes out once', async () => {
    const text = `Unknown to ${kind}, #fault:429_until=1`
    const { variantId, row } = await sentUntil('scheduled', text)
    await forget(false)
    await posts.pass(variantId)
    must(await publishVariant(sending.system, { variantId }))
    expect((await row()).reason).toMatchObject({ message: expect.stringContaining('it is prepared anew') })
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toHaveLength(1)
  })

  test('but published is found by what the account shows, and not published again', async () => {
    const text = `Unknown and shown by ${kind}, #fault:timeout_after_accept`
    const { variantId } = await sentUntil('unknown', text)
    await forget(true)
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toHaveLength(1)
  })

  test('after a try in doubt is a person’s, whose word lets it be prepared anew', async () => {
    const { owner, system } = sending
    const text = `Unknown in doubt to ${kind}, #fault:drop_request`
    const { variantId, postId, row } = await sentUntil('unknown', text)
    // The container says that nothing was published: it waits to be sent again.
    await posts.pass(variantId)
    must(await reconcileVariant(system, { variantId }))
    expect((await row()).state).toBe('scheduled')
    await forget(true)
    must(await publishVariant(system, { variantId }))
    expect(await sending.variantOf(postId)).toMatchObject({
      state: 'needs_person',
      reason: { kind: 'unknown', message: expect.stringContaining('may have it from an earlier try') },
    })
    must(await settleVariant(owner, { variantId, answer: 'send_again' }))
    expect(await posts.goOn(variantId)).toBe('published')
    expect(await sending.seen(text)).toHaveLength(1)
  })
})
