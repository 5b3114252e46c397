import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReceiver } from '@/lib/webhooks/receiver.fixture'

// Settings are read once, at the first use.
const receiver = await startReceiver()
process.env.PRIVATE_WEBHOOK_ORIGINS = receiver.origin
const { startWorkers } = await import('@/lib/core/queue')
const { routes } = await import('@/worker/routes')
const { handle } = await import('@/worker/handle')
const { apiWorld, keyedDesk } = await import('../world.fixture')

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
let stopWorkers: () => Promise<void>
let key = ''
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
  key = (await desk.newKey(['webhook.manage'])).key
  stopWorkers = await startWorkers(handle(routes))
})
afterAll(async () => {
  await stopWorkers()
  await api.close()
  await receiver.close()
})

const to = (path = '') => `/api/webhook-endpoints${path}`
const write = (text: string) => api.post('/api/posts', { key: desk.key, body: { content: { text }, platforms: [] } })

test('a program asks by the API to be told, is told of what happens, and can be told it again', async () => {
  const asked = { url: `${receiver.origin}/told`, description: 'CRM', eventTypes: ['post.created'] }
  const made = await api.post(to(), { key, body: asked })
  expect([made.status, made.body.data]).toEqual([
    201,
    expect.objectContaining({ ...asked, state: 'active', last: null, secret: expect.stringMatching(/^whsec_/) }),
  ])
  const { id, secret } = made.body.data
  const post = (await write('Hello')).body.post.id
  await expect.poll(() => receiver.got.length).toBe(1)
  const [one] = receiver.got
  // Node writes these three as single values.
  expect(new Webhook(secret).verify(one?.body ?? '', one?.headers as Record<string, string>)).toMatchObject({
    id: one?.headers['webhook-id'],
    type: 'post.created',
    subject: { type: 'post', id: post },
  })
  const deliveries = async () => (await api.get(to(`/${id}/deliveries`), { key })).body.data
  await expect.poll(async () => (await deliveries())[0]?.state).toBe('delivered')

  const [told] = await deliveries()
  expect((await api.post(`/api/webhook-deliveries/${told.id}/redeliver`, { key })).status).toBe(202)
  await expect.poll(() => receiver.got.length).toBe(2)
  expect(receiver.got[1]?.headers['webhook-id']).toBe(one?.headers['webhook-id'])
  expect((await api.post(to(`/${id}/test`), { key })).status).toBe(202)
  await expect.poll(() => receiver.got.length).toBe(3)
  await expect
    .poll(async () => (await deliveries()).map((row: { type: string }) => row.type))
    .toEqual(['webhook.tested', 'post.created'])
  const page = await api.get(to(`/${id}/deliveries?limit=1`), { key })
  expect(page.headers.get('link')).toContain('rel="next"')
})

test('a webhook is read, changed, given another secret and removed by the API, and a key without the scope does none of it', async () => {
  const asked = { url: 'https://hooks.example.com/x', eventTypes: ['contact.erased'] }
  const { id, secret, ...shown } = (await api.post(to(), { key, body: asked })).body.data
  expect((await api.get(to(`/${id}`), { key })).body.data).toEqual({ id, ...shown })
  const paused = await api.ask('PATCH', to(`/${id}`), { key, body: { isPaused: true, description: 'Away' } })
  expect(paused.body.data).toMatchObject({ state: 'paused', description: 'Away', url: asked.url })
  expect((await api.post(to(`/${id}/test`), { key })).body.error.code).toBe('CONFLICT')
  const rotated = (await api.post(to(`/${id}/rotate`), { key })).body.data
  expect([rotated.secret === secret, rotated.previousUntil]).toEqual([false, expect.any(String)])
  expect((await api.post(to(`/${id}/rotate`), { key: desk.key })).body.error.code).toBe('FORBIDDEN')
  expect((await api.ask('DELETE', to(`/${id}`), { key })).body).toEqual({ data: { removed: true } })
  expect((await api.get(to(`/${id}`), { key })).body.error.code).toBe('NOT_FOUND')
})

test('what is asked for wrongly is refused by the name of its field', async () => {
  const refused = async (body: object) => {
    const { code, details } = (await api.post(to(), { key, body })).body.error
    return [code, Object.keys(details ?? {})]
  }
  const eventTypes = ['post.created']
  expect(await refused({ url: 'https://10.0.0.1/', eventTypes })).toEqual(['VALIDATION_ERROR', ['url']])
  expect(await refused({ url: 'http://example.com/', eventTypes })).toEqual(['VALIDATION_ERROR', ['url']])
  expect(await refused({ url: 'https://example.com/', eventTypes: [] })).toEqual(['VALIDATION_ERROR', ['eventTypes']])
  expect(await refused({ url: 'https://example.com/', eventTypes: ['apiKey.created'] })).toEqual([
    'VALIDATION_ERROR',
    ['eventTypes.0'],
  ])
  expect(await refused({ url: 'https://example.com/', eventTypes, secret: 'mine' })).toEqual([
    'VALIDATION_ERROR',
    ['secret'],
  ])
})
