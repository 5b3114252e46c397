import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { apiWorld, keyedDesk } from '../world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
})
afterAll(() => api.close())

const platforms = () => [{ platform: 'x', accountId: desk.accounts.x }]
const poll = { options: ['Filter', 'Espresso'], minutes: 1_440, multiple: false }

test('a post is checked with what it costs, and nothing is written', async () => {
  const before = await prisma.post.count()
  const { status, body } = await api.post('/api/posts/check', {
    key: desk.key,
    body: {
      content: { text: 'a'.repeat(281), link: 'https://a.example/' },
      platforms: platforms(),
      scheduledAt: { wallTime: '2031-03-03T09:00', timeZone: 'Europe/Zurich' },
      recurrence: 'FREQ=DAILY;COUNT=2',
    },
  })
  expect(status).toBe(200)
  expect(body.check).toMatchObject({
    costMicros: 400_000,
    times: 2,
    problems: [{ field: 'text', severity: 'refusal' }],
  })
  expect(await prisma.post.count()).toBe(before)
})

test('a title, a poll and what a network asks are kept and read back in the same words', async () => {
  const content = { text: 'Which one?', title: 'A question', poll }
  const asked = [{ ...platforms()[0], customContent: { poll: null, title: 'Here', options: { privacy: 'all' } } }]
  const { status, body } = await api.post('/api/posts', { key: desk.key, body: { content, platforms: asked } })
  expect(status).toBe(201)
  const read = await api.get(`/api/posts/${body.post.id}`, { key: desk.key })
  expect(read.body.post).toMatchObject({
    content,
    accounts: [{ customContent: { poll: null, title: 'Here', options: { privacy: 'all' } } }],
  })
  const check = await api.post('/api/posts/check', { key: desk.key, body: { content, platforms: asked } })
  expect(check.body.check.problems).toMatchObject([{ field: 'options', option: 'privacy' }])
})

test('an outlook of the queue is read; one of a year is refused', async () => {
  const ask = (query: string) => api.get(`/api/foresight?${query}`, { key: desk.key })
  expect((await ask('startDate=2031-03-01&endDate=2031-04-01')).body.outlook).toMatchObject({ costMicros: 0 })
  expect((await ask('startDate=2031-01-01&endDate=2032-01-01')).status).toBe(422)
})

test('what a network asks is listed; a list that it does not have is refused', async () => {
  const at = `/api/accounts/${desk.accounts.x}/options`
  expect((await api.get(at, { key: desk.key })).body).toMatchObject({ options: expect.any(Array), choices: [] })
  expect((await api.get(`${at}?field=board`, { key: desk.key })).status).toBe(422)
  expect((await api.get('/api/accounts/none/options', { key: desk.key })).status).toBe(404)
})
