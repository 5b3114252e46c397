import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { doors, pass } from '@/lib/core/rate'
import { httpStatus } from '@/lib/core/result'
import { must } from '@/lib/posts/desk.test-data'
import { createProject, revokeApiKey } from '@/lib/workspace'
import { endpoints } from './contract/endpoints'
import { apiWorld, everyScope, keyedDesk, type Told } from './world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
let postId: string
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
  postId = (await create({})).body.post.id
})
afterAll(() => api.close())

const toX = () => [{ platform: 'x', accountId: desk.accounts.x }]
const create = (more: object, headers: Record<string, string> = {}) =>
  api.post('/api/posts', {
    key: desk.key,
    headers,
    body: { content: { text: 'Hello' }, platforms: toX(), ...more },
  })
/** Every failure is a code of the closed list with its own status, and a sentence that says what to do. */
function failure({ status, body, headers }: Told) {
  const { code, message, requestId, timestamp, details } = body.error
  expect(httpStatus).toHaveProperty(code, status)
  expect(message).toMatch(/^\S.{20,}[.!]$/s)
  expect(requestId).toBe(headers.get('x-request-id'))
  expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000)
  return { code, message, details }
}
/** The same, and that nothing was changed by what led to it. */
async function refused(ask: () => Promise<Told>, of: { everything(): Promise<unknown> } = desk) {
  const before = await of.everything()
  const told = failure(await ask())
  expect(await of.everything()).toEqual(before)
  return told
}

const addressOf = (path: string, id: string) => path.replace(/\{\w+\}/g, id)
const guarded = endpoints.filter(({ scope, answer, body }) => scope && answer !== 'bytes' && body !== 'bytes')

describe('who asks', () => {
  test('nobody is let in anywhere, and is told how to say who they are', async () => {
    for (const { method, path } of guarded) {
      const { code, message } = failure(await api.ask(method, addressOf(path, postId)))
      expect([path, code, message]).toEqual([path, 'UNAUTHORIZED', expect.stringContaining('API key')])
    }
  })

  test('a key without the scope is refused everywhere, before what it sent is judged', async () => {
    const { key } = await desk.newKey(['analytics.export'])
    for (const { method, path, scope } of guarded) {
      const { code, message } = failure(await api.ask(method, addressOf(path, postId), { key }))
      expect([path, code, message]).toEqual([path, 'FORBIDDEN', expect.stringContaining(scope ?? '')])
    }
  })

  test('a key that may only read may not publish, nor schedule by way of writing', async () => {
    const { key } = await desk.newKey(['post.read'])
    const publish = await refused(() => api.post(`/api/posts/${postId}/publish`, { key }))
    expect(publish).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('post.publish') })
    const writer = await desk.newKey(['post.read', 'post.create', 'post.update'])
    const body = { content: { text: 'Hello' }, platforms: toX(), scheduledAt: '2035-01-01T00:00:00Z' }
    expect((await refused(() => api.post('/api/posts', { key: writer.key, body }))).code).toBe('FORBIDDEN')
    const move = { scheduledAt: body.scheduledAt }
    const moved = await refused(() => api.ask('PUT', `/api/posts/${postId}`, { key: writer.key, body: move }))
    expect(moved).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('post.schedule') })
  })

  test('a key that was revoked, has expired, or is guessed opens nothing', async () => {
    const [revoked, expired] = [await desk.newKey(), await desk.newKey()]
    must(await revokeApiKey(desk.owner, { apiKeyId: revoked.apiKeyId }))
    await prisma.apiKey.update({ where: { id: expired.apiKeyId }, data: { expiresAt: new Date(Date.now() - 1_000) } })
    const codeWith = async (key: string) => (await refused(() => api.post('/api/posts', { key, body: {} }))).code
    expect([await codeWith(revoked.key), await codeWith(expired.key), await codeWith(`ph_${newId()}`)]).toEqual([
      'INVALID_TOKEN',
      'TOKEN_EXPIRED',
      'INVALID_TOKEN',
    ])
  })
})

describe('what is sent', () => {
  const send = (body: unknown) => api.post('/api/posts', { key: desk.key, body })

  test.each([
    ['not JSON', '{"content":'],
    ['a list', '[]'],
    ['over 1 MB', JSON.stringify({ content: { text: 'x'.repeat(1_100_000) } })],
  ])('a body that is %s is INVALID_INPUT', async (_what, body) => {
    expect((await refused(() => send(body))).code).toBe('INVALID_INPUT')
  })

  test('a field that is missing is named', async () => {
    expect(await refused(() => send({}))).toMatchObject({
      code: 'MISSING_REQUIRED_FIELD',
      message: 'content: is needed. Correct it and try again.',
    })
    const told = await refused(() => api.post(`/api/posts/${postId}/schedule`, { key: desk.key, body: {} }))
    expect(told).toMatchObject({
      code: 'MISSING_REQUIRED_FIELD',
      details: { scheduledAt: [expect.stringContaining('with its offset')] },
    })
  })

  test('a field that is not known is refused in words, at every level', async () => {
    const content = { text: 'Hello' }
    const unknown = async (body: object) => refused(() => send({ content, ...body }))
    expect(await unknown({ campaign: 'spring' })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('posts belong to no campaigns here'),
      details: { campaign: [expect.anything()] },
    })
    expect((await unknown({ tags: ['a'] })).message).toContain('posts carry no tags here')
    expect((await unknown({ content: { ...content, colour: 'red' } })).details).toEqual({
      'content.colour': [expect.stringContaining('Those there are: text, media, hashtags')],
    })
    const custom = [{ ...toX()[0], customContent: { tone: 'warm' } }]
    expect((await unknown({ platforms: custom })).details).toHaveProperty('platforms.0.customContent.tone')
    expect((await refused(() => api.get('/api/posts?page=2', { key: desk.key }))).message).toContain('paged by cursor')
    const told = await refused(() => api.post(`/api/posts/${postId}/cancel`, { key: desk.key, body: { why: 'x' } }))
    expect(told.details).toHaveProperty('why')
  })

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=a', 'limit'],
    ['status=flying', 'status.0'],
    ['platform=myspace', 'platform.0'],
    ['sort=oldest', 'sort'],
    ['search=a&search=b', 'search'],
    ['startDate=yesterday', 'startDate'],
    ['endDate=0000-01-01', 'endDate'],
  ])('the query %s is refused, by name', async (query, field) => {
    const told = await refused(() => api.get(`/api/posts?${query}`, { key: desk.key }))
    expect([told.code, told.details]).toEqual(['VALIDATION_ERROR', { [field]: [expect.anything()] }])
  })

  test('a time that clocks skip is refused with the next one there is', async () => {
    const scheduledAt = { wallTime: '2035-03-25T02:30', timeZone: 'Europe/Zurich' }
    const told = await refused(() => create({ scheduledAt }))
    expect(told).toMatchObject({ code: 'VALIDATION_ERROR', details: { scheduledAt: [expect.anything()] } })
    expect(told.message).toContain('Choose 03:30 or another time')
  })

  test('the past is refused, with what to do instead', async () => {
    for (const scheduledAt of ['2020-01-01T00:00:00Z', { wallTime: '2020-01-01T00:00', timeZone: 'Europe/Zurich' }]) {
      const told = await refused(() => create({ scheduledAt }))
      expect(told).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('publish now') })
      expect(told.details).toHaveProperty('scheduledAt')
    }
  })

  test('a text too long for X by one is refused with the count, and as long as it may be is taken', async () => {
    const scheduledAt = '2035-01-01T00:00:00Z'
    const told = await refused(() => create({ content: { text: 'a'.repeat(281) }, scheduledAt }))
    expect(told).toMatchObject({ code: 'VALIDATION_ERROR', message: 'X counts 281 of 280 characters: remove 1.' })
    expect((await create({ content: { text: 'a'.repeat(280) }, scheduledAt })).status).toBe(201)
  })

  test('an account on another network than its caller believes is refused', async () => {
    const platforms = [{ platform: 'linkedin', accountId: desk.accounts.x }]
    const told = await refused(() => create({ platforms }))
    expect(told).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { platforms: [expect.stringContaining('is on x')] },
    })
  })
})

/** Ids by the word that stands before them in an address. */
type Ids = Readonly<Record<string, string>>
const addressWith = (path: string, ids: Ids) =>
  path.replace(/([\w-]+)\/\{\w+\}/g, (_, kind: string) => {
    const id = ids[kind]
    if (!id) throw new Error(`${path}: there is no id of another workspace's ${kind} to try it with`)
    return `${kind}/${id}`
  })

/** A conversation with a message and its file, a draft, and an answer that waits for approval; what a desk is set up with. */
async function conversationOf(workspaceId: string, accountId: string): Promise<Ids> {
  const [conversations, messages, replies] = [newId(), newId(), newId()]
  const at = new Date()
  await prisma.conversation.create({
    data: {
      id: conversations,
      workspaceId,
      accountId,
      platform: 'x',
      externalKey: conversations,
      kind: 'mention',
      lastMessageAt: at,
    },
  })
  await prisma.message.create({
    data: {
      id: messages,
      workspaceId,
      conversationId: conversations,
      accountId,
      externalId: messages,
      kind: 'mention',
      own: false,
      text: 'Theirs',
      at,
      textAt: at,
      authorName: 'Mira',
      authorHandle: '@mira',
      source: {},
      via: 'poll',
    },
  })
  await prisma.reply.create({
    data: {
      id: replies,
      workspaceId,
      conversationId: conversations,
      accountId,
      messageId: messages,
      contentHash: 'theirs',
      text: 'Theirs',
      intent: {},
      state: 'in_review',
      sendAt: at,
      authorKind: 'member',
      authorId: 'theirs',
    },
  })
  const [files, drafts] = [newId(), newId()]
  await prisma.messageFile.create({ data: { id: files, workspaceId, messageId: messages, place: 0 } })
  await prisma.aiDraft.create({
    data: {
      id: drafts,
      workspaceId,
      conversationId: conversations,
      messageId: messages,
      origin: 'template',
      text: 'Theirs',
      confidence: 1,
      reasons: [],
      sources: [],
      problems: [],
      requestedById: 'theirs',
    },
  })
  const [contacts, labels, macros, templates, views] = [newId(), newId(), newId(), newId(), newId()]
  await prisma.contact.create({ data: { id: contacts, workspaceId, name: 'Mira', lastSeenAt: at } })
  await prisma.label.create({ data: { id: labels, workspaceId, name: 'Theirs', colour: 'red' } })
  await prisma.macro.create({ data: { id: macros, workspaceId, name: 'Theirs', steps: [] } })
  await prisma.savedReply.create({ data: { id: templates, workspaceId, name: 'Theirs', text: 'Theirs' } })
  await prisma.savedView.create({ data: { id: views, workspaceId, name: 'Theirs', words: 'theirs' } })
  return {
    conversations,
    messages,
    interactions: messages,
    files,
    drafts,
    replies,
    contacts,
    labels,
    macros,
    templates,
    views,
  }
}

/** A feed that drafts posts, and a program that was told of a post. */
async function connectionsOf(workspaceId: string): Promise<Ids> {
  const [feeds, endpointId, deliveries] = [newId(), newId(), newId()]
  const [createdById, at] = ['theirs', new Date('2035-01-01T00:00:00Z')]
  const feed = { url: 'https://theirs.example/feed.xml', title: 'Theirs', template: '{title}', accountIds: [] }
  await prisma.feed.create({ data: { ...feed, id: feeds, workspaceId, createdById, nextCheckAt: at } })
  const hook = { url: 'https://theirs.example/hook', description: '', eventTypes: [], secretSealed: 'none' }
  await prisma.webhookEndpoint.create({ data: { ...hook, id: endpointId, workspaceId, createdById } })
  const { id: eventId, type } = await prisma.event.findFirstOrThrow({ where: { workspaceId } })
  const told = { state: 'failed', eventId, type, endpointId } as const
  await prisma.webhookDelivery.create({ data: { ...told, id: deliveries, workspaceId } })
  return { feeds, 'webhook-endpoints': endpointId, 'webhook-deliveries': deliveries }
}

describe('another workspace’s ids', () => {
  test('find nothing in any parameter, and change nothing on either side', async () => {
    const theirs = await keyedDesk()
    const { projectId } = must(await createProject(theirs.owner, { name: 'Theirs' }))
    const mediaId = newId()
    const file = {
      name: 'a.png',
      kind: 'image',
      mime: 'image/png',
      sizeBytes: 1n,
      sha256: 'a',
      storageKey: mediaId,
      alt: '',
    }
    const { workspaceId } = theirs
    await prisma.media.create({ data: { ...file, id: mediaId, workspaceId, createdById: theirs.owner.actor.id } })
    const platforms = [{ platform: 'x', accountId: theirs.accounts.x }]
    const body = { content: { text: 'Theirs' }, platforms, scheduledAt: '2035-01-01T00:00:00Z' }
    const post = (await api.post('/api/posts', { key: theirs.key, body })).body.post.id
    const variants = (await api.get(`/api/posts/${post}`, { key: theirs.key })).body.post.accounts[0].id
    const versions = (await api.get(`/api/posts/${post}/versions`, { key: theirs.key })).body.versions[0].id
    const ids: Ids = {
      posts: post,
      variants,
      versions,
      media: mediaId,
      accounts: theirs.accounts.x,
      ...(await conversationOf(workspaceId, theirs.accounts.x)),
      ...(await connectionsOf(workspaceId)),
    }
    const otherId = newId()
    await prisma.contact.create({ data: { id: otherId, workspaceId, name: 'Mira too', lastSeenAt: new Date() } })
    const before = await theirs.everything()

    const bodies: Readonly<Record<string, object>> = {
      updatePost: { content: { text: 'Mine' } },
      schedulePost: { scheduledAt: '2035-01-02T00:00:00Z' },
      settleVariant: { answer: 'give_up' },
      describeMedia: { alt: 'Mine' },
      labelConversation: { add: [ids.labels] },
      mergeContact: { otherId },
    }
    const inbox = ['inbox.read', 'inbox.triage', 'inbox.draft', 'inbox.reply', 'inbox.manage', 'ai.use'] as const
    const people = ['contact.read', 'contact.update', 'contact.erase', 'webhook.manage'] as const
    const { key } = await desk.newKey([
      ...everyScope,
      ...inbox,
      ...people,
      'media.upload',
      'media.delete',
      'account.connect',
    ])
    const withIds = endpoints.filter(({ path }) => path.includes('{'))
    expect(withIds.length).toBeGreaterThanOrEqual(50)
    for (const { id, method, path, example } of withIds) {
      const mine = await desk.everything()
      const told = await api.ask(method, addressWith(path, ids), {
        key,
        body: method === 'GET' ? undefined : (bodies[id] ?? example),
      })
      expect([id, failure(told).code]).toEqual([id, 'NOT_FOUND'])
      expect(await desk.everything()).toEqual(mine)
    }

    const mine = `/api/posts/${postId}`
    const content = { text: 'Mine', media: [mediaId] }
    const tries: readonly (readonly [string, string, object])[] = [
      ['POST', '/api/posts', { content: { text: 'Mine' }, platforms }],
      ['POST', '/api/posts', { content }],
      ['POST', '/api/posts', { content: { text: 'Mine', thread: [{ text: 'More', media: [mediaId] }] } }],
      ['POST', '/api/posts', { content: { text: 'Mine' }, projectId }],
      [
        'POST',
        '/api/posts',
        { content: { text: 'Mine' }, platforms: [{ ...toX()[0], customContent: { media: [mediaId] } }] },
      ],
      ['PUT', mine, { platforms }],
      ['PUT', mine, { content }],
      ['PUT', mine, { projectId }],
      ['POST', `${mine}/versions/${versions}/restore`, { revision: 1 }],
      [
        'POST',
        '/api/calendar/schedule',
        { accountIds: [theirs.accounts.x], scheduledAt: '2035-01-01T00:00:00Z', customMessage: 'Mine' },
      ],
      [
        'POST',
        '/api/calendar/schedule',
        { platforms: ['x'], projectId, scheduledAt: '2035-01-01T00:00:00Z', customMessage: 'Mine' },
      ],
    ]
    for (const [method, path, sent] of tries) {
      const told = await refused(() => api.ask(method, path, { key, body: sent }))
      expect([path, sent, told.code]).toEqual([path, sent, 'NOT_FOUND'])
    }
    for (const action of ['publish', 'delete'])
      expect((await api.post('/api/posts/bulk', { key, body: { action, postIds: [post] } })).body).toMatchObject({
        success: 0,
        failed: 1,
        errors: [{ postId: post, code: 'NOT_FOUND' }],
      })
    for (const query of [`accountId=${theirs.accounts.x}`, `projectId=${projectId}`])
      expect((await api.get(`/api/posts?${query}`, { key })).body.posts).toEqual([])
    expect((await api.get(`/api/accounts?projectId=${projectId}`, { key })).body.data).toEqual([])
    expect(await theirs.everything()).toEqual(before)

    // To its own people each of them is there: it was not for a wrong id that nothing was found.
    const own = await theirs.newKey([...everyScope, ...inbox, ...people, 'media.upload', 'media.delete'])
    const inOrder = withIds
      .filter(({ answer }) => answer !== 'bytes')
      .toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
    for (const { id, method, path, example } of inOrder) {
      const body = method === 'GET' ? undefined : (bodies[id] ?? example)
      const told = await api.ask(method, addressWith(path, ids), { key: own.key, body })
      expect.soft([id, told.status, told.body?.error?.message]).not.toEqual([id, 404, expect.anything()])
    }
  })
})

describe('Idempotency-Key', () => {
  const count = () => prisma.post.count({ where: { workspaceId: desk.workspaceId } })

  test('of twenty requests at once one writes, and all are told of the same post', async () => {
    const before = await count()
    const key = { 'idempotency-key': newId() }
    const told = await Promise.all(Array.from({ length: 20 }, () => create({}, key)))
    expect(new Set(told.map(({ status, body }) => `${status} ${body.post?.id}`)).size).toBe(1)
    expect(await count()).toBe(before + 1)
  })

  test('a repeat is answered from the record, another body is refused', async () => {
    const key = { 'idempotency-key': newId() }
    const first = await create({}, key)
    const again = await create({}, key)
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([first.body, 'true'])
    const other = await refused(() => create({ content: { text: 'Other' } }, key))
    expect(other).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('another request') })
  })

  test('what was refused may be put right under the same key', async () => {
    const key = { 'idempotency-key': newId() }
    expect((await create({ scheduledAt: '2020-01-01T00:00:00Z' }, key)).status).toBe(422)
    expect((await create({ scheduledAt: '2035-01-01T00:00:00Z' }, key)).status).toBe(201)
  })
})

test('too many requests are turned away with when to go on, and others are not', async () => {
  const greedy = await desk.newKey()
  const first = await api.get('/api/accounts', { key: greedy.key })
  expect(first.headers.get('ratelimit-limit')).toBe(String(doors.api.points))
  expect(first.headers.get('ratelimit-remaining')).toBe(String(doors.api.points - 1))
  expect(Number(first.headers.get('ratelimit-reset'))).toBeLessThanOrEqual(doors.api.seconds)
  await Promise.all(Array.from({ length: doors.api.points }, () => pass('api', greedy.apiKeyId)))
  const told = await api.get('/api/accounts', { key: greedy.key })
  expect([told.status, failure(told).code]).toEqual([429, 'RATE_LIMIT_EXCEEDED'])
  expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(told.headers.get('ratelimit-remaining')).toBe('0')
  expect((await api.get('/api/accounts', { key: desk.key })).status).toBe(200)
})

test('accounts and projects are listed as described, with those put away only when asked for', async () => {
  const mine = await keyedDesk()
  const { projectId } = must(await createProject(mine.owner, { name: 'A client' }))
  await prisma.account.update({ where: { id: mine.accounts.x }, data: { state: 'disconnected' } })
  await prisma.project.update({ where: { id: projectId }, data: { archivedAt: new Date() } })
  const list = async (path: string) =>
    (await api.get(path, { key: mine.key })).body.data.map(({ id }: { id: string }) => id)
  expect(await list('/api/accounts')).not.toContain(mine.accounts.x)
  const [one, two] = [
    await list('/api/accounts?includeDisconnected=true&limit=2'),
    await list('/api/accounts?includeDisconnected=true'),
  ]
  expect([one.length, two.length]).toEqual([2, 3])
  expect(await list(`/api/accounts?includeDisconnected=true&limit=2&cursor=${one.at(-1)}`)).toEqual(two.slice(2))
  expect([await list('/api/projects'), await list('/api/projects?archived=true')]).toEqual([[], [projectId]])
  expect((await api.get('/api/media', { key: mine.key })).body).toEqual({ data: [], next: null })
})

test('the examples of the description are what the API takes', async () => {
  for (const { id, method, path, example } of endpoints.filter((one) => one.example)) {
    const told = await api.ask(method, addressOf(path, postId), { key: desk.key, body: example ?? {} })
    // Some name what is not here, or need a scope that this key lacks; none is malformed.
    expect([id, told.status]).not.toEqual([id, expect.toSatisfy((status: number) => [400, 422].includes(status))])
  }
})
