import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { apiWorld, keyedDesk } from './world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
})
afterAll(() => api.close())

test('a program reads what a post said before and writes it again, unless somebody saved it since', async () => {
  const { key } = desk
  const platforms = [{ platform: 'x', accountId: desk.accounts.x }]
  const made = await api.post('/api/posts', { key, body: { content: { text: 'First' }, platforms } })
  const { id, revision } = made.body.post
  const changed = await api.ask('PUT', `/api/posts/${id}`, { key, body: { revision, content: { text: 'Second' } } })
  const page = await api.get(`/api/posts/${id}/versions?limit=1`, { key })
  expect(page.body.versions).toMatchObject([
    { content: { text: 'Second' }, accounts: [{ accountId: desk.accounts.x }] },
  ])
  const older = await api.get(`/api/posts/${id}/versions?limit=1&cursor=${page.body.next}`, { key })
  expect(older.body).toMatchObject({ versions: [{ content: { text: 'First' } }], next: null })

  const restore = `/api/posts/${id}/versions/${older.body.versions[0].id}/restore`
  expect((await api.post(restore, { key, body: { revision } })).body.error.code).toBe('CONFLICT')
  expect((await api.post(restore, { key, body: { revision: changed.body.post.revision } })).status).toBe(200)
  expect((await api.get(`/api/posts/${id}`, { key })).body.post.content.text).toBe('First')
})

test('a program sets the slots of an account, and reads them as it sent them', async () => {
  const { key } = desk
  const slots = `/api/accounts/${desk.accounts.x}/slots`
  const wanted = [
    { weekday: 1, time: '09:30' },
    { weekday: 5, time: '00:05' },
  ]
  expect((await api.ask('PUT', slots, { key, body: { slots: wanted } })).body).toEqual({ slots: wanted })
  expect((await api.get(slots, { key })).body).toEqual({ slots: wanted })
  const late = await api.ask('PUT', slots, { key, body: { slots: [{ weekday: 1, time: '24:00' }] } })
  expect(late.body.error).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('like 09:30') })
})

test('a program says what an account does by itself, when its key may change accounts', async () => {
  const at = `/api/accounts/${desk.accounts.x}/switches`
  const [{ key }, { key: reading }] = [await desk.newKey(['account.connect']), await desk.newKey(['account.read'])]
  const off = { looksAgain: { on: false, mostADay: 50, eachMicros: 5_000 }, showsRead: null }
  expect((await api.ask('PATCH', at, { key: reading, body: { looksAgain: false } })).status).toBe(403)
  expect((await api.ask('PATCH', at, { key, body: { looksAgain: false } })).body.data.switches).toEqual(off)
  const accounts = (await api.get('/api/accounts', { key: reading })).body.data as { id: string; switches: object }[]
  expect(accounts.find(({ id }) => id === desk.accounts.x)?.switches).toEqual(off)
  const refused = await api.ask('PATCH', at, { key, body: { showsRead: false } })
  expect(refused.body.error).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('showsRead') })
})

test('the overview adds the latest figures of what was published, by network', async () => {
  const { key } = await desk.newKey(['analytics.view'])
  const { workspaceId } = desk.owner
  const published = async (accountId: string, platform: string, daysAgo: number, samples: object[]) => {
    const [postId, variantId] = [newId(), newId()]
    const publishedAt = new Date(Date.now() - daysAgo * 86_400_000)
    await prisma.post.create({ data: { id: postId, workspaceId, authorId: 'a', content: {}, excerpt: '' } })
    await prisma.variant.create({
      data: { id: variantId, workspaceId, postId, accountId, platform, state: 'published', publishedAt },
    })
    for (const [n, values] of samples.entries())
      await prisma.metricSample.create({
        data: { id: newId(), workspaceId, variantId, values, takenAt: new Date(publishedAt.getTime() + n * 60_000) },
      })
  }
  const { x, bluesky } = desk.accounts
  await published(x, 'x', 1, [{ likes: 1 }, { likes: 5, impressions: 100 }])
  await published(x, 'x', 2, [])
  await published(bluesky, 'bluesky', 3, [{ likes: 2 }])
  await published(x, 'x', 40, [{ likes: 1_000 }])
  const of = async (query: string) => (await api.get(`/api/analytics/overview${query}`, { key })).body.data
  expect(await of('')).toMatchObject({
    published: 3,
    measured: 2,
    figures: { likes: 7, impressions: 100 },
    platforms: [
      { platform: 'bluesky', published: 1, measured: 1, figures: { likes: 2 } },
      { platform: 'x', published: 2, measured: 1, figures: { likes: 5, impressions: 100 } },
    ],
  })
  expect(await of('?platform=twitter&days=365')).toMatchObject({ published: 3, figures: { likes: 1_005 } })
  expect(await of('?projectId=none')).toMatchObject({ published: 0, figures: {}, platforms: [] })
})

test('fields that are not known are refused also where files and links are asked for', async () => {
  const { key } = await desk.newKey(['media.read', 'media.upload', 'media.delete', 'post.create'])
  const asked: readonly (readonly [string, string, object?])[] = [
    ['GET', '/api/media?colour=red'],
    ['GET', '/api/media/some?size=3'],
    ['PATCH', '/api/media/some', { alt: 'A', title: 'B' }],
    ['DELETE', '/api/media/some?now=true'],
    ['GET', '/api/link-preview?url=https://example.com&deep=1'],
  ]
  for (const [method, to, body] of asked) {
    const told = await api.ask(method, to, { key, ...(body ? { body } : {}) })
    const at = `${method} ${to}`
    expect([at, told.body.error.code, told.body.error.message]).toEqual([
      at,
      'VALIDATION_ERROR',
      expect.stringContaining('is not a field here'),
    ])
    expect([at, told.headers.get('ratelimit-limit')]).toEqual([at, expect.stringMatching(/^\d+$/)])
  }
})
