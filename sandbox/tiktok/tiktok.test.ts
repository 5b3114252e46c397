import { createHash, createHmac, randomBytes } from 'node:crypto'
import { type Server, createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '..'
import { decideConsent } from '../person'
import { admin } from '../core/speaking.fixture'

let sandbox: Sandbox
let root = ''
let receiver: Server
let hookUrl = ''
let received: { body: string; signature: string }[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  root = sandbox.networks.tiktok?.url ?? ''
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      received.push({ body, signature: String(request.headers['tiktok-signature']) })
      response.end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  hookUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(async () => {
  await sandbox.close()
  receiver.closeAllConnections()
  receiver.close()
})
beforeEach(async () => {
  await admin(sandbox, 'POST', '/reset')
  received = []
})

const redirectUri = 'http://127.0.0.1:3000/callback'
const scopes = 'user.info.basic,user.info.profile,video.list,video.publish,video.upload'

async function codeFor(handle: string, clientKey: string, challenge: string): Promise<string> {
  const query = new URLSearchParams({
    client_key: clientKey,
    response_type: 'code',
    scope: scopes,
    redirect_uri: redirectUri,
    state: 's',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  return (await decideConsent(`${root}/v2/auth/authorize/?${query}`, handle)).code ?? ''
}

const grant = async (fields: Record<string, string>) =>
  (
    await fetch(`${root}/v2/oauth/token/`, {
      method: 'POST',
      body: new URLSearchParams({ client_key: 'tests', client_secret: 'sandbox-secret', ...fields }),
    })
  ).json()

async function signIn(handle = 'northwind', client_key = 'tests') {
  const code_verifier = randomBytes(32).toString('base64url')
  const code = await codeFor(handle, client_key, createHash('sha256').update(code_verifier).digest('hex'))
  const fields = { client_key, grant_type: 'authorization_code', code, code_verifier, redirect_uri: redirectUri }
  const { access_token } = await grant(fields)
  return async (path: string, body?: unknown) => {
    const answer = await fetch(root + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, ...JSON.parse(text) }
  }
}
type Speaker = Awaited<ReturnType<typeof signIn>>

const film = (size: number) =>
  Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), Buffer.alloc(size - 24, 'x')])

const source = (video_size: number, chunk_size = video_size) => ({
  source: 'FILE_UPLOAD',
  video_size,
  chunk_size,
  total_chunk_count: Math.floor(video_size / chunk_size),
})
const about = (title: string, privacy_level = 'PUBLIC_TO_EVERYONE') => ({
  title,
  privacy_level,
  disable_duet: false,
  disable_comment: false,
  disable_stitch: false,
  brand_content_toggle: false,
  brand_organic_toggle: false,
})
const start = (call: Speaker, title: string, size = 1_000, more: object = {}) =>
  call('/v2/post/publish/video/init/', { post_info: { ...about(title), ...more }, source_info: source(size) })
const put = (url: string, bytes: Buffer, from = 0, total = bytes.length) =>
  fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'video/mp4', 'content-range': `bytes ${from}-${from + bytes.length - 1}/${total}` },
    body: new Uint8Array(bytes),
  })
const statusOf = async (call: Speaker, publish_id: string) =>
  (await call('/v2/post/publish/status/fetch/', { publish_id })).data
const turn = (advanceMs: number) => admin(sandbox, 'POST', '/clock', { advanceMs })

test('a code belongs to its hex challenge, works once, and each refresh changes both tokens', async () => {
  const code_verifier = randomBytes(32).toString('base64url')
  const ask = (code: string, verifier = code_verifier) =>
    grant({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri })
  const challenge = createHash('sha256').update(code_verifier).digest('hex')
  await expect(codeFor('northwind', 'tests', randomBytes(32).toString('base64url'))).rejects.toThrow('400')
  expect((await ask(await codeFor('northwind', 'tests', challenge), 'another')).error).toBe('invalid_request')
  const code = await codeFor('northwind', 'tests', challenge)
  const first = await ask(code)
  expect(first).toMatchObject({
    open_id: '-000sandbox-northwind',
    expires_in: 86_400,
    scope: scopes,
    token_type: 'Bearer',
  })
  expect((await ask(code)).error).toBe('invalid_grant')
  const second = await grant({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect((await grant({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).error).toBe('invalid_grant')
})

test('a video goes through its states, and its id is a number beyond 2^53 in the raw answer', async () => {
  const call = await signIn()
  const { data } = await start(call, 'Fresh beans')
  expect(await statusOf(call, data.publish_id)).toEqual({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 0 })
  expect((await put(data.upload_url, film(1_000))).status).toBe(201)
  expect(await statusOf(call, data.publish_id)).toEqual({ status: 'PROCESSING_UPLOAD', uploaded_bytes: 1_000 })
  await turn(3_000)
  const { text } = await call('/v2/post/publish/status/fetch/', { publish_id: data.publish_id })
  const id = /"publicaly_available_post_id":\[(\d{19})\]/.exec(text)?.[1]
  expect(Number.isSafeInteger(Number(id))).toBe(false)
  const page = await fetch(`${root}/@northwind/video/${id}`)
  expect([page.status, (await page.text()).includes('Fresh beans')]).toEqual([200, true])
})

test.each([
  { size: 4_999_999, chunk: 1_000_000, ok: false },
  { size: 65_000_000, chunk: 65_000_000, ok: false },
  { size: 50_000_123, chunk: 10_000_000, ok: true },
  { size: 20_000_000, chunk: 4_000_000, ok: false },
  { size: 4_000_000, chunk: 4_000_000, ok: true },
])('$size bytes in chunks of $chunk: $ok', async ({ size, chunk, ok }) => {
  const call = await signIn()
  const answer = await call('/v2/post/publish/video/init/', {
    post_info: about('Chunks'),
    source_info: source(size, chunk),
  })
  expect(answer.error.code).toBe(ok ? 'ok' : 'invalid_params')
})

test('a wrong chunk count is refused, chunks are taken in order, and a wrong one changes nothing', async () => {
  const call = await signIn()
  const wrong = { ...source(16_000_000, 5_000_000), total_chunk_count: 4 }
  const refused = await call('/v2/post/publish/video/init/', { post_info: about('Chunks'), source_info: wrong })
  expect(refused.error.code).toBe('invalid_params')
  const whole = film(16_000_000)
  const { data } = await call('/v2/post/publish/video/init/', {
    post_info: about('Chunks'),
    source_info: source(whole.length, 5_000_000),
  })
  const chunk = (from: number, to: number) => put(data.upload_url, whole.subarray(from, to), from, whole.length)
  expect((await chunk(5_000_000, 10_000_000)).status).toBe(416)
  expect((await chunk(0, 5_000_000)).status).toBe(206)
  expect((await chunk(0, 5_000_000)).status).toBe(416)
  expect((await chunk(5_000_000, 10_000_000)).status).toBe(206)
  expect((await statusOf(call, data.publish_id)).uploaded_bytes).toBe(10_000_000)
  expect((await chunk(10_000_000, 16_000_000)).status).toBe(201)
  expect(await admin(sandbox, 'GET', '/effects?network=tiktok')).toHaveLength(1)
})

test('an address for an upload ends after an hour', async () => {
  const call = await signIn()
  const { data } = await start(call, 'Late')
  await turn(3_700_000)
  expect((await put(data.upload_url, film(1_000))).status).toBe(403)
})

test('what is no video is taken, and fails afterwards without ever showing', async () => {
  const call = await signIn()
  const { data } = await start(call, 'Not a film')
  expect((await put(data.upload_url, Buffer.alloc(1_000, 'y'))).status).toBe(201)
  await turn(3_000)
  expect(await statusOf(call, data.publish_id)).toMatchObject({
    status: 'FAILED',
    fail_reason: 'file_format_check_failed',
  })
  expect(await admin(sandbox, 'GET', '/effects?network=tiktok')).toEqual([])
})

test('6 beginnings a minute and 15 posts a day are the limit', async () => {
  const call = await signIn()
  const codes: string[] = []
  for (let i = 0; i < 7; i++) codes.push((await start(call, `Post ${i}`)).error.code)
  expect(codes).toEqual([...Array.from({ length: 6 }, () => 'ok'), 'rate_limit_exceeded'])
  for (let i = 0; i < 15; i++) {
    await turn(61_000)
    const { data } = await start(call, `Day ${i}`)
    await put(data.upload_url, film(1_000))
  }
  await turn(61_000)
  expect((await start(call, 'Too many')).error.code).toBe('spam_risk_too_many_posts')
})

test('at most five drafts wait in the inbox', async () => {
  await admin(sandbox, 'POST', '/settings', { rateLimits: false })
  const call = await signIn()
  const draft = () => call('/v2/post/publish/inbox/video/init/', { source_info: source(1_000) })
  for (let i = 0; i < 5; i++) expect((await draft()).error.code).toBe('ok')
  expect((await draft()).error.code).toBe('spam_risk_too_many_pending_share')
})

test('an audience that the creator may not use, and an app that was not audited, are refused', async () => {
  const shut = await signIn('private_nora')
  const refused = await start(shut, 'For all')
  expect([refused.status, refused.error.code]).toEqual([200, 'privacy_level_option_mismatch'])
  const unaudited = await signIn('northwind', 'unaudited-app')
  expect((await start(unaudited, 'For all')).error.code).toBe('unaudited_client_can_only_post_to_private_accounts')
  const onlyMe = await signIn('private_nora', 'unaudited-app')
  const { data, error } = await start(onlyMe, 'Diary', 1_000, { privacy_level: 'SELF_ONLY' })
  expect(error.code).toBe('ok')
  await put(data.upload_url, film(1_000))
  await turn(3_000)
  expect(await statusOf(onlyMe, data.publish_id)).toEqual({ status: 'PUBLISH_COMPLETE', uploaded_bytes: 1_000 })
})

test('pictures are fetched from verified addresses only', async () => {
  const call = await signIn()
  const answer = await call('/v2/post/publish/content/init/', {
    media_type: 'PHOTO',
    post_mode: 'DIRECT_POST',
    post_info: { description: 'Elsewhere', privacy_level: 'PUBLIC_TO_EVERYONE' },
    source_info: { source: 'PULL_FROM_URL', photo_images: ['https://pictures.example/1.jpg'], photo_cover_index: 0 },
  })
  expect(answer.error.code).toBe('url_ownership_unverified')
})

test.each([
  { fault: 'drop_request', ends: 'cut', effects: 0 },
  { fault: 'timeout_after_accept', ends: 'silence', effects: 1 },
  { fault: 'reset_after_accept', ends: 'cut', effects: 1 },
  { fault: '500_after_accept', ends: 500, effects: 1 },
  { fault: '429_until', ends: 429, effects: 0 },
])('$fault, in a caption, meets the chunk that makes the post, once', async ({ fault, ends, effects }) => {
  const call = await signIn()
  const { data } = await start(call, `Beans #fault:${fault}`)
  const attempt = async () => {
    try {
      const answer = await fetch(data.upload_url, {
        method: 'PUT',
        headers: { 'content-range': 'bytes 0-999/1000' },
        body: new Uint8Array(film(1_000)),
        signal: AbortSignal.timeout(1_500),
      })
      return answer.status
    } catch (error) {
      return error instanceof DOMException ? 'silence' : 'cut'
    }
  }
  expect(await attempt()).toBe(ends)
  expect(await admin(sandbox, 'GET', '/effects?network=tiktok')).toHaveLength(effects)
  expect(await attempt()).toBe(effects === 1 ? 416 : 201)
  expect(await admin(sandbox, 'GET', '/effects?network=tiktok')).toHaveLength(1)
})

test('expired_token refuses from then on, slow_media and delayed_visibility keep a post away', async () => {
  const call = await signIn()
  await admin(sandbox, 'POST', '/faults', {
    network: 'tiktok',
    fault: 'slow_media',
    operation: 'publish',
    param: 60_000,
  })
  const { data } = await start(call, 'Slow #fault:delayed_visibility=600000')
  await put(data.upload_url, film(1_000))
  await turn(30_000)
  expect((await statusOf(call, data.publish_id)).status).toBe('PROCESSING_UPLOAD')
  await turn(40_000)
  expect(await statusOf(call, data.publish_id)).toEqual({ status: 'PUBLISH_COMPLETE', uploaded_bytes: 1_000 })
  await turn(600_000)
  expect((await statusOf(call, data.publish_id)).publicaly_available_post_id).toHaveLength(1)
  await admin(sandbox, 'POST', '/faults', { network: 'tiktok', fault: 'expired_token', operation: 'profile' })
  const ask = () => call('/v2/post/publish/creator_info/query/', {})
  expect([(await ask()).status, (await ask()).error.code]).toEqual([401, 'access_token_invalid'])
})

test('a post is reported when it is done: signed over time and body, its id a number within a text', async () => {
  const portal = new URLSearchParams({ client_key: 'tests', client_secret: 'sandbox-secret', callback_url: hookUrl })
  expect((await fetch(`${root}/portal/webhook`, { method: 'POST', body: portal })).status).toBe(201)
  const call = await signIn()
  const { data } = await start(call, 'News #fault:webhook_twice')
  await put(data.upload_url, film(1_000))
  // That it is done, and that everyone may see it: each of them twice.
  await vi.waitFor(() => expect(received.length).toBe(4), { timeout: 30_000, interval: 20 })
  for (const { body, signature } of received) {
    const at = /^t=(\d+),/.exec(signature)?.[1] ?? ''
    const signed = createHmac('sha256', 'sandbox-secret').update(`${at}.${body}`).digest('hex')
    expect(signature).toBe(`t=${at},s=${signed}`)
  }
  const events = received.map(({ body }) => JSON.parse(body))
  expect(new Set(events.map(({ event }) => event))).toEqual(
    new Set(['post.publish.complete', 'post.publish.publicly_available']),
  )
  const open = events.find(({ event }) => event === 'post.publish.publicly_available')
  expect(open.content).toMatch(/"post_id":\d{19}/)
})

test('a reader comments, and it counts; more cannot be said', async () => {
  const words = { network: 'tiktok', account: 'northwind', kind: 'comment', text: 'Lovely!' }
  const statusOf = async (said: object) =>
    (await fetch(`${sandbox.url}/speak`, { method: 'POST', body: JSON.stringify(said) })).status
  expect(await statusOf(words)).toBe(409)
  const call = await signIn()
  const { data } = await start(call, 'Talk to us')
  await put(data.upload_url, film(1_000))
  await turn(3_000)
  const [{ id }] = await admin(sandbox, 'GET', '/effects?network=tiktok')
  await admin(sandbox, 'POST', '/speak', { ...words, on: id })
  expect(await statusOf({ ...words, kind: 'dm', on: id })).toBe(409)
  const { data: found } = await call('/v2/video/query/?fields=id,comment_count', { filters: { video_ids: [id] } })
  expect(found.videos).toEqual([{ id, comment_count: 1 }])
  expect(await (await fetch(`${root}/@northwind/video/${id}`)).text()).toContain('Lovely!')
})
