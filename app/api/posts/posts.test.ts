import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { hoursAhead, putInto, variantsOf } from '@/lib/posts/desk.test-data'
import { apiWorld, keyedDesk } from '../world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
})
afterAll(() => api.close())

const ahead = (hours: number) => hoursAhead(hours).toISOString()
const write = async (text: string, more: object = {}) => {
  const platforms = [{ platform: 'x', accountId: desk.accounts.x }]
  const told = await api.post('/api/posts', { key: desk.key, body: { content: { text }, platforms, ...more } })
  expect([told.status, told.body]).toMatchObject([201, { post: { status: expect.any(String) } }])
  return told.body.post as { id: string; revision: number; status: string; scheduledAt: string | null }
}
const read = async (id: string) => (await api.get(`/api/posts/${id}`, { key: desk.key })).body.post
const put = (id: string, body: object) => api.ask('PUT', `/api/posts/${id}`, { key: desk.key, body })

describe('a post', () => {
  test('is written with the content and platforms of the platform document, and read back in the same words', async () => {
    const { x, linkedin } = desk.accounts
    const { status, body } = await api.post('/api/posts', {
      key: desk.key,
      body: {
        content: {
          text: 'Hello #Zurich',
          media: [],
          hashtags: ['zurich', '#open'],
          mentions: ['ada'],
          link: 'https://example.com/a',
          firstComment: 'And more.',
        },
        platforms: [
          { platform: 'twitter', accountId: x, customContent: { text: 'Short', firstComment: null } },
          { platform: 'linkedin', accountId: linkedin },
        ],
      },
    })
    expect([status, body.post]).toMatchObject([201, { status: 'draft', scheduledAt: null, revision: 1 }])
    expect(await read(body.post.id)).toMatchObject({
      platforms: expect.arrayContaining(['x', 'linkedin']),
      content: {
        text: 'Hello #Zurich\n\n@ada #open',
        link: 'https://example.com/a',
        firstComment: 'And more.',
        media: [],
        thread: [],
      },
      accounts: [
        { accountId: x, platform: 'x', customContent: { text: 'Short', firstComment: null } },
        { accountId: linkedin, platform: 'linkedin', customContent: null },
      ],
    })
  })

  test('is created, scheduled, moved, taken off, copied, published and deleted, as on the screens', async () => {
    const { id } = await write('One road')
    const act = (what: string, body?: object) => api.post(`/api/posts/${id}/${what}`, { key: desk.key, body })
    const first = await act('schedule', { scheduledAt: ahead(48) })
    expect(first.body.post).toMatchObject({ id, status: 'scheduled', scheduledAt: ahead(48) })
    const wall = { wallTime: '2035-07-01T09:00', timeZone: 'Europe/Zurich' }
    const moved = await act('schedule', { scheduledAt: wall })
    expect(moved.body.post.scheduledAt).toBe('2035-07-01T07:00:00.000Z')
    expect(await read(id)).toMatchObject({ ...wall, status: 'scheduled', isMovable: true })
    expect((await act('cancel')).body.post).toMatchObject({ status: 'draft', scheduledAt: null })
    const copy = await act('duplicate')
    expect([copy.status, copy.body.post.status]).toEqual([201, 'draft'])
    expect(copy.body.post.id).not.toBe(id)
    const sent = await act('publish')
    expect([sent.status, sent.body.post.status]).toEqual([202, 'scheduled'])
    const { body } = await api.get(`/api/posts/${id}/ledger`, { key: desk.key })
    expect(body.ledger).toMatchObject([{ platform: 'x', handle: 'ada-x', status: 'scheduled', steps: [], metrics: [] }])
    expect((await api.ask('DELETE', `/api/posts/${id}`, { key: desk.key })).body).toEqual({ post: { id } })
    expect((await api.get(`/api/posts/${id}`, { key: desk.key })).status).toBe(404)
  })

  test('gives one account another time than the others', async () => {
    const { x, linkedin } = desk.accounts
    const platforms = [
      { platform: 'x', accountId: x },
      { platform: 'linkedin', accountId: linkedin },
    ]
    const { id } = await write('Apart', { scheduledAt: ahead(48), platforms })
    const schedule = (body: object) => api.post(`/api/posts/${id}/schedule`, { key: desk.key, body })
    expect((await schedule({ scheduledAt: ahead(50), accountId: linkedin })).body.post.scheduledAt).toBe(ahead(48))
    const { body } = await api.get(`/api/posts/${id}/ledger`, { key: desk.key })
    expect(body.ledger).toMatchObject([
      { platform: 'x', scheduledAt: ahead(48) },
      { platform: 'linkedin', scheduledAt: ahead(50) },
    ])
    const refused = await schedule({ scheduledAt: ahead(50), accountId: linkedin, recurrence: 'FREQ=DAILY;COUNT=2' })
    expect(refused.status).toBe(422)
  })

  test('keeps what a change does not name, and loses what it sets to null', async () => {
    const { id } = await write('Before', { content: { text: 'Before', link: 'https://example.com/a' } })
    expect((await put(id, { content: { text: 'After' } })).body.post.revision).toBe(2)
    expect((await read(id)).content).toMatchObject({ text: 'After', link: 'https://example.com/a' })
    await put(id, { content: { link: null, utm: { source: 'api' } } })
    expect((await read(id)).content).toMatchObject({ text: 'After', utm: { source: 'api' } })
    expect((await read(id)).content).not.toHaveProperty('link')
    const { linkedin } = desk.accounts
    await put(id, { platforms: [{ platform: 'linkedin', accountId: linkedin, customContent: { text: 'Own' } }] })
    expect((await read(id)).accounts).toMatchObject([{ accountId: linkedin, customContent: { text: 'Own' } }])
  })

  test('changes its words and its time together, or neither', async () => {
    const { id } = await write('Before', { scheduledAt: ahead(24) })
    const refused = await put(id, { content: { text: 'After' }, scheduledAt: '2020-01-01T00:00:00Z' })
    expect([refused.status, refused.body.error.code]).toEqual([422, 'VALIDATION_ERROR'])
    expect(await read(id)).toMatchObject({ content: { text: 'Before' }, scheduledAt: ahead(24), revision: 1 })
    const done = await put(id, { content: { text: 'After' }, scheduledAt: ahead(25) })
    expect(done.body.post).toMatchObject({ revision: 2, scheduledAt: ahead(25) })
    expect((await read(id)).content.text).toBe('After')
  })

  test('that was saved since is left alone when its revision is sent', async () => {
    const { id } = await write('One')
    await put(id, { content: { text: 'Two' } })
    const late = await put(id, { revision: 1, content: { text: 'Three' } })
    expect([late.status, late.body.error.code, late.body.error.message]).toEqual([
      409,
      'CONFLICT',
      expect.stringContaining('it is at 2 now'),
    ])
    expect((await put(id, { revision: 2, content: { text: 'Three' } })).status).toBe(200)
  })

  test('that is being sent is neither moved, changed, taken off nor deleted, and says why', async () => {
    const { id } = await write('Going', { scheduledAt: ahead(24) })
    await putInto(id, 'sending')
    for (const told of [
      await api.post(`/api/posts/${id}/schedule`, { key: desk.key, body: { scheduledAt: ahead(30) } }),
      await api.post(`/api/posts/${id}/publish`, { key: desk.key }),
      await api.post(`/api/posts/${id}/cancel`, { key: desk.key }),
      await put(id, { content: { text: 'Other' } }),
      await api.ask('DELETE', `/api/posts/${id}`, { key: desk.key }),
    ]) {
      expect([told.status, told.body.error.code]).toEqual([409, 'CONFLICT'])
      expect(told.body.error.message).toContain('is being sent right now')
    }
  })

  test('that waits for a person is settled through the API', async () => {
    const { id } = await write('Doubt', { scheduledAt: ahead(24) })
    await putInto(id, 'needs_person', { kind: 'unknown', message: 'Look at the network.' })
    const [variant] = await variantsOf(id)
    const settle = (body: object) => api.post(`/api/variants/${variant?.id}/settle`, { key: desk.key, body })
    expect((await settle({ answer: 'there' })).body.error).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { url: [expect.any(String)] },
    })
    expect((await settle({ answer: 'there', url: 'https://x.com/a/status/1' })).body.error.code).toBe('CONFLICT')
    expect((await settle({ answer: 'give_up' })).body).toEqual({ variant: { id: variant?.id } })
    expect((await settle({ answer: 'give_up' })).status).toBe(409)
    expect((await read(id)).status).toBe('cancelled')
  })
})

describe('lists', () => {
  test.each(['newest', 'due'])('come in pages without gaps or repeats, sorted by %s', async (sort) => {
    const { key, ...mine } = await keyedDesk()
    const platforms = [{ platform: 'x', accountId: mine.accounts.x }]
    const written: string[] = []
    for (let i = 0; i < 11; i += 1) {
      // Several at one instant: the cursor must tell them apart.
      const body = { content: { text: `Post ${i}` }, platforms, scheduledAt: ahead(24 + (i % 3)) }
      written.push((await api.post('/api/posts', { key, body })).body.post.id)
    }
    const seen: string[] = []
    let next: string | undefined = `/api/posts?limit=3&sort=${sort}`
    let pages = 0
    while (next) {
      const told = await api.get(next, { key })
      seen.push(...told.body.posts.map(({ id }: { id: string }) => id))
      pages += 1
      const link = /<([^>]+)>; rel="next"/.exec(told.headers.get('link') ?? '')?.[1]
      expect(link === undefined).toBe(told.body.next === null)
      next = link
    }
    expect([pages, seen.length, new Set(seen)]).toEqual([4, 11, new Set(written)])
  })

  test('show what the filters let through', async () => {
    const { key, ...mine } = await keyedDesk()
    const make = async (text: string, platform: 'x' | 'linkedin', scheduledAt?: string) => {
      const platforms = [{ platform, accountId: mine.accounts[platform] }]
      return (await api.post('/api/posts', { key, body: { content: { text }, platforms, scheduledAt } })).body.post.id
    }
    const draft = await make('Ärgerlich', 'x')
    const soon = await make('Soon', 'linkedin', '2035-03-01T10:00:00Z')
    const later = await make('Later', 'x', '2035-03-31T21:30:00Z')
    const found = async (query: string) =>
      (await api.get(`/api/posts?${query}`, { key })).body.posts.map(({ id }: { id: string }) => id)
    expect(await found('status=draft')).toEqual([draft])
    expect(await found('status=draft,scheduled')).toEqual([later, soon, draft])
    expect(await found('status=draft&status=scheduled&platform=twitter')).toEqual([later, draft])
    expect(await found(`accountId=${mine.accounts.linkedin}`)).toEqual([soon])
    expect(await found('search=ärger')).toEqual([draft])
    // Days are read in the workspace's zone, where it is April already at 22:00 UTC.
    expect(await found('startDate=2035-03-01&endDate=2035-04-01')).toEqual([later, soon])
    expect(await found('startDate=2035-03-01T10:00:01Z&sort=due')).toEqual([later])
    expect(await found('endDate=2035-03-31T23:30:00%2B02:00&sort=due')).toEqual([soon])
  })
})

describe('in bulk', () => {
  const bulk = (body: object, key = desk.key) => api.post('/api/posts/bulk', { key, body })

  test('what cannot be done is told by post, and stops nothing', async () => {
    const [one, two, sending] = [
      await write('1', { scheduledAt: ahead(24) }),
      await write('2', { scheduledAt: ahead(25) }),
      await write('3', { scheduledAt: ahead(26) }),
    ]
    await putInto(sending.id, 'sending')
    const postIds = [one.id, sending.id, two.id]
    const shifted = await bulk({ action: 'schedule', postIds, data: { shiftMinutes: 60 } })
    expect([shifted.status, shifted.body]).toEqual([
      200,
      {
        success: 2,
        failed: 1,
        errors: [{ postId: sending.id, code: 'CONFLICT', error: expect.stringContaining('being sent right now') }],
      },
    ])
    expect((await read(one.id)).scheduledAt).toBe(ahead(25))
    const same = await bulk({ action: 'schedule', postIds: [one.id, two.id], data: { scheduledAt: ahead(40) } })
    expect(same.body).toEqual({ success: 2, failed: 0, errors: [] })
    expect((await read(two.id)).scheduledAt).toBe(ahead(40))
    await bulk({ action: 'update', postIds: [one.id, two.id], data: { content: { text: 'Both' } } })
    expect((await read(two.id)).content.text).toBe('Both')
    expect((await bulk({ action: 'publish', postIds: [one.id, 'none'] })).body).toMatchObject({
      success: 1,
      errors: [{ postId: 'none', code: 'NOT_FOUND' }],
    })
    expect((await bulk({ action: 'delete', postIds: [two.id] })).body.success).toBe(1)
  })

  test('an action takes its own data and no other', async () => {
    const { id } = await write('Alone')
    const wrong = async (body: object) => (await bulk({ postIds: [id], ...body })).body.error
    expect(await wrong({ action: 'explode' })).toMatchObject({
      details: { action: [expect.stringContaining('schedule')] },
    })
    expect((await wrong({ action: 'schedule' })).message).toContain('either scheduledAt or shiftMinutes')
    expect((await wrong({ action: 'update' })).message).toContain('content')
    expect((await wrong({ action: 'delete', data: { scheduledAt: ahead(1) } })).details).toHaveProperty(
      'data.scheduledAt',
    )
    expect((await bulk({ action: 'delete', postIds: [] })).status).toBe(422)
  })

  test('a key without the scope of the action is refused', async () => {
    const { id } = await write('Mine', { scheduledAt: ahead(24) })
    const { key } = await desk.newKey(['post.read', 'post.update'])
    for (const action of ['publish', 'delete'] as const)
      expect((await bulk({ action, postIds: [id] }, key)).body.error.code).toBe('FORBIDDEN')
    expect(await prisma.post.count({ where: { id, deletedAt: null } })).toBe(1)
  })
})
