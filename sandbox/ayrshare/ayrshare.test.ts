import { createHmac } from 'node:crypto'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '..'
import { admin } from '../core/speaking.fixture'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())
beforeEach(() => admin(sandbox, 'POST', '/reset'))

type Asked = { readonly profile?: string; readonly key?: string; readonly more?: Record<string, string> }
/** One call with the primary profile's key, or with another. Loose on purpose: a wrong shape fails the test that looks. */
async function ask(method: string, path: string, body?: unknown, { profile, key, more }: Asked = {}) {
  const answer = await fetch(`${sandbox.networks.ayrshare?.url}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key ?? 'SANDBOX-AYRSHARE-KEY-0001'}`,
      'content-type': 'application/json',
      ...(profile ? { 'profile-key': profile } : {}),
      ...more,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}
const roastery = 'SANDBOX-PROFILE-KEY-ROASTERY'
const post = (text: string, more: object = {}) => ask('POST', '/post', { post: text, platforms: ['facebook'], ...more })

test('each profile says what it has linked; a wrong key says nothing', async () => {
  const [primary, other] = [await ask('GET', '/user'), await ask('GET', '/user', undefined, { profile: roastery })]
  expect(primary.body.activeSocialAccounts).toEqual(['facebook', 'linkedin', 'bluesky'])
  expect(other.body.activeSocialAccounts).toEqual(['twitter', 'instagram', 'tiktok'])
  expect(primary.body.refId).not.toBe(other.body.refId)
  expect(primary.headers.get('x-ratelimit-max')).toBe('300')
  const wrong = await ask('GET', '/user', undefined, { key: 'SANDBOX-AYRSHARE-KEY-nope' })
  expect([wrong.status, wrong.body.code]).toEqual([401, 102])
  expect((await ask('GET', '/user', undefined, { profile: 'nope' })).status).toBe(403)
})

test('a key is taken once, whatever became of its post', async () => {
  expect((await post('One', { idempotencyKey: 'k' })).status).toBe(200)
  const again = await post('Another', { idempotencyKey: 'k' })
  expect([again.status, again.body.errors[0].message]).toEqual([400, expect.stringContaining('idempotencyKey')])
  const bad = { idempotencyKey: 'bad', platforms: ['youtube'] }
  expect((await post('Two', bad)).body.errors[0].code).toBe(156)
  expect((await post('Two', { idempotencyKey: 'bad' })).status).toBe(400)
})

test('the same text within two days is refused, and taken after them', async () => {
  await post('Same')
  expect((await post('Same')).body.errors[0].code).toBe(137)
  await admin(sandbox, 'POST', '/clock', { advanceMs: 48 * 3_600_000 })
  expect((await post('Same')).status).toBe(200)
})

test('an answer to a profile is one of a list, and X wants an app of its own', async () => {
  const send = (more?: Record<string, string>) =>
    ask('POST', '/post', { post: 'Hello', platforms: ['twitter'] }, { profile: roastery, ...(more ? { more } : {}) })
  const bare = await send()
  expect([bare.status, bare.body.posts[0].errors[0].platform]).toEqual([400, 'twitter'])
  const sent = await send({ 'x-twitter-oauth1-api-key': 'k', 'x-twitter-oauth1-api-secret': 's' })
  expect(sent.body.posts[0]).toMatchObject({ status: 'success', postIds: [{ platform: 'twitter', status: 'success' }] })
})

test('one call goes to several networks, and what one refuses the others take', async () => {
  const sent = await post('All', { platforms: ['facebook', 'bluesky', 'instagram'] })
  expect(sent.body.postIds.map(({ platform }: { platform: string }) => platform)).toEqual(['facebook', 'bluesky'])
  expect(sent.body.errors).toMatchObject([{ code: 156, platform: 'instagram' }])
})

test('the history tells what was sent, by network and by days, with the notes; not what was deleted', async () => {
  const first = await post('First', { notes: 'n1' })
  await admin(sandbox, 'POST', '/clock', { advanceMs: 3 * 86_400_000 })
  await post('Second', { platforms: ['bluesky'] })
  const history = async (query: string) =>
    (await ask('GET', `/history?${query}`)).body.history.map(({ post: text }: { post: string }) => text)
  expect(await history('lastDays=7')).toEqual(['Second', 'First'])
  expect(await history('lastDays=2')).toEqual(['Second'])
  expect(await history('lastDays=7&platform=facebook')).toEqual(['First'])
  expect((await ask('GET', `/history/${first.body.id}`)).body).toMatchObject({ notes: 'n1', status: 'success' })
  expect((await ask('DELETE', '/post', { id: first.body.id })).body.facebook).toMatchObject({ action: 'delete' })
  expect((await ask('DELETE', '/post', { id: first.body.id })).body.code).toBe(383)
  expect(await history('lastDays=7')).toEqual(['Second'])
  expect(await history('lastDays=7&status=deleted')).toEqual(['First'])
})

test('comments are a copy of ten minutes, with when it was made and when it will be again', async () => {
  const { id, postIds } = (await post('Talk')).body
  const speak = (text: string) =>
    admin(sandbox, 'POST', '/speak', {
      network: 'ayrshare',
      account: 'northwind/facebook',
      kind: 'comment',
      text,
      on: postIds[0].id,
    })
  await speak('Early')
  const read = async () => (await ask('GET', `/comments/${id}?platform=facebook`)).body
  const first = await read()
  await speak('Late')
  expect(await read()).toEqual(first)
  expect(Date.parse(first.nextUpdate) - Date.parse(first.lastUpdated)).toBe(600_000)
  await admin(sandbox, 'POST', '/clock', { advanceMs: 600_000 })
  expect((await read()).facebook.map(({ comment }: { comment: string }) => comment)).toEqual(['Early', 'Late'])
})

test('a copy of comments lasts as long as it is told to', async () => {
  await admin(sandbox, 'POST', '/settings', { copyMs: 2_000 })
  const { id } = (await post('Talk')).body
  const read = async () => (await ask('GET', `/comments/${id}?platform=facebook`)).body
  const first = await read()
  expect(Date.parse(first.nextUpdate) - Date.parse(first.lastUpdated)).toBe(2_000)
  await admin(sandbox, 'POST', '/clock', { advanceMs: 2_000 })
  expect((await read()).lastUpdated > first.lastUpdated).toBe(true)
})

test('a comment is reported to its profile alone, signed over the bytes that are sent', async () => {
  const got: { body: string; headers: Record<string, unknown> }[] = []
  const receiver: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      got.push({ body, headers: request.headers })
      response.end()
    })
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  // listen() gives an address once it listens on TCP.
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  await ask('POST', '/hook/webhook', { action: 'comments', url, secret: 's' })
  await ask('POST', '/hook/webhook', { action: 'comments', url: `${url}/other` }, { profile: roastery })
  const { id, postIds } = (await post('Told')).body
  await admin(sandbox, 'POST', '/speak', {
    network: 'ayrshare',
    account: 'northwind/facebook',
    kind: 'comment',
    text: 'Grüezi',
    on: postIds[0].id,
  })
  await expect.poll(() => got.length).toBe(1)
  receiver.close()
  const [{ body, headers } = { body: '', headers: {} }] = got
  expect(headers['x-authorization-content-sha256']).toBe(createHmac('sha256', 's').update(body).digest('hex'))
  expect(JSON.parse(body)).toMatchObject({
    action: 'comments',
    platform: 'facebook',
    postId: id,
    text: 'Grüezi',
    media: { id: postIds[0].id },
  })
})
