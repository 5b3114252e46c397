import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { must } from '@/lib/posts/desk.test-data'
import { createProject } from '@/lib/workspace'
import { apiWorld, keyedDesk } from '../world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
})
afterAll(() => api.close())

const schedule = (body: object, key = desk.key) => api.post('/api/calendar/schedule', { key, body })
const accountsOf = async (id: string) => (await api.get(`/api/posts/${id}`, { key: desk.key })).body.post.accounts

describe('scheduling in one call', () => {
  test('the example of the first document works: twitter is x, and each network is its one account', async () => {
    const { projectId } = must(await createProject(desk.owner, { name: 'A client' }))
    const { status, body } = await schedule({
      projectId,
      platforms: ['linkedin', 'twitter'],
      scheduledAt: '2034-12-01T10:30:00Z',
      customMessage: 'Check out my latest project!',
    })
    expect([status, body.post]).toMatchObject([201, { status: 'scheduled', scheduledAt: '2034-12-01T10:30:00.000Z' }])
    const { post } = (await api.get(`/api/posts/${body.post.id}`, { key: desk.key })).body
    expect(post).toMatchObject({ projectId, content: { text: 'Check out my latest project!' } })
    expect(post.platforms.sort()).toEqual(['linkedin', 'x'])
  })

  test('each network says its own text, and the common one where it has none', async () => {
    const { body } = await schedule({
      platforms: ['linkedin', 'twitter', 'bluesky'],
      scheduledAt: { wallTime: '2034-12-01T10:30', timeZone: 'Asia/Tokyo' },
      customMessage: 'For all',
      messageByPlatform: { linkedin: 'For LinkedIn', twitter: 'For X' },
    })
    expect(body.post.scheduledAt).toBe('2034-12-01T01:30:00.000Z')
    const said = (await accountsOf(body.post.id)).map(
      (one: { platform: string; customContent: { text: string } | null }) => [one.platform, one.customContent?.text],
    )
    expect(Object.fromEntries(said)).toEqual({ linkedin: 'For LinkedIn', x: 'For X', bluesky: undefined })
  })

  test('nobody guesses between two accounts of one network: the project decides, or the caller', async () => {
    const mine = await keyedDesk()
    const { projectId } = must(await createProject(mine.owner, { name: 'A client' }))
    const second = await mine.account('x', 'client')
    const body = { platforms: ['x'], scheduledAt: '2034-12-01T10:30:00Z', customMessage: 'Hello' }
    const before = await mine.everything()
    const refused = await schedule(body, mine.key)
    expect(refused.body.error).toMatchObject({ code: 'VALIDATION_ERROR', details: { platforms: expect.anything() } })
    expect(refused.body.error.message).toMatch(/2 accounts on x: ada-x \(.+\), client \(.+\)\. Say which in accountIds/)
    expect(await mine.everything()).toEqual(before)
    await prisma.account.update({ where: { id: second }, data: { projectId } })
    const to = async (more: object) => {
      const told = await schedule({ ...body, ...more }, mine.key)
      return (await api.get(`/api/posts/${told.body.post.id}`, { key: mine.key })).body.post.accountIds
    }
    expect(await to({ projectId })).toEqual([second])
    expect(await to({ accountIds: [second] })).toEqual([second])
    expect(await to({ platforms: [], accountIds: [second, mine.accounts.x] })).toHaveLength(2)
  })

  test.each([
    ['a network that is none of ours', { platforms: ['myspace'] }, /not a network that Posthorn posts to/],
    ['no network and no account', { platforms: [] }, /must name a network/],
    ['no text at all', { customMessage: undefined }, /messageByPlatform in its place/],
    [
      'a text for a network it does not go to',
      { messageByPlatform: { bluesky: 'x' } },
      /which the post does not go to/,
    ],
    [
      'a network without a text',
      { customMessage: undefined, messageByPlatform: { x: 'a' }, platforms: ['x', 'linkedin'] },
      /no text for linkedin/,
    ],
    ['a field of another program', { mediaUrls: ['https://a.example/b.png'] }, /uploaded to \/api\/media first/],
    ['a time without its offset', { scheduledAt: '2034-12-01T10:30:00' }, /an instant with its offset/],
  ])('%s is refused in words, and nothing is written', async (_what, wrong, words) => {
    const before = await desk.everything()
    const good = { platforms: ['x'], scheduledAt: '2034-12-01T10:30:00Z', customMessage: 'Hello' }
    const told = await schedule({ ...good, ...wrong })
    expect([told.status, told.body.error.code]).toEqual([
      422,
      expect.stringMatching(/VALIDATION_ERROR|MISSING_REQUIRED_FIELD/),
    ])
    expect(told.body.error.message).toMatch(words)
    expect(await desk.everything()).toEqual(before)
  })

  test('a network without an account says so', async () => {
    const mine = await keyedDesk()
    await prisma.account.updateMany({ where: { workspaceId: mine.workspaceId }, data: { state: 'disconnected' } })
    const told = await schedule(
      { platforms: ['x'], scheduledAt: '2034-12-01T10:30:00Z', customMessage: 'Hello' },
      mine.key,
    )
    expect(told.body.error.message).toContain('No account on x is connected here')
  })
})

describe('events', () => {
  test('are what FullCalendar reads, for its window in its zone', async () => {
    const mine = await keyedDesk()
    const at = (scheduledAt: string) =>
      schedule({ platforms: ['x'], scheduledAt, customMessage: scheduledAt.slice(0, 10) }, mine.key)
    // The first is still October in UTC and already November in Zurich.
    for (const time of ['2034-10-31T23:30:00Z', '2034-11-15T09:00:00Z', '2034-11-30T23:30:00Z']) await at(time)
    const titles = async (query: string) =>
      (await api.get(`/api/calendar/events?${query}`, { key: mine.key })).body.map(
        ({ title }: { title: string }) => title,
      )
    expect(await titles('start=2034-11-01T00:00:00Z&end=2034-12-01T00:00:00Z')).toEqual(['2034-11-15', '2034-11-30'])
    expect(await titles('start=2034-11-01T00:00:00%2B01:00&end=2034-12-01T00:00:00%2B01:00')).toEqual([
      '2034-10-31',
      '2034-11-15',
    ])
    expect(await titles('start=2034-11-01T00:00:00&end=2034-12-01T00:00:00&timeZone=Europe/Zurich')).toEqual([
      '2034-10-31',
      '2034-11-15',
    ])
    expect(await titles('start=2034-11-01&end=2034-12-01&timeZone=UTC')).toEqual(['2034-11-15', '2034-11-30'])
    expect(await titles('start=2034-11-01&end=2034-12-01&platform=bluesky')).toEqual([])
    const [event] = (await api.get('/api/calendar/events?start=2034-11-01&end=2034-12-01', { key: mine.key })).body
    expect(event).toMatchObject({
      start: '2034-10-31T23:30:00.000Z',
      editable: true,
      extendedProps: { status: 'scheduled', platforms: ['x'], accountIds: [mine.accounts.x] },
    })
  })

  test('each of more than a page that are due at one instant comes once', async () => {
    const mine = await keyedDesk()
    const made = Array.from({ length: 2_001 }, (_, at) => `${mine.workspaceId}-${String(at).padStart(4, '0')}`)
    const publishAt = new Date('2034-11-15T09:00:00Z')
    const rest = { workspaceId: mine.workspaceId, authorId: 'u', content: { text: '' }, excerpt: '', publishAt }
    await prisma.post.createMany({ data: made.map((id) => ({ id, ...rest })) })
    const account = { workspaceId: mine.workspaceId, accountId: mine.accounts.x, platform: 'x', publishAt }
    await prisma.variant.createMany({ data: made.map((postId) => ({ id: `${postId}-x`, postId, ...account })) })
    const seen: string[] = []
    let to: string | undefined = '/api/calendar/events?start=2034-11-01&end=2034-12-01'
    for (let pages = 0; to && pages < 3; pages += 1) {
      const told = await api.get(to, { key: mine.key })
      seen.push(...told.body.map(({ id }: { id: string }) => id))
      to = /^<(.+)>; rel="next"$/.exec(told.headers.get('link') ?? '')?.[1]
    }
    expect([seen, to]).toEqual([made, undefined])
  })

  test('a window that is missing, backwards, too long or of no zone is refused', async () => {
    const code = async (query: string) =>
      (await api.get(`/api/calendar/events?${query}`, { key: desk.key })).body.error.code
    expect(await code('')).toBe('MISSING_REQUIRED_FIELD')
    expect(await code('start=2034-12-01&end=2034-11-01')).toBe('VALIDATION_ERROR')
    expect(await code('start=2034-01-01&end=2034-11-01')).toBe('VALIDATION_ERROR')
    expect(await code('start=soon&end=2034-11-01')).toBe('VALIDATION_ERROR')
    expect(await code('start=2034-11-01&end=2034-12-01&timeZone=Mars/Base')).toBe('VALIDATION_ERROR')
  })
})
