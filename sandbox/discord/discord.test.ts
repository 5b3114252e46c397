import { createPublicKey, verify } from 'node:crypto'
import { createServer } from 'node:http'
import { DiscordAPIError, REST } from '@discordjs/rest'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '..'
import { admin } from '../core/speaking.fixture'
import { publicKey } from './events'

const token = 'MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token'
const [announcements, general, ideas] = ['1100000000000000011', '1100000000000000012', '1100000000000000013']

let sandbox: Sandbox
let rest: REST
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  rest = new REST({ version: '10', api: `${sandbox.networks.discord?.url}/api`, retries: 0 }).setToken(token)
})
afterAll(() => sandbox.close())

/** The client's answer as loose JSON, on purpose: a wrong shape fails the test that looks at it. */
const ask = async (of: Promise<unknown>) => JSON.parse(JSON.stringify(await of))

const key = createPublicKey({
  key: Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex'),
  format: 'der',
  type: 'spki',
})

async function refusal(of: Promise<unknown>): Promise<DiscordAPIError> {
  try {
    await of
  } catch (error) {
    if (error instanceof DiscordAPIError) return error
    throw error
  }
  throw new Error('It was not refused')
}

const react = (on: string, handle: string, text: string) =>
  admin(sandbox, 'POST', '/speak', {
    network: 'discord',
    account: 'general',
    kind: 'reaction',
    by: { handle, name: handle },
    text,
    on,
  })
const counts = async (message: string) => {
  const { reactions = [] } = await ask(rest.get(`/channels/${general}/messages/${message}`))
  return Object.fromEntries(
    reactions.map(({ emoji, count }: { emoji: { name: string }; count: number }) => [emoji.name, count]),
  )
}

describe('@discordjs/rest, unchanged,', () => {
  test('sends, reads, answers and deletes a message', async () => {
    const sent = await ask(rest.post(`/channels/${general}/messages`, { body: { content: 'Hello <there>' } }))
    const answer = await ask(
      rest.post(`/channels/${general}/messages`, {
        body: { content: 'And on', message_reference: { message_id: sent.id } },
      }),
    )
    expect(answer).toMatchObject({ type: 19, referenced_message: { id: sent.id } })
    const list = await ask(rest.get(`/channels/${general}/messages`, { query: new URLSearchParams({ limit: '2' }) }))
    expect(list.map(({ id }: { id: string }) => id)).toEqual([answer.id, sent.id])
    await rest.delete(`/channels/${general}/messages/${sent.id}`)
    expect((await refusal(rest.get(`/channels/${general}/messages/${sent.id}`))).code).toBe(10008)
  })

  test('takes several messages away at once, and all reactions off one', async () => {
    const say = () => ask(rest.post(`/channels/${general}/messages`, { body: { content: 'Cheap watches' } }))
    const [one, other, stays] = [await say(), await say(), await say()]
    const purge = (messages: readonly string[]) =>
      rest.post(`/channels/${general}/messages/bulk-delete`, { body: { messages } })
    expect((await refusal(purge([one.id]))).code).toBe(50035)
    await purge([one.id, other.id])
    for (const { id } of [one, other])
      expect((await refusal(rest.get(`/channels/${general}/messages/${id}`))).code).toBe(10008)
    for (const emoji of ['🔥', '💩']) await react(stays.id, 'mira', emoji)
    expect(await counts(stays.id)).toEqual({ '🔥': 1, '💩': 1 })
    await rest.delete(`/channels/${general}/messages/${stays.id}/reactions/${encodeURIComponent('💩')}`)
    expect(await counts(stays.id)).toEqual({ '🔥': 1 })
    await rest.delete(`/channels/${general}/messages/${stays.id}/reactions`)
    expect(await counts(stays.id)).toEqual({})
  })

  test('reads how many reacted with each emoji, and page by page who they are', async () => {
    const { id } = await ask(rest.post(`/channels/${general}/messages`, { body: { content: 'How is it?' } }))
    for (const handle of ['mira', 'rosa', 'tom']) await react(id, handle, '🔥')
    await react(id, 'tom', 'bean:1100000000000000041')
    expect(await counts(id)).toEqual({ '🔥': 3, bean: 1 })
    const path = `/channels/${general}/messages/${id}/reactions` as const
    const who = (emoji: string, more = {}) =>
      ask(rest.get(`${path}/${encodeURIComponent(emoji)}`, { query: new URLSearchParams(more) }))
    const first = await who('🔥', { limit: '2' })
    const second = await who('🔥', { limit: '2', after: first[1].id })
    const all = [...first, ...second]
    expect(all.map(({ username }: { username: string }) => username).toSorted()).toEqual(['mira', 'rosa', 'tom'])
    expect(all.map(({ id: by }: { id: string }) => by)).toEqual(
      (await who('🔥')).map(({ id: by }: { id: string }) => by),
    )
    expect(await who('bean:1100000000000000041')).toMatchObject([{ username: 'tom' }])
    expect(await who('🔥', { type: '1' })).toEqual([])
    await rest.delete(`${path}/${encodeURIComponent('🔥')}/${first[0].id}`)
    expect(await counts(id)).toEqual({ '🔥': 2, bean: 1 })
    expect((await refusal(rest.get(`/channels/${general}/messages/1/reactions/x`))).code).toBe(10008)
  })

  test('sends files with their descriptions', async () => {
    const data = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const sent = await ask(
      rest.post(`/channels/${general}/messages`, {
        body: { content: '', attachments: [{ id: 0, description: 'A teal square' }] },
        files: [{ name: 'teal.png', data, contentType: 'image/png' }],
      }),
    )
    expect(sent.attachments).toMatchObject([{ description: 'A teal square', content_type: 'image/png' }])
  })

  test('starts threads, forum posts and crossposts, each where Discord has them', async () => {
    const news = await ask(rest.post(`/channels/${announcements}/messages`, { body: { content: 'News' } }))
    await rest.post(`/channels/${announcements}/messages/${news.id}/threads`, { body: { name: 'Talk' } })
    expect(
      (await refusal(rest.post(`/channels/${announcements}/messages/${news.id}/threads`, { body: { name: 'Talk' } })))
        .code,
    ).toBe(160004)
    const crossposted = await ask(rest.post(`/channels/${announcements}/messages/${news.id}/crosspost`))
    expect(crossposted.flags & 1).toBe(1)
    expect((await refusal(rest.post(`/channels/${announcements}/messages/${news.id}/crosspost`))).code).toBe(40033)
    const post = await ask(
      rest.post(`/channels/${ideas}/threads`, { body: { name: 'An idea', message: { content: 'Iced?' } } }),
    )
    expect(post).toMatchObject({ parent_id: ideas, message: { id: post.id, content: 'Iced?' } })
    expect((await refusal(rest.post(`/channels/${ideas}/messages`, { body: { content: 'Plain' } }))).code).toBe(50008)
  })

  test('gets the first message again for an enforced nonce', async () => {
    const say = () =>
      ask(
        rest.post(`/channels/${general}/messages`, {
          body: { content: 'Only once', nonce: 'abc', enforce_nonce: true },
        }),
      )
    expect((await say()).id).toBe((await say()).id)
  })

  test('is refused in Discord’s own words', async () => {
    const error = await refusal(rest.post(`/channels/${general}/messages`, { body: { content: 'x'.repeat(2001) } }))
    expect(error).toMatchObject({ code: 50035, status: 400 })
    expect(error.message).toContain('Must be 2000 or fewer in length.')
    const stranger = new REST({ version: '10', api: `${sandbox.networks.discord?.url}/api` }).setToken('nothing')
    expect((await refusal(stranger.get('/users/@me'))).status).toBe(401)
  })

  test('waits as long as a rate limit says, by its own reading of the headers', async () => {
    await admin(sandbox, 'POST', '/faults', { network: 'discord', fault: '429_until', param: 0.2 })
    const patient = new REST({ version: '10', api: `${sandbox.networks.discord?.url}/api`, retries: 1 }).setToken(token)
    const limits: number[] = []
    patient.on('rateLimited', ({ retryAfter }) => limits.push(retryAfter))
    await patient.post(`/channels/${general}/messages`, { body: { content: 'Patience' } })
    expect(limits).toHaveLength(1)
  })

  test('uses an incoming webhook', async () => {
    const sent = await ask(
      rest.post('/webhooks/1100000000000000022/sandbox-webhook-general', {
        auth: false,
        query: new URLSearchParams({ wait: 'true' }),
        body: { content: 'By webhook', username: 'Northwind' },
      }),
    )
    expect(sent).toMatchObject({ channel_id: general, webhook_id: '1100000000000000022' })
  })
})

test('an events address is taken when it knows signed pings from others, and is told of installs', async () => {
  const received: { body: string; isGood: boolean }[] = []
  let checks = true
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const isGood = verify(
        null,
        Buffer.from(String(request.headers['x-signature-timestamp']) + body),
        key,
        Buffer.from(String(request.headers['x-signature-ed25519']), 'hex'),
      )
      received.push({ body, isGood })
      response.writeHead(isGood || !checks ? 204 : 401).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const at = receiver.address()
  const url = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`
  checks = false
  expect((await refusal(rest.patch('/applications/@me', { body: { event_webhooks_url: url } }))).code).toBe(50035)
  checks = true
  const application = await ask(rest.patch('/applications/@me', { body: { event_webhooks_url: url } }))
  expect(application).toMatchObject({ event_webhooks_url: url, event_webhooks_status: 2, verify_key: publicKey })
  expect(received.map(({ isGood }) => isGood)).toEqual([true, false, true, false])
  receiver.closeAllConnections()
  receiver.close()
})
