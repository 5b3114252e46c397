import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { hears } from '@/lib/inbox/desk.fixture'
import { systemIn } from '@/lib/workspace/testing'
import { apiWorld, keyedDesk } from '../world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
let key = ''
let facebook = ''
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
  facebook = await desk.account('facebook')
  ;({ key } = await desk.newKey([
    'inbox.read',
    'inbox.triage',
    'inbox.draft',
    'inbox.reply',
    'inbox.import',
    'inbox.manage',
  ]))
})
afterAll(() => api.close())

let minute = 0
/** Somebody says each of these in a chat of their own, the last of them last. @returns the messages' rows */
async function bring(...texts: readonly string[]) {
  const messages = texts.map((text) => {
    minute += 1
    return {
      id: `m${minute}`,
      kind: 'dm',
      text,
      at: new Date(Date.now() - 3_600_000 + minute * 1_000).toISOString(),
      author: { id: `u${minute}`, handle: `@u${minute}`, name: `U ${minute}` },
    }
  })
  const told = await api.post('/api/inbox/import', { key, body: { accountId: facebook, messages } })
  expect(told.status).toBe(201)
  const rows = await prisma.message.findMany({ where: { accountId: facebook, text: { in: [...texts] } } })
  expect(rows).toHaveLength(texts.length)
  return texts.map((text) => rows.find((row) => row.text === text))
}
type Listed = { readonly id: string; readonly content: string; readonly excerpt: string }

describe('a list of interactions', () => {
  test('is leafed through by offset, with how many there are and whether there is more', async () => {
    await bring('Offset one', 'Offset two', 'Offset three')
    const pages = []
    for (const offset of [0, 1, 2])
      pages.push(await api.get(`/api/interactions?limit=1&offset=${offset}&platform=facebook`, { key }))
    expect(pages.map(({ body }) => body.interactions.map(({ content }: Listed) => content))).toEqual([
      ['Offset three'],
      ['Offset two'],
      ['Offset one'],
    ])
    expect(pages.map(({ body }) => [body.total, body.hasMore])).toEqual([
      [3, true],
      [3, true],
      [3, false],
    ])
    expect(pages[0]?.headers.get('link')).toContain('offset=1&')
    expect((await api.get('/api/interactions?platform=x', { key })).body).toMatchObject({ total: 0, hasMore: false })
  })

  test('goes on by cursor from a page that was found by offset, and takes one of the two', async () => {
    const { body } = await api.get('/api/interactions?limit=1&offset=1', { key })
    const next = await api.get(`/api/interactions?limit=1&cursor=${body.next}`, { key })
    expect(next.body).toMatchObject({ interactions: [{ content: 'Offset one' }], total: null, hasMore: false })
    for (const wrong of [`offset=1&cursor=${body.next}`, 'offset=10001', 'offset=-1']) {
      const told = await api.get(`/api/interactions?${wrong}`, { key })
      expect([told.status, told.body.error.details]).toMatchObject([422, { offset: expect.any(Array) }])
    }
  })
})

describe('a list of conversations', () => {
  test('is found by status, sentiment and assignedTo, and leafed through by page', async () => {
    const [bad, , good] = await bring('Awful, I hate it', 'It is a door', 'Lovely, I love it')
    const list = async (query: string) => (await api.get(`/api/inbox/conversations?${query}`, { key })).body
    const excerpts = (body: { readonly conversations: readonly Listed[] }) =>
      body.conversations.map(({ excerpt }) => excerpt)
    expect(excerpts(await list('status=open&sentiment=negative'))).toEqual(['Awful, I hate it'])
    const assignedTo = desk.owner.actor.id
    const at = `/api/inbox/conversations/${bad?.conversationId}`
    expect((await api.ask('PUT', `${at}/assign`, { key, body: { assignedTo, note: 'Yours' } })).status).toBe(200)
    const byMessage = `/api/inbox/messages/${good?.id}/assign`
    expect((await api.ask('PUT', byMessage, { key, body: { assignedTo } })).status).toBe(200)
    expect(excerpts(await list(`assignedTo=${assignedTo}`))).toEqual(['Lovely, I love it', 'Awful, I hate it'])
    await api.ask('PUT', `${at}/state`, { key, body: { state: 'done' } })
    expect(excerpts(await list('status=resolved'))).toEqual(['Awful, I hate it'])
    expect(excerpts(await list('status=pending'))).toEqual([])
    const [first, second] = [await list('limit=2&page=1'), await list('limit=2&page=2')]
    expect([excerpts(first), excerpts(second).at(0)]).toEqual([['Lovely, I love it', 'It is a door'], 'Offset three'])
    expect([first.total, second.total]).toEqual([5, 5])
    const searched = await list('limit=1&page=2&search=it')
    expect(excerpts(searched)).toEqual(['It is a door'])
  })

  test.each([
    ['status=archived', 'status', 'Nothing is archived'],
    ['status=open&view=todo', 'status', 'says the same as view'],
    ['page=2&cursor=x', 'page', 'says the same as cursor'],
    ['page=101', 'page', ''],
  ])('with %s is refused, with why', async (query, field, why) => {
    const told = await api.get(`/api/inbox/conversations?${query}`, { key })
    expect([told.status, told.body.error.details[field]?.[0]]).toEqual([422, expect.stringContaining(why)])
  })
})

describe('a conversation and its messages', () => {
  test('are read in one call, with whom it is with, and more of them by a key that may read contacts', async () => {
    const [said] = await bring('Is it in stock?')
    const at = `/api/inbox/messages/${said?.conversationId}`
    const { body } = await api.get(at, { key })
    expect(body).toMatchObject({
      conversation: { id: said?.conversationId, state: 'todo' },
      messages: [{ id: said?.id, text: 'Is it in stock?' }],
      participant: { name: said?.authorName, platform: 'facebook', followers: null, previousInteractions: null },
    })
    const { key: more } = await desk.newKey(['inbox.read', 'contact.read'])
    expect((await api.get(at, { key: more })).body.participant).toMatchObject({ previousInteractions: 0 })
    const byMessage = await api.get(`/api/inbox/messages/${said?.id}`, { key })
    expect(byMessage.body).toEqual(body)
    const other = await keyedDesk()
    const { key: theirs } = await other.newKey(['inbox.read'])
    expect((await api.get(at, { key: theirs })).status).toBe(404)
  })

  test('are answered with content and media, or noted with isPrivate, which goes nowhere', async () => {
    const system = await systemIn(desk.owner.workspaceId)
    const at = new Date(Date.now() - 3_600_000).toISOString()
    // What an import brings can have no answer.
    const { id: messageId } = await hears({ system }, facebook, 'Rosa', 'Do you deliver?', { kind: 'dm', at })
    const to = `/api/inbox/messages/${messageId}/reply`
    const noted = await api.post(to, { key, body: { content: 'She asked twice.', isPrivate: true } })
    expect([noted.status, noted.body]).toMatchObject([202, { note: { text: 'She asked twice.' } }])
    expect(await prisma.reply.count({ where: { messageId } })).toBe(0)
    const told = await api.post(to, { key, body: { content: 'We do.', media: [] } })
    expect(told.status).toBe(202)
    expect(await prisma.reply.findUniqueOrThrow({ where: { id: told.body.reply.id } })).toMatchObject({
      text: 'We do.',
      state: 'queued',
    })
    for (const [body, field] of [
      [{}, 'text'],
      [{ text: 'One', content: 'Two' }, 'content'],
      [{ content: 'A note', isPrivate: true, forApproval: true }, 'isPrivate'],
      [{ content: 'With media', media: ['nowhere'] }, 'media'],
    ] as const) {
      const wrong = await api.post(to, { key, body })
      expect([wrong.status, Object.keys(wrong.body.error.details ?? {})]).toEqual([422, [field]])
    }
    const drafter = await desk.newKey(['inbox.read', 'inbox.draft'])
    const refused = await api.post(to, { key: drafter.key, body: { content: 'A note', isPrivate: true } })
    expect(refused.status).toBe(403)
  })

  test('say how words were understood, and no word of personal data', async () => {
    const text = 'This is awful, I want a refund! Write to Rosa.Park@Example.com or call +41 44 668 18 00'
    const [said, wordless] = await bring(text, '🎉')
    const [whole] = (await api.get(`/api/inbox/conversations/${said?.conversationId}/messages`, { key })).body.messages
    expect(whole.understanding).toMatchObject({
      language: 'en',
      isMeasured: true,
      sentiment: { label: 'negative', words: expect.arrayContaining([expect.objectContaining({ text: 'awful' })]) },
      intent: { label: 'refund_request' },
      keywords: expect.arrayContaining([expect.objectContaining({ text: 'refund' })]),
      toxicity: { isToxic: false },
      spam: { isSpam: false },
      personal: [
        { kind: 'email', count: 1 },
        { kind: 'phone', count: 1 },
      ],
    })
    expect(whole.understanding.sentiment.score).toBeLessThan(-0.2)
    const read = JSON.stringify(whole.understanding)
    for (const secret of ['rosa', 'park', 'example', '668']) expect(read.toLowerCase()).not.toContain(secret)
    await prisma.message.update({ where: { id: wordless?.id ?? '' }, data: { text: '' } })
    const { messages } = (await api.get('/api/inbox/messages?limit=2', { key })).body
    expect(messages).toMatchObject([{ understanding: null }, { id: said?.id, understanding: whole.understanding }])
  })
})

describe('a view of words', () => {
  test('is made for everybody, listed with its count, changed and deleted by a key that may', async () => {
    await bring('A parcel came', 'Where is my parcel?')
    const made = await api.post('/api/inbox/views', { key, body: { name: 'Parcels', words: 'parcel', isShared: true } })
    expect([made.status, made.body.view]).toMatchObject([201, { name: 'Parcels', words: 'parcel', isShared: true }])
    const at = `/api/inbox/views/${made.body.view.id}`
    expect((await api.get('/api/inbox/views', { key })).body.views).toEqual([{ ...made.body.view, count: 2 }])
    const body = { name: 'Boxes', words: 'parcel came', isShared: true }
    expect((await api.ask('PUT', at, { key, body })).body.view).toEqual({ id: made.body.view.id, ...body })
    expect((await api.get('/api/inbox/views', { key })).body.views).toMatchObject([{ name: 'Boxes', count: 1 }])
    const reader = await desk.newKey(['inbox.read'])
    expect((await api.ask('DELETE', at, { key: reader.key })).status).toBe(404)
    const own = await api.post('/api/inbox/views', { key, body: { name: 'Mine', words: 'parcel' } })
    expect([own.status, own.body.error.message]).toMatchObject([403, expect.stringContaining('isShared')])
    expect((await api.ask('DELETE', at, { key })).body).toEqual({ deleted: true })
    expect((await api.get('/api/inbox/views', { key })).body.views).toEqual([])
  })
})

describe('a template', () => {
  test('is made and changed by content, which is its text, said once', async () => {
    const body = { name: 'Soon', content: 'It comes soon, {{contact.first_name|there}}.' }
    const made = await api.post('/api/inbox/templates', { key, body })
    const { id } = made.body.template
    expect([made.status, made.body]).toEqual([201, { template: { id, name: body.name, text: body.content } }])
    const at = `/api/inbox/templates/${id}`
    const changed = await api.ask('PUT', at, { key, body: { name: 'Soon', content: 'Today.' } })
    expect(changed.body).toEqual({ template: { id, name: 'Soon', text: 'Today.' } })
    expect((await api.get('/api/inbox/templates', { key })).body.templates).toMatchObject([{ id, text: 'Today.' }])
    const twice = await api.post('/api/inbox/templates', { key, body: { ...body, text: 'x' } })
    expect([twice.status, twice.body.error.details]).toMatchObject([422, { content: [expect.any(String)] }])
    const none = await api.post('/api/inbox/templates', { key, body: { name: 'Nothing' } })
    expect([none.status, none.body.error.details]).toMatchObject([422, { text: ['is needed'] }])
  })

  test('takes no category and no variables, and says why', async () => {
    const told = async (more: object) =>
      (await api.post('/api/inbox/templates', { key, body: { name: 'x', content: 'y', ...more } })).body.error.message
    expect(await told({ category: 'Delivery' })).toContain('nothing has a category here')
    expect(await told({ variables: ['name'] })).toContain('read from the text')
  })
})
