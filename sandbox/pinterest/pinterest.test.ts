import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '..'
import { decideConsent } from '../person'
import { admin, tinyFilm } from '../core/speaking.fixture'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())
beforeEach(() => admin(sandbox, 'POST', '/reset'))

const url = (): string => sandbox.networks.pinterest?.url ?? ''
const redirectUri = 'http://127.0.0.1:3000/callback'
const allScopes = 'boards:read,boards:write,pins:read,pins:write,user_accounts:read'
const basic = `Basic ${Buffer.from('tests:sandbox-secret').toString('base64')}`
const board = '549755885175'

async function grant(form: Record<string, string>, authorization = basic) {
  const answer = await fetch(`${url()}/v5/oauth/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  })
  return { status: answer.status, body: await answer.json() }
}

async function signIn(who = 'northwind', scope = allScopes) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'tests',
    redirect_uri: redirectUri,
    scope,
    state: 's',
  })
  const { code = '' } = await decideConsent(`${url()}/oauth/?${query}`, who)
  return (await grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri })).body
}

const caller =
  ({ access_token }: { access_token: string }) =>
  async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url()}/v5/${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
  }

/** One pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const picture = { content_type: 'image/png', data: png }
const image = { source_type: 'image_base64', ...picture }
const pin = (more: object = {}) => ({ board_id: board, description: 'Beans', media_source: image, ...more })

test('readers comment on a pin, and say nothing else', async () => {
  const words = { network: 'pinterest', account: 'northwind', kind: 'comment', text: 'Lovely!' }
  const statusOf = async (said: object) =>
    (await fetch(`${sandbox.url}/speak`, { method: 'POST', body: JSON.stringify(said) })).status
  expect(await statusOf(words)).toBe(409)
  const { body } = await caller(await signIn())('POST', 'pins', pin())
  await admin(sandbox, 'POST', '/speak', { ...words, on: body.id })
  expect(await statusOf({ ...words, kind: 'dm', on: body.id })).toBe(409)
  expect(await (await fetch(`${url()}/pin/${body.id}`)).text()).toContain('Lovely!')
  const effects: readonly unknown[] = await admin(sandbox, 'GET', '/effects?network=pinterest')
  expect(effects.length).toBe(2)
})

describe('what Pinterest refuses, it refuses in its own form', () => {
  test.each([
    { what: 'a title that is too long', wish: pin({ title: 't'.repeat(101) }), status: 400, code: 1 },
    { what: 'a description that is too long', wish: pin({ description: 'd'.repeat(801) }), status: 400, code: 1 },
    { what: 'no board', wish: { media_source: image }, status: 400, code: 1 },
    { what: 'a board that is none', wish: pin({ board_id: '1' }), status: 404, code: 40 },
    { what: 'a section of no board', wish: pin({ board_section_id: '1' }), status: 400, code: 1 },
    { what: 'a link that is none', wish: pin({ link: 'javascript:alert(1)' }), status: 400, code: 1 },
    {
      what: 'a picture of a kind it does not take',
      wish: pin({ media_source: { ...image, content_type: 'image/gif' } }),
      status: 400,
      code: 1,
    },
    {
      what: 'bytes that are no picture',
      wish: pin({ media_source: { ...image, data: 'aGVsbG8=' } }),
      status: 400,
      code: 1,
    },
    {
      what: 'a carousel of one',
      wish: pin({ media_source: { source_type: 'multiple_image_base64', items: [picture] } }),
      status: 400,
      code: 1,
    },
    {
      what: 'a video that never came',
      wish: pin({ media_source: { source_type: 'video_id', media_id: '1', cover_image_key_frame_time: 0 } }),
      status: 400,
      code: 1,
    },
  ])('$what', async ({ wish, status, code }) => {
    const call = caller(await signIn())
    expect(await call('POST', 'pins', wish)).toMatchObject({ status, body: { code, message: expect.any(String) } })
    expect((await admin(sandbox, 'GET', '/effects?network=pinterest')).length).toBe(0)
  })

  test('another’s board and another’s pin', async () => {
    const [ours, sams] = [caller(await signIn()), caller(await signIn('sam_okafor'))]
    const { body } = await ours('POST', 'pins', pin())
    for (const asked of [
      sams('POST', 'pins', pin()),
      sams('GET', `boards/${board}/pins`),
      sams('GET', `pins/${body.id}`),
      sams('DELETE', `pins/${body.id}`),
    ])
      expect(await asked).toMatchObject({ status: 403, body: { code: 29 } })
  })

  test('a token that lacks one of the scopes that an operation takes', async () => {
    const call = caller(await signIn('northwind', 'boards:read,pins:read,user_accounts:read'))
    expect(await call('POST', 'pins', pin())).toMatchObject({ status: 403, body: { code: 3 } })
    expect((await call('GET', 'user_account')).status).toBe(200)
  })
})

test('expired_token ends a sign-in, and what was not accepted is no effect', async () => {
  const call = caller(await signIn())
  await admin(sandbox, 'POST', '/faults', { network: 'pinterest', fault: 'expired_token' })
  expect(await call('POST', 'pins', pin())).toMatchObject({ status: 401, body: { code: 2 } })
  expect((await call('GET', 'user_account')).status).toBe(401)
  expect((await admin(sandbox, 'GET', '/effects?network=pinterest')).length).toBe(0)
})

test('a list comes in pages, the newest pin first, and its bookmark leads on', async () => {
  const call = caller(await signIn())
  for (let at = 0; at < 5; at++) await call('POST', 'pins', pin({ description: `Pin ${at}` }))
  const seen: string[] = []
  let bookmark = ''
  do {
    const { body } = await call('GET', `boards/${board}/pins?page_size=2${bookmark}`)
    seen.push(...body.items.map(({ description }: { description: string }) => description))
    bookmark = body.bookmark === null ? '' : `&bookmark=${body.bookmark}`
  } while (bookmark)
  expect(seen).toEqual(['Pin 4', 'Pin 3', 'Pin 2', 'Pin 1', 'Pin 0'])
  expect((await call('GET', `boards/${board}/pins?page_size=251`)).status).toBe(400)
})

test('a kind of call runs out for a minute, says for how long, and the other kinds go on', async () => {
  const call = caller(await signIn())
  const first = await call('GET', `pins/1/analytics`)
  expect(first.headers.get('x-ratelimit-remaining')).toBe('299')
  for (let calls = 1; calls < 300; calls++) await call('GET', `pins/1/analytics`)
  const over = await call('GET', `pins/1/analytics`)
  expect(over).toMatchObject({ status: 429, body: { code: 8 } })
  const seconds = Number(over.headers.get('x-ratelimit-reset'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60)
  expect((await call('GET', 'boards')).status).toBe(200)
  await admin(sandbox, 'POST', '/clock', { advanceMs: 60_000 })
  expect((await call('GET', `pins/1/analytics`)).status).not.toBe(429)
})

describe('tokens', () => {
  test('a code is good once, and for the address it was asked with', async () => {
    expect((await signIn()).response_type).toBe('authorization_code')
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'tests',
      redirect_uri: redirectUri,
      scope: allScopes,
    })
    const { code = '' } = await decideConsent(`${url()}/oauth/?${query}`, 'northwind')
    const elsewhere = { grant_type: 'authorization_code', code, redirect_uri: 'http://127.0.0.1:1/' }
    expect((await grant(elsewhere)).status).toBe(400)
    expect((await grant({ ...elsewhere, redirect_uri: redirectUri })).status).toBe(400)
    expect((await grant(elsewhere, 'Basic dGVzdHM6d3Jvbmc=')).status).toBe(401)
  })

  test('a refresh spends the old pair, and lives 60 days from each refresh on', async () => {
    const old = await signIn()
    const renewed = await grant({ grant_type: 'refresh_token', refresh_token: old.refresh_token })
    expect(renewed.body).toMatchObject({ response_type: 'refresh_token', refresh_token_expires_in: 60 * 86_400 })
    expect((await grant({ grant_type: 'refresh_token', refresh_token: old.refresh_token })).status).toBe(400)
    expect((await caller(old)('GET', 'user_account')).status).toBe(401)
    expect((await caller(renewed.body)('GET', 'user_account')).status).toBe(200)
    await admin(sandbox, 'POST', '/clock', { advanceMs: 31 * 86_400_000 })
    expect((await caller(renewed.body)('GET', 'user_account')).status).toBe(401)
    const later = await grant({ grant_type: 'refresh_token', refresh_token: renewed.body.refresh_token })
    await admin(sandbox, 'POST', '/clock', { advanceMs: 61 * 86_400_000 })
    expect((await grant({ grant_type: 'refresh_token', refresh_token: later.body.refresh_token })).status).toBe(400)
  })
})

describe('a video', () => {
  type Registered = { media_id: string; upload_url: string; upload_parameters: Record<string, string> }
  const send = async (
    { upload_url, upload_parameters }: Registered,
    file: Buffer,
    more: Record<string, string> = {},
  ) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...upload_parameters, ...more })) form.append(name, value)
    form.append('file', new Blob([new Uint8Array(file)], { type: 'video/mp4' }), 'film.mp4')
    return (await fetch(upload_url, { method: 'POST', body: form })).status
  }
  const wish = (media_id: string, more: object = { cover_image_key_frame_time: 0 }) =>
    pin({ media_source: { source_type: 'video_id', media_id, ...more } })

  test('is registered, sent with all that came with the address, worked on, and then may be pinned', async () => {
    const call = caller(await signIn())
    const status = async (id: string) => (await call('GET', `media/${id}`)).body.status
    const { body } = await call('POST', 'media', { media_type: 'video' })
    expect(await status(body.media_id)).toBe('registered')
    expect(await send(body, tinyFilm(), { 'x-amz-signature': 'forged' })).toBe(403)
    expect(await send(body, tinyFilm(), { key: 'uploads/else' })).toBe(403)
    await admin(sandbox, 'POST', '/faults', { network: 'pinterest', fault: 'slow_media', param: 60_000 })
    expect(await send(body, tinyFilm())).toBe(204)
    await admin(sandbox, 'POST', '/clock', { advanceMs: 30_000 })
    expect([await status(body.media_id), (await call('POST', 'pins', wish(body.media_id))).status]).toEqual([
      'processing',
      400,
    ])
    await admin(sandbox, 'POST', '/clock', { advanceMs: 40_000 })
    expect(await status(body.media_id)).toBe('succeeded')
    expect((await call('POST', 'pins', wish(body.media_id, {}))).status).toBe(400)
    expect((await call('POST', 'pins', wish(body.media_id))).body).toMatchObject({
      creative_type: 'VIDEO',
      media: { media_type: 'video' },
    })
    const sam = caller(await signIn('sam_okafor'))
    expect((await sam('GET', `media/${body.media_id}`)).status).toBe(404)
  })

  test('that is none fails, and one that comes too late is not taken', async () => {
    const call = caller(await signIn())
    const { body } = await call('POST', 'media', { media_type: 'video' })
    expect(await send(body, Buffer.from(png, 'base64'))).toBe(204)
    await admin(sandbox, 'POST', '/clock', { advanceMs: 10_000 })
    expect((await call('GET', `media/${body.media_id}`)).body.status).toBe('failed')
    expect((await call('POST', 'pins', wish(body.media_id))).status).toBe(400)
    await admin(sandbox, 'POST', '/clock', { advanceMs: 3_600_000 })
    expect(await send(body, tinyFilm())).toBe(403)
  })
})

test('boards and sections can be made, and readers see what is on open boards only', async () => {
  const call = caller(await signIn('sam_okafor'))
  const { body: open } = await call('POST', 'boards', { name: 'Mornings' })
  const { body: secret } = await call('POST', 'boards', { name: 'Ideas', privacy: 'SECRET' })
  const { body: section } = await call('POST', `boards/${open.id}/sections`, { name: 'Early' })
  const shown = await call('POST', 'pins', pin({ board_id: open.id, board_section_id: section.id }))
  const hidden = await call('POST', 'pins', pin({ board_id: secret.id }))
  expect((await call('GET', `boards/${open.id}/sections/${section.id}/pins`)).body.items).toMatchObject([
    { id: shown.body.id },
  ])
  expect((await call('GET', 'boards?privacy=SECRET')).body.items).toMatchObject([{ name: 'Ideas', pin_count: 1 }])
  expect((await fetch(`${url()}/pin/${shown.body.id}/`)).status).toBe(200)
  expect((await fetch(`${url()}/pin/${hidden.body.id}/`)).status).toBe(404)
})

test('numbers grow by the day, and days outside of 90 are not told', async () => {
  const call = caller(await signIn())
  const { body } = await call('POST', 'pins', pin())
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const made = Date.parse(body.created_at)
  const ask = (from: number, to: number, types = 'IMPRESSION,SAVE,TOTAL_COMMENTS') =>
    call('GET', `pins/${body.id}/analytics?start_date=${day(from)}&end_date=${day(to)}&metric_types=${types}`)
  const sums: number[] = []
  for (let days = 1; days <= 3; days++) {
    await admin(sandbox, 'POST', '/clock', { advanceMs: 86_400_000 })
    sums.push((await ask(made, made + days * 86_400_000)).body.all.summary_metrics.IMPRESSION)
  }
  expect(sums[0]).toBeGreaterThan(0)
  expect(sums).toEqual(sums.toSorted((a, b) => a - b))
  const [whole, first, rest] = await Promise.all([
    ask(made, made + 3 * 86_400_000),
    ask(made, made),
    ask(made + 86_400_000, made + 3 * 86_400_000),
  ])
  const { IMPRESSION: total } = whole.body.all.summary_metrics
  expect(first.body.all.summary_metrics.IMPRESSION + rest.body.all.summary_metrics.IMPRESSION).toBe(total)
  expect(Object.keys(whole.body.all.lifetime_metrics)).toEqual(['TOTAL_COMMENTS'])
  expect((await ask(made - 100 * 86_400_000, made)).status).toBe(400)
  expect((await ask(made, made - 86_400_000)).status).toBe(400)
  expect((await ask(made, made, 'LOVE')).status).toBe(400)
})
