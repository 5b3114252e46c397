import { createHmac } from 'node:crypto'
import { type Server, createServer } from 'node:http'
import { Readable } from 'node:stream'
import { auth, youtube as makeClient, type youtube_v3 } from '@googleapis/youtube'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type Sandbox, startSandbox } from '..'
import { decideConsent } from '../person'
import { admin } from '../core/speaking.fixture'

let sandbox: Sandbox
let root = ''
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  root = sandbox.networks.youtube?.url ?? ''
})
afterAll(() => sandbox.close())
beforeEach(() => admin(sandbox, 'POST', '/reset'))

const redirectUri = 'http://127.0.0.1:3000/callback'
const scope = (name: string) => `https://www.googleapis.com/auth/${name}`
const allScopes = ['youtube.upload', 'youtube.force-ssl', 'youtube.readonly'].map(scope)

async function consent(handle: string, more: Record<string, string> = {}, scopes = allScopes) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'tests',
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state: 's',
    access_type: 'offline',
    prompt: 'consent',
    ...more,
  })
  const { code = '' } = await decideConsent(`${root}/o/oauth2/v2/auth?${query}`, handle)
  const project: Record<string, string> = more.client_id ? { client_id: more.client_id } : {}
  return grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...project })
}
const grant = async (fields: Record<string, string>) =>
  (
    await fetch(`${root}/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'tests', client_secret: 'sandbox-secret', ...fields }),
    })
  ).json()

/** Google's own client, told nothing but where the API is. */
async function client(
  handle = 'northwind',
  project: Record<string, string> = {},
): Promise<{ api: youtube_v3.Youtube; token: string }> {
  const { access_token } = await consent(handle, project)
  const signedIn = new auth.OAuth2()
  signedIn.setCredentials({ access_token })
  // Its retries would hide what the sandbox answers.
  return { api: makeClient({ version: 'v3', auth: signedIn, rootUrl: `${root}/`, retry: false }), token: access_token }
}

const film = (size = 2_000) =>
  Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), Buffer.alloc(size - 24, 'x')])

/** Where files go, the client wants to be told with each call. */
const there = () => ({ rootUrl: `${root}/` })

const insert = (
  api: youtube_v3.Youtube,
  title: string,
  more: youtube_v3.Schema$VideoStatus = {},
  description = title,
) =>
  api.videos.insert(
    {
      part: ['snippet', 'status'],
      requestBody: { snippet: { title, description }, status: { privacyStatus: 'public', ...more } },
      media: { mimeType: 'video/mp4', body: Readable.from(film()) },
    },
    there(),
  )
const turn = (advanceMs: number) => admin(sandbox, 'POST', '/clock', { advanceMs })
const Refusal = z.object({
  response: z.object({
    data: z.object({ error: z.object({ errors: z.array(z.object({ reason: z.string() })).min(1) }) }),
  }),
})
const reasonOf = async (answer: Promise<unknown>): Promise<string | undefined> => {
  try {
    await answer
    return undefined
  } catch (error) {
    return Refusal.parse(error).response.data.error.errors[0]?.reason
  }
}

describe('driven by Google’s own client, unchanged', () => {
  test('a channel shows itself, its playlists and the categories', async () => {
    const { api } = await client()
    const channel = (await api.channels.list({ part: ['snippet', 'contentDetails'], mine: true })).data.items?.[0]
    expect(channel?.snippet?.customUrl).toBe('@northwind')
    expect(channel?.contentDetails?.relatedPlaylists?.uploads).toMatch(/^UU/)
    expect((await api.playlists.list({ part: ['snippet'], mine: true })).data.items).toHaveLength(2)
    const categories = await api.videoCategories.list({ part: ['snippet'], regionCode: 'US' })
    expect(categories.data.items?.find(({ id }) => id === '22')?.snippet?.title).toBe('People & Blogs')
  })

  test('a video is uploaded, worked on, listed, put into a playlist, given a thumbnail, and deleted', async () => {
    const { api } = await client()
    const made = (await insert(api, 'Fresh beans', { selfDeclaredMadeForKids: false, containsSyntheticMedia: true }))
      .data
    const id = made.id ?? ''
    expect([id.length, made.status?.uploadStatus]).toEqual([11, 'uploaded'])
    await turn(4_000)
    const video = (await api.videos.list({ part: ['snippet', 'status', 'statistics'], id: [id] })).data.items?.[0]
    expect(video).toMatchObject({
      snippet: { title: 'Fresh beans', categoryId: '22' },
      status: { uploadStatus: 'processed', privacyStatus: 'public', containsSyntheticMedia: true },
      statistics: { viewCount: expect.stringMatching(/^\d+$/) },
    })
    const playlistId = (await api.playlists.list({ part: ['snippet'], mine: true })).data.items?.[0]?.id ?? ''
    await api.playlistItems.insert({
      part: ['snippet'],
      requestBody: { snippet: { playlistId, resourceId: { kind: 'youtube#video', videoId: id } } },
    })
    const held = await api.playlistItems.list({ part: ['contentDetails'], playlistId })
    expect(held.data.items?.map(({ contentDetails }) => contentDetails?.videoId)).toEqual([id])
    const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex')
    const set = await api.thumbnails.set(
      { videoId: id, media: { mimeType: 'image/png', body: Readable.from(png) } },
      there(),
    )
    expect(set.data.items?.[0]?.default?.url).toContain('/media/')
    expect((await fetch(`${root}/watch?v=${id}`)).status).toBe(200)
    expect((await api.videos.delete({ id })).status).toBe(204)
    expect(await reasonOf(api.videos.delete({ id }))).toBe('videoNotFound')
    expect((await fetch(`${root}/watch?v=${id}`)).status).toBe(410)
  })

  test('people comment and are answered, and YouTube’s threads are two deep', async () => {
    const { api } = await client()
    const nowhere = { network: 'youtube', account: 'northwind', kind: 'comment', text: 'Under what?' }
    const refused = await fetch(`${sandbox.url}/speak`, { method: 'POST', body: JSON.stringify(nowhere) })
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('without a post')])
    const videoId = (await insert(api, 'Talk to us')).data.id ?? ''
    const { id } = await admin(sandbox, 'POST', '/speak', {
      network: 'youtube',
      account: 'northwind',
      kind: 'comment',
      by: { handle: 'tea_person', name: 'Tea Person' },
      text: 'And tea?',
      on: videoId,
    })
    const dm = { ...nowhere, kind: 'dm', on: videoId }
    expect((await fetch(`${sandbox.url}/speak`, { method: 'POST', body: JSON.stringify(dm) })).status).toBe(409)
    const answer = (
      await api.comments.insert({
        part: ['snippet'],
        requestBody: { snippet: { parentId: id, textOriginal: 'Soon!' } },
      })
    ).data
    expect(answer.id).toMatch(new RegExp(`^${id}\\.`))
    expect(
      await reasonOf(
        api.comments.insert({
          part: ['snippet'],
          requestBody: { snippet: { parentId: answer.id ?? '', textOriginal: 'Deeper' } },
        }),
      ),
    ).toBe('parentCommentNotFound')
    const threads = await api.commentThreads.list({ part: ['snippet', 'replies'], videoId })
    expect(threads.data.items).toMatchObject([
      {
        id,
        snippet: {
          totalReplyCount: 1,
          topLevelComment: { snippet: { textDisplay: 'And tea?', authorDisplayName: '@tea_person' } },
        },
        replies: { comments: [{ id: answer.id, snippet: { textOriginal: 'Soon!', parentId: id } }] },
      },
    ])
    expect(threads.data.items?.[0]?.snippet?.topLevelComment?.snippet?.textOriginal).toBeUndefined()
    const replies = await api.comments.list({ part: ['snippet'], parentId: id })
    expect(replies.data.items).toHaveLength(1)
    expect(
      (await api.videos.list({ part: ['statistics'], id: [videoId] })).data.items?.[0]?.statistics?.commentCount,
    ).toBe('2')
  })

  test('threads come newest first, a hundred at a time, with five of their answers, and no answer moves its thread', async () => {
    const { api } = await client()
    const videoId = (await insert(api, 'Much to say')).data.id ?? ''
    const say = async (text: string, on: string, times = 1): Promise<string> => {
      const words = { network: 'youtube', account: 'northwind', kind: 'comment', text, on, times }
      const { id } = await admin(sandbox, 'POST', '/speak', words)
      await admin(sandbox, 'POST', '/clock', { advanceMs: 1_000 })
      return id
    }
    const old = await say('Old', videoId)
    await say('Of today', videoId, 100)
    await say('Answer', old, 7)
    const asked = { part: ['snippet', 'replies'], videoId, order: 'time' as const, maxResults: 100 }
    const first = (await api.commentThreads.list(asked)).data
    expect([first.items?.length, first.items?.some(({ id }) => id === old)]).toEqual([100, false])
    const second = (await api.commentThreads.list({ ...asked, pageToken: first.nextPageToken ?? '' })).data
    expect(second.items).toMatchObject([{ id: old, snippet: { totalReplyCount: 7 } }])
    expect(second.items?.[0]?.replies?.comments).toHaveLength(5)
    expect(second.nextPageToken ?? undefined).toBeUndefined()
  })

  test('what YouTube refuses, it refuses by its own reasons', async () => {
    const { api } = await client()
    expect(await reasonOf(insert(api, 'Too <long>'))).toBe('invalidTitle')
    expect(await reasonOf(insert(api, 'x'.repeat(101)))).toBe('invalidTitle')
    expect(await reasonOf(insert(api, 'Fits', {}, 'é'.repeat(2_501)))).toBe('invalidDescription')
    const kids = (await insert(api, 'Cartoon', { selfDeclaredMadeForKids: true })).data.id ?? ''
    const comment = { videoId: kids, topLevelComment: { snippet: { textOriginal: 'First' } } }
    expect(await reasonOf(api.commentThreads.insert({ part: ['snippet'], requestBody: { snippet: comment } }))).toBe(
      'commentsDisabled',
    )
    const other = (await client('roastery_new')).api
    expect(await reasonOf(other.videos.delete({ id: kids }))).toBe('forbidden')
    const { api: without } = await client('sam.okafor')
    expect((await without.channels.list({ part: ['id'], mine: true })).data.items).toBeUndefined()
    expect(await reasonOf(insert(without, 'No channel'))).toBe('youtubeSignupRequired')
  })

  test('the day’s quota is 100 uploads, and 10,000 units for the rest', async () => {
    const { api } = await client()
    for (let i = 0; i < 100; i++) await insert(api, `Video ${i}`)
    expect(await reasonOf(insert(api, 'One too many'))).toBe('quotaExceeded')
    const { data } = await api.channels.list({ part: ['id'], mine: true })
    expect(data.items).toHaveLength(1)
    const mark = (n: number) => api.videos.delete({ id: `none-${n}` })
    // 199 writes of 50 and the read before them leave 49 units.
    for (let i = 0; i < 199; i++) expect(await reasonOf(mark(i))).toBe('videoNotFound')
    expect(await reasonOf(mark(200))).toBe('quotaExceeded')
    // It is the project's: another of its channels has none left, and the same channel has by another project.
    const beside = (await client('roastery_new')).api
    expect(await reasonOf(beside.videos.delete({ id: 'none' }))).toBe('quotaExceeded')
    const elsewhere = (await client('northwind', { client_id: 'another-project' })).api
    expect(await reasonOf(elsewhere.videos.delete({ id: 'none' }))).toBe('videoNotFound')
    await turn(86_400_000)
    expect(await reasonOf(mark(201))).toBe('authError')
  })
})

test('a refresh token comes only with an offline consent asked for anew, stays, and gives new access', async () => {
  const first = await consent('northwind')
  expect(first.refresh_token).toMatch(/^1\/\//)
  expect((await consent('northwind', { prompt: '' })).refresh_token).toBeUndefined()
  expect((await consent('northwind', { access_type: 'online' })).refresh_token).toBeUndefined()
  const again = await grant({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  expect([again.refresh_token, again.access_token === first.access_token]).toEqual([undefined, false])
  expect((await grant({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).access_token).toBeTruthy()
  await fetch(`${root}/revoke?token=${encodeURIComponent(first.refresh_token)}`, { method: 'POST' })
  expect((await grant({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).error).toBe('invalid_grant')
})

describe('a resumable upload', () => {
  const piece = 256 * 1024
  const whole = film(3 * piece + 100)
  const begin = async (token: string, description = 'Resumed') => {
    const answer = await fetch(`${root}/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'x-upload-content-type': 'video/mp4',
        'x-upload-content-length': String(whole.length),
      },
      body: JSON.stringify({ snippet: { title: 'Resumed', description }, status: { privacyStatus: 'public' } }),
    })
    return answer.headers.get('location') ?? ''
  }
  const send = async (token: string, session: string, range: string, body?: Buffer) => {
    const answer = await fetch(session, {
      method: 'PUT',
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-range': `bytes ${range}/${whole.length}` },
      ...(body ? { body: new Uint8Array(body) } : {}),
    })
    return { status: answer.status, range: answer.headers.get('range'), body: await answer.text() }
  }

  test('tells how far it is, passes over what it has, and is one video however often it is asked', async () => {
    const { token } = await client()
    const session = await begin(token)
    expect(await send(token, session, '*')).toMatchObject({ status: 308, range: null })
    const first = whole.subarray(0, piece)
    expect(await send(token, session, `0-${piece - 1}`, first)).toMatchObject({
      status: 308,
      range: `bytes=0-${piece - 1}`,
    })
    expect(await send(token, session, `0-${piece - 1}`, first)).toMatchObject({
      status: 308,
      range: `bytes=0-${piece - 1}`,
    })
    const ahead = await send(token, session, `${2 * piece}-${3 * piece - 1}`, whole.subarray(2 * piece, 3 * piece))
    expect(ahead).toMatchObject({ status: 308, range: `bytes=0-${piece - 1}` })
    expect((await send(token, session, `${piece}-${piece + 99}`, whole.subarray(piece, piece + 100))).status).toBe(400)
    // Begins with bytes that are there already.
    const done = await send(token, session, `${piece - 50}-${whole.length - 1}`, whole.subarray(piece - 50))
    expect(done.status).toBe(200)
    const { id } = JSON.parse(done.body)
    expect(JSON.parse((await send(token, session, '*')).body).id).toBe(id)
    expect(JSON.parse((await send(token, session, `0-${whole.length - 1}`, whole)).body).id).toBe(id)
    const effects = await admin(sandbox, 'GET', '/effects?network=youtube')
    expect(effects.map((effect: { id: string }) => effect.id)).toEqual([id])
  })

  test('ends after a week, and is its owner’s alone', async () => {
    const { token } = await client()
    const session = await begin(token)
    const { token: other } = await client('roastery_new')
    expect((await send(other, session, '*')).status).toBe(404)
    await turn(8 * 86_400_000)
    const { token: later } = await client()
    expect((await send(later, session, '*')).status).toBe(404)
  })

  test.each([
    { fault: 'drop_request', ends: 'cut', effects: 0 },
    { fault: 'timeout_after_accept', ends: 'silence', effects: 1 },
    { fault: 'reset_after_accept', ends: 'cut', effects: 1 },
    { fault: '500_after_accept', ends: 500, effects: 1 },
    { fault: '429_until', ends: 429, effects: 0 },
  ])('$fault, in a description, meets the bytes that make the video, once', async ({ fault, ends, effects }) => {
    const { token } = await client()
    const session = await begin(token, `Beans #fault:${fault}`)
    const attempt = async () => {
      try {
        const answer = await fetch(session, {
          method: 'PUT',
          headers: { authorization: `Bearer ${token}`, 'content-range': `bytes 0-${whole.length - 1}/${whole.length}` },
          body: new Uint8Array(whole),
          signal: AbortSignal.timeout(1_500),
        })
        return answer.status
      } catch (error) {
        return error instanceof DOMException ? 'silence' : 'cut'
      }
    }
    expect(await attempt()).toBe(ends)
    expect(await admin(sandbox, 'GET', '/effects?network=youtube')).toHaveLength(effects)
    expect(await attempt()).toBe(200)
    expect(await admin(sandbox, 'GET', '/effects?network=youtube')).toHaveLength(1)
  })
})

test('slow_media keeps a video in the works, delayed_visibility out of the lists, expired_token its owner out', async () => {
  const { api } = await client()
  await admin(sandbox, 'POST', '/faults', {
    network: 'youtube',
    fault: 'slow_media',
    operation: 'publish',
    param: 60_000,
  })
  const id = (await insert(api, 'Slow')).data.id ?? ''
  const state = async () =>
    (await api.videos.list({ part: ['status'], id: [id] })).data.items?.[0]?.status?.uploadStatus
  await turn(30_000)
  expect(await state()).toBe('uploaded')
  await turn(40_000)
  expect(await state()).toBe('processed')
  await admin(sandbox, 'POST', '/faults', { network: 'youtube', fault: 'delayed_visibility', param: 60_000 })
  const late = (await insert(api, 'Late')).data.id ?? ''
  const listed = async () => (await api.videos.list({ part: ['id'], id: [late] })).data.items?.length
  expect(await listed()).toBe(0)
  await turn(60_000)
  expect(await listed()).toBe(1)
  await admin(sandbox, 'POST', '/faults', { network: 'youtube', fault: 'expired_token', operation: 'metrics' })
  expect(await reasonOf(state())).toBe('authError')
  expect(await reasonOf(insert(api, 'Out'))).toBe('authError')
})

describe('the hub', () => {
  let receiver: Server
  let hookUrl = ''
  let received: { body: string; signature: string; type: string }[] = []
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
      if (request.method === 'GET')
        return void response.end(query.get('hub.verify_token') === 'ours' ? query.get('hub.challenge') : 'no')
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        const { 'x-hub-signature': signature, 'content-type': type } = request.headers
        received.push({ body, signature: String(signature), type: String(type) })
        response.end()
      })
      return undefined
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const address = receiver.address()
    hookUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`
  })
  afterAll(() => {
    receiver.closeAllConnections()
    receiver.close()
  })
  beforeEach(() => {
    received = []
  })

  const subscribe = async (verifyToken: string) => {
    const { api } = await client()
    const id = (await api.channels.list({ part: ['id'], mine: true })).data.items?.[0]?.id ?? ''
    const answer = await fetch(`${root}/subscribe`, {
      method: 'POST',
      body: new URLSearchParams({
        'hub.callback': hookUrl,
        'hub.topic': `https://www.youtube.com/feeds/videos.xml?channel_id=${id}`,
        'hub.mode': 'subscribe',
        'hub.verify': 'async',
        'hub.secret': 'shh',
        'hub.verify_token': verifyToken,
      }),
    })
    return { api, status: answer.status }
  }
  const arrived = (count: number) =>
    vi.waitFor(() => expect(received.length).toBe(count), { timeout: 30_000, interval: 20 })

  test('takes a callback that answers its challenge, and no other', async () => {
    expect((await subscribe('not ours')).status).toBe(409)
    expect((await subscribe('ours')).status).toBe(204)
  })

  test('reports a public video, signed over its bytes, twice and out of order when it is told to', async () => {
    const { api } = await subscribe('ours')
    await insert(api, 'Hidden', { privacyStatus: 'private' })
    const id = (await insert(api, 'News & more')).data.id ?? ''
    await arrived(1)
    const [event] = received
    expect(event?.signature).toBe(
      `sha1=${createHmac('sha1', 'shh')
        .update(event?.body ?? '')
        .digest('hex')}`,
    )
    expect(event?.type).toContain('application/atom+xml')
    expect(event?.body).toContain(`<yt:videoId>${id}</yt:videoId>`)
    expect(event?.body).toContain('News &amp; more')
    await admin(sandbox, 'POST', '/faults', { network: 'youtube', fault: 'webhook_twice' })
    await insert(api, 'Echo')
    await arrived(3)
    await admin(sandbox, 'POST', '/faults', { network: 'youtube', fault: 'webhook_reordered', param: 5_000 })
    await insert(api, 'Older')
    await insert(api, 'Newer')
    await arrived(5)
    expect(received.slice(3).map(({ body }) => (body.includes('Newer') ? 'newer' : 'older'))).toEqual([
      'newer',
      'older',
    ])
  })
})
