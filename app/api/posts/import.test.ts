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

const text = () => `date,time,accounts,text\n2031-03-03,09:00,${desk.accounts.x},One\n,,nobody,Two`

test('a file is judged first, and imported when that is said, once', async () => {
  const ask = (more: object) =>
    api.post('/api/posts/import', { key: desk.key, body: { format: 'csv', text: text(), ...more } })
  const before = await prisma.post.count()
  const preview = await ask({})
  expect([preview.status, preview.body.preview.rows.map((row: { state: string }) => row.state)]).toEqual([
    200,
    ['ready', 'blocked'],
  ])
  expect(await prisma.post.count()).toBe(before)
  expect((await ask({ dryRun: false })).body.outcome).toMatchObject({ imported: [{ row: 2 }], skipped: [{ row: 3 }] })
  expect((await ask({ dryRun: false })).body.outcome).toMatchObject({ imported: [], skipped: [{ row: 2 }, { row: 3 }] })
  const file = await api.get('/api/posts/export?format=csv', { key: desk.key })
  expect(file.body.file).toMatchObject({ posts: expect.any(Number), text: expect.stringContaining('2031-03-03,09:00') })
})

test('a feed in the machine’s own network is refused, and one that is not there is not changed', async () => {
  const made = await api.post('/api/feeds', { key: desk.key, body: { url: 'http://127.0.0.1:1/feed' } })
  expect([made.status, made.body.error.message]).toEqual([422, expect.stringContaining('not on the public internet')])
  expect((await api.get('/api/feeds', { key: desk.key })).body).toEqual({ data: [] })
  expect((await api.ask('PATCH', '/api/feeds/none', { key: desk.key, body: { isOn: false } })).status).toBe(404)
})
