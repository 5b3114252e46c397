import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '.'
import { challengeResponse, sign as signLikeLinkedIn } from './linkedin/webhooks'
import { type Speaker, admin, parse } from './core/speaking.fixture'
import { speakAsPage } from './linkedin/speaker.fixture'
import { speakOnX } from './x/speaker.fixture'
import { sign as signLikeX } from './x/webhooks'

const vectorsFile = join(process.env.SPECS_DIR ?? join(import.meta.dirname, '../../shared/specs'), '../vectors.json')
const secret = 'sandbox-secret'

type Received = { readonly body: string; readonly signature: string }
/** A receiver as a product would have it: answers both handshakes, keeps what it gets, fails when told to. */
let received: Received[] = []
let failuresLeft = 0
let receiver: Server
let hookUrl: string
let sandbox: Sandbox
let x: Speaker
let page: Speaker

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
    const crc = query.get('crc_token')
    const challenge = query.get('challengeCode')
    const hmac = (text: string) =>
      createHmac('sha256', request.url?.startsWith('/wrong') ? 'other' : secret).update(text)
    if (crc !== null)
      return void response.end(JSON.stringify({ response_token: `sha256=${hmac(crc).digest('base64')}` }))
    if (challenge !== null)
      return void response.end(
        JSON.stringify({ challengeCode: challenge, challengeResponse: hmac(challenge).digest('hex') }),
      )
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      failuresLeft -= 1
      if (failuresLeft >= 0) return void response.writeHead(503).end()
      received.push({
        body,
        signature: String(request.headers['x-twitter-webhooks-signature'] ?? request.headers['x-li-signature']),
      })
      response.end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  hookUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  sandbox = await startSandbox({ port: 0 })
  x = await speakOnX(sandbox, 'northwind')
  page = await speakAsPage(sandbox)
})
afterAll(async () => {
  await sandbox.close()
  receiver.closeAllConnections()
  receiver.close()
})
afterEach(() => {
  received = []
  failuresLeft = 0
})

async function appBearer(): Promise<string> {
  const answer = await fetch(`${sandbox.networks.x?.url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`app:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return `Bearer ${(await answer.json()).access_token}`
}

const arrived = (count: number) =>
  vi.waitFor(() => expect(received.length).toBe(count), { timeout: 60_000, interval: 20 })
const subscription = () => ({
  developerApplication: 'urn:li:developerApplication:1',
  user: 'urn:li:person:SbxNoraWinter',
  entity: page.account,
  eventType: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
  webhook: `${hookUrl}/linkedin`,
})

test('X registers a hook that answers its challenge, and no other', async () => {
  const authorization = await appBearer()
  const register = (url: string) => x.call('POST', '/2/webhooks', { url }, { authorization })
  expect(parse(await register(`${hookUrl}/wrong`))).toMatchObject({ status: 400 })
  expect(parse(await register('https://posthorn.example/hook'))).toMatchObject({ status: 403 })
  const hook = parse(await register(`${hookUrl}/x`)).data
  expect(hook.valid).toBe(true)
  const userId = parse(await x.call('GET', '/2/users/me')).data.id
  const { data } = parse(
    await x.call(
      'POST',
      '/2/activity/subscriptions',
      { event_type: 'post.create', filter: { user_id: userId }, webhook_id: hook.id },
      { authorization },
    ),
  )
  expect(data.subscription).toMatchObject({ event_type: 'post.create', webhook_id: hook.id })
})

test('LinkedIn subscribes a hook that answers its challenge, and no other', async () => {
  const wrong = await page.call('POST', '/rest/eventSubscriptions', { ...subscription(), webhook: `${hookUrl}/wrong` })
  expect(parse(wrong)).toMatchObject({ status: 400, code: 'WEBHOOK_VALIDATION_FAILED' })
  const key = `(developerApplication:urn%3Ali%3AdeveloperApplication%3A1,user:urn%3Ali%3Aperson%3ASbxNoraWinter,entity:${encodeURIComponent(page.account)},eventType:ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS)`
  const put = await page.call('PUT', `/rest/eventSubscriptions/${encodeURIComponent(key)}`, {
    webhook: `${hookUrl}/linkedin`,
  })
  expect(typeof put === 'string' ? put : put.status).toBe(204)
})

test('a post arrives as an event whose signature is over its raw bytes, tried again until it is taken', async () => {
  failuresLeft = 1
  const made = parse(await x.publish('News & more'))
  await arrived(1)
  const event = received[0]
  expect(event?.signature).toBe(
    `sha256=${createHmac('sha256', secret)
      .update(event?.body ?? '')
      .digest('base64')}`,
  )
  expect(JSON.parse(event?.body ?? '').data).toMatchObject({
    event_type: 'post.create',
    payload: { id: made.data.id, text: 'News &amp; more' },
  })

  received = []
  await page.publish('Page news')
  await arrived(1)
  const notice = received[0]
  expect(notice?.signature).toBe(createHmac('sha256', secret).update(`hmacsha256=${notice?.body}`).digest('hex'))
  expect(JSON.parse(notice?.body ?? '')).toMatchObject({
    type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
    notifications: [{ organizationalEntity: page.account, action: 'SHARE' }],
  })
})

test('webhook_twice delivers one event twice, of one effect', async () => {
  for (const speaker of [x, page]) {
    received = []
    await speaker.publish('Echo #fault:webhook_twice')
    await arrived(2)
    expect(received[0]?.body).toBe(received[1]?.body)
  }
  const effects: { text: string }[] = await admin(sandbox, 'GET', '/effects')
  expect(effects.filter((e) => e.text.startsWith('Echo'))).toHaveLength(2)
})

test('webhook_reordered delivers an event after the one that followed it, of two effects', async () => {
  for (const speaker of [x, page]) {
    received = []
    await speaker.publish('Older #fault:webhook_reordered=5000')
    await speaker.publish('Newer')
    await arrived(2)
    expect(received.map((r) => (r.body.includes('Newer') ? 'newer' : 'older'))).toEqual(['newer', 'older'])
  }
  const effects: { text: string }[] = await admin(sandbox, 'GET', '/effects')
  expect(effects.filter((e) => /^(Older|Newer)/.test(e.text))).toHaveLength(4)
})

describe.skipIf(!existsSync(vectorsFile))(`by ${vectorsFile}`, () => {
  test('handshakes are signed as the makers document', () => {
    const vectors = JSON.parse(readFileSync(vectorsFile, 'utf8'))
    expect(signLikeX(vectors.x_crc.crc_token, vectors.x_crc.consumerSecret)).toBe(vectors.x_crc.response_token)
    expect(challengeResponse(vectors.linkedin_challenge.challengeCode, vectors.linkedin_challenge.clientSecret)).toBe(
      vectors.linkedin_challenge.challengeResponse,
    )
    expect(signLikeLinkedIn('{}', 's')).toBe(createHmac('sha256', 's').update('hmacsha256={}').digest('hex'))
  })
})
if (!existsSync(vectorsFile)) console.warn(`Skipped: ${vectorsFile} is absent`)

test('an address that does not answer its handshake is not taken in the developer’s pages, nor one elsewhere', async () => {
  const ask = async (body: Record<string, string>) => {
    const answer = await fetch(`${sandbox.url}/portal`, { method: 'POST', body: JSON.stringify(body) })
    return [answer.status, (await answer.json()).message]
  }
  const wish = { clientId: 'posthorn', verifyToken: 'word' }
  expect(await ask({ ...wish, network: 'facebook', url: `${hookUrl}/deaf` })).toEqual([
    400,
    expect.stringContaining('Callback verification failed'),
  ])
  for (const network of ['facebook', 'discord'])
    expect(await ask({ ...wish, network, url: 'http://127.0.0.1:9/nobody' })).toEqual([
      504,
      expect.stringMatching(/verification failed|could not be verified/),
    ])
  expect(await ask({ ...wish, network: 'facebook', url: 'https://posthorn.example/hook' })).toEqual([
    400,
    expect.stringContaining('must be on this computer'),
  ])
})
