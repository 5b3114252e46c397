import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '.'
import { type Ending, type Speaker, admin, parse, tinyFilm } from './core/speaking.fixture'
import { heard } from './heard.fixture'
import { networks } from './networks'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())
beforeEach(() => admin(sandbox, 'POST', '/reset'))

const key = '3lbxyzabcde2k'

function saysOf(network: string) {
  const says = heard.get(network)
  if (!says) throw new Error(`Nobody speaks on ${network}`)
  return says
}

let spoken = 0
const speaker = (network: string): Promise<Speaker> => saysOf(network).speak(sandbox, (spoken += 1))

function ending(of: Ending): number | string {
  return typeof of === 'string' ? of : of.status
}

async function effectCount(network: string, text: string): Promise<number> {
  const effects: { text: string }[] = await admin(sandbox, 'GET', `/effects?network=${network}`)
  return effects.filter((e) => e.text === text).length
}

test('every network that is imitated is asked', () => {
  expect([...heard.keys()].toSorted()).toEqual(networks.map(({ name }) => name).toSorted())
})

describe.each([...heard])('on %s', (network, { operation, twin, created, expired, limited, tooLong }) => {
  test.each([
    { fault: 'drop_request', ends: 'cut', effects: 0 },
    { fault: 'timeout_after_accept', ends: 'silence', effects: 1 },
    { fault: 'reset_after_accept', ends: 'cut', effects: 1 },
    { fault: '500_after_accept', ends: 500, effects: 1 },
    { fault: '429_until', ends: limited, effects: 0 },
    { fault: 'expired_token', ends: expired, effects: 0 },
  ])('$fault, ordered by the admin, ends in $ends with $effects effects, once', async ({ fault, ends, effects }) => {
    const text = 'Fresh beans today'
    let author = await speaker(network)
    await admin(sandbox, 'POST', '/faults', { network, fault, operation })
    expect(ending(await author.publish(text, key))).toBe(ends)
    expect(await effectCount(network, text)).toBe(effects)
    if (fault === 'expired_token') author = await speaker(network)
    expect(ending(await author.publish(text, key))).toBe(effects === 1 ? (twin ?? created) : created)
    const isShownTwice = effects === 1 && twin === undefined
    expect(await effectCount(network, text)).toBe(isShownTwice ? 2 : 1)
    expect((await admin(sandbox, 'GET', '/effects/duplicates')).count).toBe(isShownTwice ? 1 : 0)
  })

  test.each([
    { fault: 'drop_request', ends: 'cut', effects: 0 },
    { fault: 'timeout_after_accept', ends: 'silence', effects: 1 },
    { fault: 'reset_after_accept', ends: 'cut', effects: 1 },
    { fault: '500_after_accept', ends: 500, effects: 1 },
    { fault: '429_until', ends: limited, effects: 0 },
  ])('$fault, asked for in the text, fires once for that text', async ({ fault, ends, effects }) => {
    const author = await speaker(network)
    const text = `Beans #fault:${fault}`
    expect(ending(await author.publish(text, key))).toBe(ends)
    expect(await effectCount(network, text)).toBe(effects)
    expect(ending(await author.publish(text, key))).toBe(effects === 1 ? (twin ?? created) : created)
    expect(await effectCount(network, text)).toBe(effects === 1 && twin === undefined ? 2 : 1)
  })

  test('a post that is hidden for a while is an effect at once, and in no listing until then', async () => {
    const author = await speaker(network)
    const text = 'Late #fault:delayed_visibility=60000'
    expect(ending(await author.publish(text))).toBe(created)
    expect(await effectCount(network, text)).toBe(1)
    expect(await author.list()).toEqual([])
    await admin(sandbox, 'POST', '/clock', { advanceMs: 60_000 })
    expect(await author.list()).toEqual([text])
  })

  test('two faults meet in one call: accepted, never answered, and not yet to be seen', async () => {
    const author = await speaker(network)
    const text = 'Worst #fault:timeout_after_accept #fault:delayed_visibility=60000'
    expect(await author.publish(text)).toBe('silence')
    expect(await effectCount(network, text)).toBe(1)
    expect(await author.list()).toEqual([])
  })

  test('a fault may fire several times, and then no more', async () => {
    const author = await speaker(network)
    const text = 'Patience #fault:429_until=5 x3'
    const endings = []
    for (let i = 0; i < 4; i += 1) endings.push(ending(await author.publish(text)))
    expect(endings).toEqual([limited, limited, limited, created])
    expect(await effectCount(network, text)).toBe(1)
  })

  test('a refusal does not use up a fault that waits for acceptance', async () => {
    const author = await speaker(network)
    await admin(sandbox, 'POST', '/faults', { network, fault: '500_after_accept', operation })
    expect(ending(await author.publish('x'.repeat(tooLong)))).toBeLessThan(500)
    expect((await admin(sandbox, 'GET', '/faults')).faults[0].left).toBe(1)
    expect(ending(await author.publish('Short'))).toBe(500)
    expect((await admin(sandbox, 'GET', '/faults')).faults[0].left).toBe(0)
  })

  test('orders aim: another account and another operation are left alone, and a cleared order never fires', async () => {
    const author = await speaker(network)
    await admin(sandbox, 'POST', '/faults', { network, fault: 'drop_request', account: 'somebody-else' })
    await admin(sandbox, 'POST', '/faults', { network, fault: 'drop_request', operation: 'delete' })
    expect(ending(await author.publish('Untouched'))).toBe(created)
    await admin(sandbox, 'POST', '/faults', { network, fault: 'drop_request', operation: '*' })
    await admin(sandbox, 'DELETE', '/faults')
    expect(await author.list()).toEqual(['Untouched'])
  })
})

test('429_until names its instant in each network’s own header and unit', async () => {
  const soon = Date.now() / 1000 + 40
  const x = await (await speaker('x')).publish('a #fault:429_until=40')
  const bluesky = await (await speaker('bluesky')).publish('a #fault:429_until=40')
  const linkedin = await (await speaker('linkedin')).publish('a #fault:429_until=40')
  const mastodon = await (await speaker('mastodon')).publish('a #fault:429_until=40')
  const header = (of: Ending, name: string) => (typeof of === 'string' ? of : of.headers.get(name))
  expect(header(x, 'x-rate-limit-remaining')).toBe('0')
  expect(Math.abs(Number(header(x, 'x-rate-limit-reset')) - soon)).toBeLessThan(5)
  expect(parse(x)).toMatchObject({ status: 429, title: 'Too Many Requests' })
  expect(Math.abs(Number(header(bluesky, 'ratelimit-reset')) - soon)).toBeLessThan(5)
  expect(parse(bluesky)).toMatchObject({ error: 'RateLimitExceeded' })
  expect(Math.abs(Date.parse(header(mastodon, 'x-ratelimit-reset') ?? '') / 1000 - soon)).toBeLessThan(5)
  expect(parse(mastodon)).toEqual({ error: 'Too many requests' })
  expect(header(linkedin, 'retry-after')).toBe('40')
  const facebook = await (await speaker('facebook')).publish('a #fault:429_until=40')
  // Meta counts in minutes.
  expect(header(facebook, 'x-business-use-case-usage')).toContain('"estimated_time_to_regain_access":1}')
  expect(parse(facebook)).toMatchObject({ error: { code: 80_001 } })
  expect(parse(linkedin)).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' })
})

test('slow_media makes a film take as long as ordered, and nothing is posted meanwhile', async () => {
  const film = tinyFilm()
  for (const network of heard.keys())
    await admin(sandbox, 'POST', '/faults', { network, fault: 'slow_media', param: 60_000 })
  const readers: (() => Promise<string>)[] = []

  const x = await speaker('x')
  const started = parse(
    await x.call('POST', '/2/media/upload/initialize', {
      media_type: 'video/mp4',
      total_bytes: film.length,
      media_category: 'tweet_video',
    }),
  )
  await x.call('POST', `/2/media/upload/${started.data.id}/append`, {
    segment_index: 0,
    media: film.toString('base64'),
  })
  await x.call('POST', `/2/media/upload/${started.data.id}/finalize`)
  readers.push(
    async () =>
      parse(await x.call('GET', `/2/media/upload?command=STATUS&media_id=${started.data.id}`)).data.processing_info
        .state,
  )

  const page = await speaker('linkedin')
  const { value } = parse(
    await page.call('POST', '/rest/videos?action=initializeUpload', {
      initializeUploadRequest: { owner: page.account, fileSizeBytes: film.length },
    }),
  )
  const part = await page.call('PUT', new URL(value.uploadInstructions[0].uploadUrl).pathname, film)
  const etag = typeof part === 'string' ? part : part.headers.get('etag')
  await page.call('POST', '/rest/videos?action=finalizeUpload', {
    finalizeUploadRequest: { video: value.video, uploadToken: value.uploadToken, uploadedPartIds: [etag] },
  })
  readers.push(async () => parse(await page.call('GET', `/rest/videos/${encodeURIComponent(value.video)}`)).status)

  const bluesky = await speaker('bluesky')
  const did = parse(await bluesky.call('GET', '/xrpc/com.atproto.server.getSession')).did
  const job = parse(await bluesky.call('POST', `/xrpc/app.bsky.video.uploadVideo?did=${did}`, film))
  readers.push(
    async () =>
      parse(await bluesky.call('GET', `/xrpc/app.bsky.video.getJobStatus?jobId=${job.jobId}`)).jobStatus.state,
  )

  const facebook = await speaker('facebook')
  const reel = parse(await facebook.call('POST', `/v26.0/${facebook.account}/video_reels`, { upload_phase: 'start' }))
  await facebook.call('POST', new URL(reel.upload_url).pathname, film, { offset: '0', file_size: String(film.length) })
  const end = { upload_phase: 'finish', video_id: reel.video_id, video_state: 'PUBLISHED' }
  await facebook.call('POST', `/v26.0/${facebook.account}/video_reels`, end)
  readers.push(
    async () => parse(await facebook.call('GET', `/v26.0/${reel.video_id}?fields=status`)).status.video_status,
  )

  const instagram = await speaker('instagram')
  const wish = { media_type: 'REELS', upload_type: 'resumable' }
  const made = parse(await instagram.call('POST', `/v26.0/${instagram.account}/media`, wish))
  await instagram.call('POST', new URL(made.uri).pathname, film, { offset: '0', file_size: String(film.length) })
  readers.push(async () => parse(await instagram.call('GET', `/v26.0/${made.id}?fields=status_code`)).status_code)

  const mastodon = await speaker('mastodon')
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(film)], { type: 'video/mp4' }), 'film.mp4')
  const sent = await mastodon.call('POST', '/api/v2/media', form)
  readers.push(async () => {
    const status = await mastodon.call('GET', `/api/v1/media/${parse(sent).id}`)
    return typeof status === 'string' ? status : String(status.status)
  })

  const states = () => Promise.all(readers.map((read) => read()))
  await admin(sandbox, 'POST', '/clock', { advanceMs: 30_000 })
  expect(await states()).toEqual([
    'in_progress',
    'PROCESSING',
    'JOB_STATE_ENCODING',
    'processing',
    'IN_PROGRESS',
    '206',
  ])
  await admin(sandbox, 'POST', '/clock', { advanceMs: 35_000 })
  expect(await states()).toEqual(['succeeded', 'AVAILABLE', 'JOB_STATE_COMPLETED', 'ready', 'FINISHED', '200'])
  // On Facebook the end of an upload is the post: it is there, and seen when it is processed.
  const effects: { network: string }[] = await admin(sandbox, 'GET', '/effects')
  expect(effects.map((e) => e.network)).toEqual(['facebook'])
})

test('a duplicate is a fact: the sandbox counts it when the network lets it pass', async () => {
  const bluesky = await speaker('bluesky')
  await bluesky.publish('Twice')
  await bluesky.publish('Twice')
  const found = await admin(sandbox, 'GET', '/effects/duplicates')
  expect(found.count).toBe(1)
  expect(found.duplicates[0]).toHaveLength(2)
  await admin(sandbox, 'POST', '/settings', { refuseDuplicates: false })
  const x = await speaker('x')
  await x.publish('Twice')
  expect(ending(await x.publish('Twice'))).toBe(201)
  expect((await admin(sandbox, 'GET', '/effects/duplicates?network=x')).count).toBe(1)
})

test('without rate limits a thousand posts pass', async () => {
  await admin(sandbox, 'POST', '/settings', { rateLimits: false })
  const x = await speaker('x')
  for (let i = 0; i < 1_000; i += 1) expect(ending(await x.publish(`Post ${i}`))).toBe(201)
})
