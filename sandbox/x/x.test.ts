import { createServer } from 'node:http'
import sharp from 'sharp'
import { ApiResponseError, TwitterApi } from 'twitter-api-v2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '..'
import { decideConsent } from '../person'
import { sign } from './webhooks'
import { LoopbackAgent, hasSpec, makeJudge, specFile, wiretap } from './judge'

const redirectUri = 'http://127.0.0.1:3000/api/oauth/callback/x'
const scope = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'] as const
/** The head of an MP4 file: enough for anyone who looks at what a file is. */
const mp4 = Buffer.concat([
  Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'),
  Buffer.alloc(2_000_000),
])

let sandbox: Sandbox
let tap: Awaited<ReturnType<typeof wiretap>>
let agent: LoopbackAgent
let app: TwitterApi

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  tap = await wiretap(sandbox.networks.x?.url ?? '')
  agent = new LoopbackAgent(tap.port)
  app = new TwitterApi({ clientId: 'my-app', clientSecret: 'sandbox-secret' }, { httpAgent: agent })
})
afterAll(async () => {
  await tap.close()
  await sandbox.close()
})

async function signIn(handle: string, scopes: readonly (typeof scope)[number][] = scope) {
  const link = app.generateOAuth2AuthLink(redirectUri, { scope: [...scopes] })
  const at = new URL(link.url)
  const back = await decideConsent(sandbox.networks.x?.url + at.pathname + at.search, handle)
  expect(back.state).toBe(link.state)
  return { code: back.code ?? '', codeVerifier: link.codeVerifier }
}

async function clientFor(handle: string) {
  return app.loginWithOAuth2({ ...(await signIn(handle)), redirectUri })
}

async function refusal(of: Promise<unknown>): Promise<ApiResponseError> {
  try {
    await of
  } catch (error) {
    if (error instanceof ApiResponseError) return error
    throw error
  }
  throw new Error('It was not refused')
}

describe('signing in', () => {
  test('twitter-api-v2 signs in with PKCE and sees the account', async () => {
    const { client, accessToken, refreshToken, expiresIn } = await clientFor('northwind')
    expect(accessToken).not.toBe('')
    expect(refreshToken).toBeDefined()
    expect(expiresIn).toBe(7200)
    const { data } = await client.v2.me({ 'user.fields': ['public_metrics'] })
    expect(data).toMatchObject({ username: 'northwind', name: 'Northwind Coffee', public_metrics: { post_count: 0 } })
  })

  test('a code is good once, for its verifier, and for 30 seconds', async () => {
    const first = await signIn('northwind')
    expect(
      (await refusal(app.loginWithOAuth2({ ...first, codeVerifier: 'x'.repeat(64), redirectUri }))).data,
    ).toMatchObject({ error: 'invalid_request' })
    expect((await refusal(app.loginWithOAuth2({ ...first, redirectUri }))).code).toBe(400)
    const late = await signIn('northwind')
    await admin('/clock', { advanceMs: 30_001 })
    expect((await refusal(app.loginWithOAuth2({ ...late, redirectUri }))).code).toBe(400)
  })

  test('a refresh gives a new pair and kills the old one', async () => {
    const { client, refreshToken = '' } = await clientFor('northwind')
    const next = await app.refreshOAuth2Token(refreshToken)
    expect(next.refreshToken).not.toBe(refreshToken)
    expect((await next.client.v2.me()).data.username).toBe('northwind')
    expect((await refusal(client.v2.me())).code).toBe(401)
    expect((await refusal(app.refreshOAuth2Token(refreshToken))).data).toMatchObject({
      error: 'invalid_request',
      error_description: 'Value passed for the token was invalid.',
    })
  })

  test('an access token dies after two hours, a wrong client secret at once, and a scope that was not granted is missed', async () => {
    const { client } = await clientFor('northwind')
    await admin('/clock', { advanceMs: 2 * 3_600_000 })
    expect((await refusal(client.v2.me())).code).toBe(401)
    const thief = new TwitterApi({ clientId: 'my-app', clientSecret: 'guessed' }, { httpAgent: agent })
    expect((await refusal(thief.loginWithOAuth2({ ...(await signIn('northwind')), redirectUri }))).code).toBe(401)
    const reader = await app.loginWithOAuth2({
      ...(await signIn('northwind', ['tweet.read', 'users.read'])),
      redirectUri,
    })
    expect(reader.refreshToken).toBeUndefined()
    expect((await refusal(reader.client.v2.tweet('No right to'))).code).toBe(403)
  })

  test('a person who cancels is sent back with access_denied', async () => {
    const link = app.generateOAuth2AuthLink(redirectUri, { scope: [...scope] })
    const at = new URL(link.url)
    const back = await decideConsent(sandbox.networks.x?.url + at.pathname + at.search, 'northwind', 'cancel')
    expect(back.error).toBe('access_denied')
  })
})

describe('posting', () => {
  test('a thread with a link is kept, listed newest first in pages, and shown to readers', async () => {
    const { client } = await clientFor('northwind')
    const { data: me } = await client.v2.me()
    const first = await client.v2.tweet('New roast & a story: https://example.com/roast?a=1 #coffee')
    expect(first.data.text).toMatch(/^New roast &amp; a story: https:\/\/t\.co\/\w{10} #coffee$/)
    const second = await client.v2.reply('It begins in the harbour.', first.data.id)
    const page = await client.v2.userTimeline(me.id, {
      max_results: 5,
      'tweet.fields': ['created_at', 'entities', 'public_metrics'],
    })
    expect(page.tweets.slice(0, 2).map((t) => t.id)).toEqual([second.data.id, first.data.id])
    const asked = await client.v2.get<{
      data: { referenced_posts?: { id: string }[] }[]
      includes: { posts: { id: string }[] }
    }>(`users/${me.id}/tweets`, { max_results: 5, expansions: 'referenced_posts' })
    expect(asked.data[0]?.referenced_posts).toEqual([{ type: 'replied_to', id: first.data.id }])
    expect(asked.includes.posts.map((p) => p.id)).toEqual([first.data.id])
    expect(page.tweets[1]?.entities?.urls[0]?.expanded_url).toBe('https://example.com/roast?a=1')
    for (const n of [1, 2, 3, 4, 5]) await client.v2.tweet(`Post number ${n}`)
    const all: string[] = []
    for await (const t of await client.v2.userTimeline(me.id, { max_results: 5 })) all.push(t.id)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toContain(first.data.id)
    const since = await client.v2.userTimeline(me.id, {
      max_results: 5,
      start_time: new Date(Date.now() + 60 * 86_400_000).toISOString(),
    })
    expect(since.tweets).toEqual([])

    const shown = await (await fetch(`${sandbox.networks.x?.url}/northwind/status/${first.data.id}`)).text()
    expect(shown).toContain('href="https://example.com/roast?a=1"')
    expect(shown).toContain('It begins in the harbour.')
    expect((await fetch(`${sandbox.networks.x?.url}/i/web/status/${first.data.id}`)).status).toBe(200)
  })

  test('pictures keep their alt text, videos are processed first, and a wrong kind of file is refused', async () => {
    const { client } = await clientFor('northwind')
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } })
      .png()
      .toBuffer()
    const picture = await client.v2.uploadMedia(png, { media_type: 'image/png', media_category: 'tweet_image' })
    await client.v2.createMediaMetadata(picture, { alt_text: { text: 'A dark square' } })
    const posted = await client.v2.tweet('Look', { media: { media_ids: [picture] } })
    const shown = await (await fetch(`${sandbox.networks.x?.url}/northwind/status/${posted.data.id}`)).text()
    expect(shown).toContain('alt="A dark square"')

    const started = await client.v2.post<{ data: { id: string } }>('media/upload/initialize', {
      media_type: 'video/mp4',
      total_bytes: mp4.length,
      media_category: 'tweet_video',
    })
    for (const [i, from] of [0, 1_000_000, 2_000_000].entries()) {
      await client.v2.post(
        `media/upload/${started.data.id}/append`,
        { segment_index: i, media: mp4.subarray(from, from + 1_000_000) },
        { forceBodyMode: 'form-data' },
      )
    }
    const finalized = await client.v2.post<{ data: { processing_info: { state: string } } }>(
      `media/upload/${started.data.id}/finalize`,
    )
    expect(finalized.data.processing_info.state).toBe('pending')
    expect(
      (await refusal(client.v2.tweet('Too soon', { media: { media_ids: [started.data.id] } }))).data,
    ).toMatchObject({ errors: [{ message: 'Your media IDs are invalid.' }] })
    await admin('/clock', { advanceMs: 1_000 })
    const halfway = await client.v2.get<{ data: { processing_info: { state: string } } }>('media/upload', {
      command: 'STATUS',
      media_id: started.data.id,
    })
    expect(halfway.data.processing_info.state).toBe('in_progress')
    await admin('/clock', { advanceMs: 2_000 })
    await client.v2.tweet('A film', { media: { media_ids: [started.data.id] } })

    const renamed = client.v2.uploadMedia(Buffer.from('no film at all'), {
      media_type: 'video/mp4',
      media_category: 'tweet_video',
    })
    await expect(renamed).rejects.toThrow('Media processing failed')
  })

  test('what X refuses is refused in its words', async () => {
    const { client } = await clientFor('northwind_help')
    await client.v2.tweet('The same words')
    const twice = await refusal(client.v2.tweet('The same words'))
    expect(twice.code).toBe(403)
    expect(twice.data.detail).toBe('You are not allowed to create a Tweet with duplicate content.')
    expect((await refusal(client.v2.tweet('x'.repeat(281)))).code).toBe(400)
    await client.v2.tweet('x'.repeat(256) + ' https://example.com/' + 'y'.repeat(200))
    await client.v2.tweet('👩‍👩‍👧‍👦'.repeat(140))
    expect((await refusal(client.v2.tweet('👩‍👩‍👧‍👦'.repeat(141)))).code).toBe(400)
    expect((await refusal(client.v2.tweet('$AAPL and $MSFT'))).code).toBe(403)
    expect((await refusal(client.v2.tweet('Choose', { poll: { options: ['one'], duration_minutes: 60 } }))).code).toBe(
      400,
    )
    const others = await (await clientFor('nora_winter')).client.v2.tweet('Nobody is asked')
    expect((await refusal(client.v2.reply('I answer anyway', others.data.id))).code).toBe(403)
    const summons = await (await clientFor('nora_winter')).client.v2.tweet('A question for @northwind_help')
    await client.v2.reply('An answer', summons.data.id)
  })

  test('who has a plan may write more: the post is cut short, and its note has all of it', async () => {
    const { client } = await clientFor('northwind_long')
    const { data: me } = await client.v2.me({ 'user.fields': ['subscription_type', 'verified_type'] })
    expect(me).toMatchObject({ subscription_type: 'Premium', verified_type: 'blue' })
    const text = `${'Long reads, and short ones. '.repeat(30)}See https://example.com/long#reads`
    const posted = await client.v2.tweet(text)
    const { data: read } = await client.v2.get<{ data: { text: string; note_post?: { text: string } } }>(
      `tweets/${posted.data.id}`,
      { 'post.fields': 'note_post,entities' },
    )
    expect(read.text).toBe(posted.data.text)
    expect(read.text).toMatch(/^Long reads.*…$/)
    expect(read.note_post?.text).toMatch(/^(Long reads, and short ones\. ){30}See https:\/\/t\.co\/\w{10}$/)
    expect((await refusal(client.v2.tweet('x'.repeat(25_001)))).code).toBe(400)
  })

  test('a deleted post is gone for readers and for the API, and its words may be used again', async () => {
    const { client } = await clientFor('northwind')
    const { data } = await client.v2.tweet('Soon gone')
    expect((await client.v2.deleteTweet(data.id)).data.deleted).toBe(true)
    expect((await client.v2.deleteTweet(data.id)).data.deleted).toBe(true)
    const read = await client.v2.tweets([data.id])
    expect(read.data).toBeUndefined()
    expect(read.errors?.[0]?.title).toBe('Not Found Error')
    expect((await fetch(`${sandbox.networks.x?.url}/northwind/status/${data.id}`)).status).toBe(410)
    await client.v2.tweet('Soon gone')
  })

  test('figures grow with time and never fall', async () => {
    const { client } = await clientFor('northwind')
    const { data } = await client.v2.tweet('How far will it go?')
    const read = async () =>
      (await client.v2.tweets([data.id], { 'tweet.fields': ['public_metrics'] })).data[0]?.public_metrics
        ?.impression_count ?? -1
    const seen: number[] = [await read()]
    for (let hour = 0; hour < 3; hour += 1) {
      await admin('/clock', { advanceMs: 1_800_000 })
      seen.push(await read())
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('the hundred-and-first post in a quarter of an hour is told when to come back', async () => {
    await admin('/accounts', { network: 'x', handle: 'chatty', name: 'Chatty' })
    const { client } = await clientFor('chatty')
    for (let i = 0; i < 100; i += 1) await client.v2.tweet(`Post ${i}`)
    const stopped = await refusal(client.v2.tweet('One more'))
    expect(stopped.code).toBe(429)
    expect(stopped.rateLimit).toMatchObject({ limit: 100, remaining: 0 })
    expect((stopped.rateLimit?.reset ?? 0) * 1000).toBeGreaterThan(Date.now())
    await admin('/clock', { advanceMs: 15 * 60_000 })
    await client.v2.tweet('One more')
  })
})

test('an app manages its webhooks with its own bearer', async () => {
  const receiver = createServer((request, response) => {
    const crc = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('crc_token') ?? ''
    response.end(JSON.stringify({ response_token: sign(crc, 'sandbox-secret') }))
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  const hookUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  const at = `http://127.0.0.1:${tap.port}`
  const token = await fetch(`${at}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('my-app:sandbox-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const headers = { authorization: `Bearer ${(await token.json()).access_token}`, 'content-type': 'application/json' }
  const call = async (method: string, path: string, body?: object) =>
    (await fetch(at + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })).json()
  const hook = await call('POST', '/2/webhooks', { url: hookUrl })
  expect((await call('GET', '/2/webhooks')).data).toEqual([hook.data])
  expect(await call('PUT', `/2/webhooks/${hook.data.id}`)).toEqual({ data: { valid: true } })
  const made = await call('POST', '/2/activity/subscriptions', {
    event_type: 'post.create',
    filter: { user_id: '1500000000000000001' },
    webhook_id: hook.data.id,
    tag: 'ours',
  })
  expect((await call('GET', '/2/activity/subscriptions')).data).toHaveLength(1)
  expect(await call('DELETE', `/2/activity/subscriptions/${made.data.subscription.subscription_id}`)).toEqual({
    data: { deleted: true },
  })
  receiver.closeAllConnections()
  receiver.close()
  expect(await call('PUT', `/2/webhooks/${hook.data.id}`)).toEqual({ data: { valid: false } })
  expect(await call('DELETE', `/2/webhooks/${hook.data.id}`)).toEqual({ data: { deleted: true } })
})

describe.skipIf(!hasSpec)(`by ${specFile}`, () => {
  test('every request of twitter-api-v2 and every answer of the sandbox in the tests above is what X describes', async () => {
    const judge = await makeJudge()
    // X's description covers /2 except the token endpoint.
    const judged = tap.exchanges.filter((e) => e.path.startsWith('/2/') && !e.path.startsWith('/2/oauth2/'))
    expect(judged.length).toBeGreaterThan(50)
    const complaints = new Set<string>()
    for (const exchange of judged) for (const c of await judge(exchange)) complaints.add(c)
    expect([...complaints]).toEqual([])
  })
})
if (!hasSpec) console.warn(`Skipped: ${specFile} is absent`)

async function admin(path: string, body: unknown): Promise<void> {
  const answer = await fetch(sandbox.url + path, { method: 'POST', body: JSON.stringify(body) })
  expect(answer.ok).toBe(true)
}
