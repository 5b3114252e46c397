import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { hears } from '@/lib/inbox/desk.fixture'
import { holdConversation } from '@/lib/inbox'
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
  ;({ key } = await desk.newKey(['inbox.read', 'inbox.triage', 'inbox.draft', 'inbox.reply', 'inbox.import']))
})
afterAll(() => api.close())

const begun = Date.now()
const ago = (minutes: number) => new Date(begun - minutes * 60_000).toISOString()
const said = (id: string, text: string, more: object = {}) => ({
  id,
  kind: 'dm',
  text,
  at: ago(9),
  author: { id: `u-${id}`, handle: `@${id}`, name: id },
  ...more,
})
const bring = (messages: readonly object[]) =>
  api.post('/api/inbox/import', { key, body: { accountId: facebook, messages } })
/** Somebody says it to the account; what an import brings can have no answer. */
const hear = async (id: string, text: string, more: { readonly kind?: 'comment' } = {}) =>
  hears({ system: await systemIn(desk.owner.workspaceId) }, facebook, id, text, {
    externalId: id,
    kind: 'dm',
    conversation: `with ${id}`,
    ...more,
  })
type Row = { readonly row: number; readonly state: string }
type Note = { readonly text: string }
const messageOf = (externalId: string) =>
  prisma.message.findFirstOrThrow({ where: { accountId: facebook, externalId } })

describe('an import', () => {
  test('brings messages in once, however often it is sent', async () => {
    const first = await bring([said('a', 'Where is my order?'), said('b', 'Lovely shop!')])
    expect([first.status, first.body]).toEqual([201, { fresh: 2, changed: 0 }])
    expect((await bring([said('a', 'Where is my order?')])).body).toEqual({ fresh: 0, changed: 0 })
  })

  test('reads CSV by its columns, and changes nothing when one line is wrong', async () => {
    const head = 'id,kind,text,at,authorId,authorName,rating'
    const line = (id: string, at: string) => `${id},review,"Good, but slow",${at},u-9,Nina,2`
    const send = (csv: string) => api.post('/api/inbox/import', { key, body: { accountId: facebook, csv } })
    const wrong = await send([head, line('r1', ago(7)), line('r2', 'yesterday')].join('\n'))
    expect([wrong.status, wrong.body.error.message]).toMatchObject([422, expect.stringContaining('Line 3')])
    expect(await prisma.message.count({ where: { accountId: facebook, externalId: 'r1' } })).toBe(0)
    expect((await send([head, line('r1', ago(7))].join('\r\n'))).body).toEqual({ fresh: 1, changed: 0 })
    expect(await messageOf('r1')).toMatchObject({ kind: 'review', rating: 2, text: 'Good, but slow', via: 'import' })
  })

  test('of long messages goes through in one piece; what is over 20 MB is refused and kept nowhere', async () => {
    const long = 'Where is my parcel? '.repeat(3_000)
    const many = Array.from({ length: 25 }, (_, n) => said(`big-${n}`, `${n} ${long}`))
    expect((await bring(many)).body).toEqual({ fresh: 25, changed: 0 })
    const csv = `id,kind,text,at,authorId\nhuge,dm,${'x'.repeat(21 * 1024 * 1024)},2026-01-01T09:00:00Z,u-1`
    const told = await api.post('/api/inbox/import', { key, body: { accountId: facebook, csv } })
    expect([told.status, told.body.error.message]).toMatchObject([400, expect.stringContaining('larger than 20 MB')])
    expect(await prisma.message.count({ where: { accountId: facebook, externalId: 'huge' } })).toBe(0)
  })

  test('is judged row by row first where that is wished, and nothing is written', async () => {
    await bring([said('d-known', 'Hm')])
    const dry = (body: object) =>
      api.post('/api/inbox/import', { key, body: { accountId: facebook, dryRun: true, ...body } })
    const wrong = { ...said('d-bad', 'Hm'), at: 'yesterday', mood: 'good' }
    const list = [said('d-1', 'Is decaf back?'), said('d-known', 'Hm'), wrong, said('d-1', 'Again')]
    const { status, body } = await dry({ messages: list })
    expect(status).toBe(201)
    expect(body.preview.rows.map(({ row, state }: Row) => [row, state])).toEqual([
      [1, 'ready'],
      [2, 'done'],
      [3, 'blocked'],
      [4, 'blocked'],
    ])
    expect(body.preview.rows[2]).toMatchObject({
      excerpt: 'Hm',
      problems: [
        { severity: 'refusal', message: 'at: must be an instant like 2026-11-21T09:00:00Z.' },
        {
          severity: 'refusal',
          message: expect.stringMatching(/^mood: is not a field here\. Those there are: id, kind/),
        },
      ],
    })
    const csv = `id,kind,text,at,authorId\nd-2,dm,Hm,${ago(7)},u-1\nd-3,letter,Hm,${ago(7)},u-1`
    const table = await dry({ csv })
    expect(table.body.preview.rows.map(({ row, state }: Row) => [row, state])).toEqual([
      [2, 'ready'],
      [3, 'blocked'],
    ])
    expect(await prisma.message.count({ where: { externalId: { in: ['d-1', 'd-2', 'd-bad'] } } })).toBe(0)
    expect((await dry({})).body.error.details.messages).toEqual(['is needed, or csv in its place, and not both'])

    const refused = await bring(list)
    expect([refused.status, Object.keys(refused.body.error.details)]).toEqual([
      422,
      ['messages.2.at', 'messages.2.mood'],
    ])
    expect(await prisma.message.count({ where: { externalId: 'd-1' } })).toBe(0)
  })

  test('needs its own scope', async () => {
    const reader = await desk.newKey(['inbox.read'])
    const told = await api.post('/api/inbox/import', { key: reader.key, body: { accountId: facebook, messages: [] } })
    expect([told.status, told.body.error.code]).toEqual([403, 'FORBIDDEN'])
  })
})

describe('a conversation', () => {
  test('is listed page by page, read, assigned, noted, ended and found again', async () => {
    await bring([said('c1', 'Is decaf back?'), said('c2', 'Is oat milk back?', { at: ago(8) })])
    const first = await api.get('/api/inbox/conversations?view=todo&limit=1', { key })
    expect(first.body.conversations).toHaveLength(1)
    expect(first.body.total).toBeGreaterThan(1)
    expect(first.body.unreadCount).toBeLessThanOrEqual(first.body.total)
    const narrowed = await api.get('/api/inbox/conversations?platform=x&unreadOnly=true&priority=urgent', { key })
    expect(narrowed.body).toEqual({ conversations: [], next: null, total: 0, unreadCount: 0 })
    const none = await api.get('/api/inbox/conversations?view=todo&search=decaf', { key })
    expect([none.body.total, none.body.unreadCount]).toEqual([null, null])
    const second = await api.get(`/api/inbox/conversations?view=todo&limit=1&cursor=${first.body.next}`, { key })
    expect(second.body.conversations[0].id).not.toBe(first.body.conversations[0].id)
    const { conversationId } = await messageOf('c1')
    const at = `/api/inbox/conversations/${conversationId}`
    expect((await api.get(at, { key })).body.conversation).toMatchObject({ id: conversationId, state: 'todo' })
    expect((await api.get(`${at}/messages`, { key })).body.messages).toMatchObject([{ text: 'Is decaf back?' }])
    const assigneeId = desk.owner.actor.id
    expect((await api.ask('PUT', `${at}/assign`, { key, body: { assigneeId } })).body).toEqual({ changed: 1 })
    expect((await api.post(`${at}/notes`, { key, body: { text: 'Since Monday.' } })).status).toBe(201)
    expect((await api.get(`${at}/notes`, { key })).body.notes).toMatchObject([{ text: 'Since Monday.' }])
    const done = { state: 'done', disposition: 'answered' }
    expect((await api.ask('PUT', `${at}/state`, { key, body: done })).body).toEqual({ changed: 1 })
    const found = await api.get('/api/inbox/conversations?view=all&words=DECAF&disposition=Answered', { key })
    expect(found.body.conversations).toMatchObject([{ id: conversationId, assigneeId, disposition: 'Answered' }])
    const strange = await api.ask('PUT', `${at}/state`, { key, body: { state: 'done', disposition: 'Whatever' } })
    expect([strange.status, strange.body.error.message]).toMatchObject([
      422,
      expect.stringContaining('No answer needed'),
    ])
    const unclear = await api.ask('PUT', `${at}/state`, { key, body: { state: 'snoozed' } })
    expect([unclear.status, unclear.body.error.details]).toMatchObject([422, { until: expect.any(Array) }])
  })

  test('is one of many that are changed at once, and what became of each is said', async () => {
    await bring([said('b1', 'One of many'), said('b2', 'Another of many')])
    const [one, two] = [(await messageOf('b1')).conversationId, (await messageOf('b2')).conversationId]
    const body = { conversationIds: [one, 'nowhere', two], change: { do: 'done', disposition: 'spam' } }
    const told = await api.post('/api/inbox/conversations/bulk', { key, body })
    expect([told.status, told.body.report]).toMatchObject([
      200,
      {
        done: 2,
        items: [{ ok: true }, { ok: false, message: expect.stringContaining('no such conversation') }, { ok: true }],
      },
    ])
    const found = await api.get('/api/inbox/conversations?view=done&words="of many"&disposition=Spam', { key })
    expect(found.body.conversations).toHaveLength(2)
  })

  test('of which another says nearly the same names the newest of them, also from page to page', async () => {
    const other = await keyedDesk()
    const { key: theirs } = await other.newKey(['inbox.read', 'inbox.import'])
    const accountId = await other.account('facebook')
    const outage = (n: number) => `Your shop is down again and I paid for order ${n}. Where is my gift box?`
    const at = (n: number) => new Date(Date.now() - n * 60_000).toISOString()
    const messages = [
      said('w1', outage(41_822), { at: at(1) }),
      said('w2', 'Do you open on Sunday?', { at: at(2) }),
      said('w3', outage(90_017), { at: at(3) }),
    ]
    const brought = await api.post('/api/inbox/import', { key: theirs, body: { accountId, messages } })
    expect(brought.status).toBe(201)
    const list = async (query: string) => (await api.get(`/api/inbox/conversations?${query}`, { key: theirs })).body
    const [newest, sunday, older] = (await list('view=todo')).conversations
    expect([newest.alikeTo, sunday.alikeTo, older.alikeTo]).toEqual([null, null, newest.id])
    const numbers = (wording: string) => wording.match(/[0-9a-f]{3}/g) ?? []
    expect(numbers(newest.wording)).toHaveLength(16)
    const { next } = await list('view=todo&limit=2')
    const [alone] = (await list(`view=todo&limit=2&cursor=${next}`)).conversations
    expect(alone).toMatchObject({ id: older.id, alikeTo: null })
    const shared = (wording: string) => numbers(wording).filter((each, n) => each === numbers(newest.wording)[n]).length
    expect([shared(alone.wording) > 0, shared(sunday.wording)]).toEqual([true, 0])
  })

  test('is given to somebody with a note, alone or among many', async () => {
    await bring([said('n1', 'For you'), said('n2', 'For you too')])
    const [one, two] = [(await messageOf('n1')).conversationId, (await messageOf('n2')).conversationId]
    const assigneeId = desk.owner.actor.id
    const body = { assigneeId, note: 'She has called twice.' }
    const at = `/api/inbox/conversations/${one}`
    expect((await api.ask('PUT', `${at}/assign`, { key, body })).body).toEqual({ changed: 1 })
    const change = { do: 'assign', assigneeId, note: 'Both of them' }
    await api.post('/api/inbox/conversations/bulk', { key, body: { conversationIds: [one, two], change } })
    const textsOf = async (id: string) =>
      (await api.get(`/api/inbox/conversations/${id}/notes`, { key })).body.notes.map(({ text }: Note) => text)
    expect(await textsOf(one)).toEqual(['She has called twice.', 'Both of them'])
    expect(await textsOf(two)).toEqual(['Both of them'])
    const noted = await prisma.event.count({ where: { type: 'conversation.noted', subjectId: one } })
    expect(noted).toBe(2)
    const nobody = await api.ask('PUT', `${at}/assign`, { key, body: { assigneeId: 'nobody', note: 'Lost' } })
    expect(nobody.status).toBe(404)
    expect(await textsOf(one)).not.toContain('Lost')
  })

  test('of another workspace is nowhere', async () => {
    const other = await keyedDesk()
    const { key: theirs } = await other.newKey(['inbox.read', 'inbox.triage'])
    const { conversationId, id } = await messageOf('c1')
    const at = `/api/inbox/conversations/${conversationId}`
    expect((await api.get(at, { key: theirs })).status).toBe(404)
    const assign = { key: theirs, body: { assigneeId: null } }
    expect((await api.ask('PUT', `/api/inbox/messages/${id}/assign`, assign)).status).toBe(404)
    expect((await api.get('/api/inbox/messages', { key: theirs })).body.messages).toEqual([])
  })
})

describe('an interaction', () => {
  test('is listed by feeling, in the words of the platform document', async () => {
    await bring([said('sad', 'Terrible, awful service. I hate it.', { at: ago(0) })])
    const { body } = await api.get('/api/interactions?sentiment=negative&platform=facebook&limit=1', { key })
    expect(body.interactions).toMatchObject([
      { content: 'Terrible, awful service. I hate it.', platform: 'facebook', priority: expect.any(Number) },
    ])
    expect(body.interactions[0].sentiment).toBeLessThan(-0.2)
  })

  test('is answered once by the same key, refused twice in the same words, and taken back before it is sent', async () => {
    const { id, conversationId } = await hear('q', 'Do you ship abroad?')
    const reply = (text: string, idempotency: string) =>
      api.post(`/api/inbox/messages/${id}/reply`, { key, body: { text }, headers: { 'idempotency-key': idempotency } })
    const [one, two] = await Promise.all([reply('We do.', 'k1'), reply('We do.', 'k1')])
    expect([one.status, one.body]).toEqual([202, two.body])
    expect((await reply('We do.', 'k2')).status).toBe(409)
    const told = await api.get(`/api/inbox/conversations/${conversationId}/replies`, { key })
    expect(told.body.replies).toMatchObject([{ id: one.body.reply.id, state: 'queued', attempts: [] }])
    const back = await api.post(`/api/inbox/replies/${one.body.reply.id}/cancel`, { key })
    expect(back.body.reply).toMatchObject({ state: 'cancelled' })
  })

  test('is answered to its author alone where its network has that, once, and says beforehand whether it may be', async () => {
    const { id, conversationId } = await hear('private', 'You charged me twice', { kind: 'comment' })
    const { id: chat } = await hear('dm', 'And me')
    const reply = (to: string, more: object) =>
      api.post(`/api/inbox/messages/${to}/reply`, { key, body: { text: 'Which order?', ...more } })
    const privateAnswer = async () => {
      const { body } = await api.get(`/api/inbox/conversations/${conversationId}/messages`, { key })
      return body.messages[0].privateAnswer
    }
    expect(await privateAnswer()).toMatchObject({ open: true, rule: expect.stringContaining('7 days') })
    const wrong = await reply(id, { privately: true, isPrivate: true })
    expect([wrong.status, Object.keys(wrong.body.error.details)]).toEqual([422, ['isPrivate']])
    const asked = await reply(id, { privately: true })
    expect(asked.status).toBe(202)
    const second = await reply(id, { privately: true, text: 'Are you there?' })
    expect([second.status, second.body.error.code]).toEqual([409, 'CONFLICT'])
    expect(await privateAnswer()).toMatchObject({ open: false, rule: expect.stringContaining('already') })
    expect((await reply(id, {})).status).toBe(202)
    const { body } = await api.get(`/api/inbox/conversations/${conversationId}/replies`, { key })
    expect(body.replies).toMatchObject([{ id: asked.body.reply.id, privately: true }, { privately: false }])
    const elsewhere = await reply(chat, { privately: true })
    expect([elsewhere.status, Object.keys(elsewhere.body.error.details)]).toEqual([422, ['privately']])
  })

  test('has its answer approved with other words, by whoever may', async () => {
    const { id } = await hear('p', 'Are you open today?')
    const at = `/api/interactions/${id}/approve-response`
    expect((await api.post(at, { key, body: { approved: true } })).status).toBe(409)
    const drafter = await desk.newKey(['inbox.draft', 'inbox.read'])
    const words = { text: 'Yes', forApproval: true }
    expect((await api.post(`/api/inbox/messages/${id}/reply`, { key: drafter.key, body: words })).status).toBe(202)
    expect((await api.post(at, { key: drafter.key, body: { approved: true } })).status).toBe(403)
    const done = await api.post(at, { key, body: { approved: true, modifiedResponse: 'Yes, until five.' } })
    expect(done.body).toMatchObject({ success: true })
    expect(await prisma.reply.findUniqueOrThrow({ where: { id: done.body.replyId } })).toMatchObject({
      state: 'queued',
      text: 'Yes, until five.',
    })
  })
})

describe('a draft', () => {
  const drafter = ['inbox.read', 'inbox.draft', 'inbox.reply', 'ai.use'] as const

  test('is made for an interaction, listed, approved with other words, and answers it once', async () => {
    const { key: may } = await desk.newKey([...drafter])
    const { id, conversationId } = await hear('d1', 'Is the shop open on Sunday?')
    const made = await api.post(`/api/interactions/${id}/generate-response`, { key: may, body: {} })
    // There is no model here: it is a template, and says so.
    expect([made.status, made.body]).toMatchObject([
      201,
      { response: made.body.draft.text, requiresApproval: true, draft: { origin: 'template' } },
    ])
    const listed = await api.get(`/api/inbox/drafts?conversationId=${conversationId}`, { key: may })
    expect(listed.body.drafts).toMatchObject([{ id: made.body.draft.id, conversationId, messageId: id }])
    const at = `/api/inbox/drafts/${made.body.draft.id}/approve`
    const approved = await api.post(at, { key: may, body: { text: 'It is, from ten.' } })
    expect([approved.status, approved.body.reply.sends]).toEqual([202, true])
    expect((await api.post(at, { key: may, body: {} })).status).toBe(409)
    const { body } = await api.get(`/api/inbox/conversations/${conversationId}/replies`, { key: may })
    expect(body.replies).toMatchObject([
      { text: 'It is, from ten.', state: 'queued', draft: { origin: 'template', edited: true } },
    ])
  })

  test('is turned down with its reason, and by the words of the platform document', async () => {
    const { key: may } = await desk.newKey([...drafter])
    const { id, conversationId } = await hear('d2', 'And on Monday?')
    const draft = async () =>
      (await api.post(`/api/interactions/${id}/generate-response`, { key: may, body: {} })).body.draft
    const first = await draft()
    const rejected = await api.post(`/api/inbox/drafts/${first.id}/reject`, { key: may, body: { reason: 'Too stiff' } })
    expect(rejected.body).toEqual({ draft: { id: first.id, state: 'rejected' } })
    await draft()
    const decide = (body: object) => api.post(`/api/interactions/${id}/approve-response`, { key: may, body })
    expect((await decide({ approved: false })).body).toEqual({ success: true, replyId: null })
    await draft()
    const done = await decide({ approved: true, modifiedResponse: 'From nine.' })
    expect(done.body).toMatchObject({ success: true, replyId: expect.any(String) })
    const { body } = await api.get(`/api/inbox/conversations/${conversationId}/replies`, { key: may })
    expect(body.replies).toMatchObject([{ id: done.body.replyId, text: 'From nine.' }])
  })
})

describe('a draft whose message was answered meanwhile', () => {
  test('waits no more, and is approved by no program that does not insist, by either name', async () => {
    const { key: may } = await desk.newKey(['inbox.read', 'inbox.draft', 'inbox.reply', 'ai.use'])
    const { id, conversationId } = await hear('d3', 'Do you ship to Norway?')
    const made = await api.post(`/api/interactions/${id}/generate-response`, { key: may, body: {} })
    await api.post(`/api/inbox/messages/${id}/reply`, { key: may, body: { text: 'We do, yes: three days.' } })
    const { body } = await api.get(`/api/inbox/drafts?conversationId=${conversationId}`, { key: may })
    expect(body.drafts).toEqual([])
    const decide = (more: object) =>
      api.post(`/api/interactions/${id}/approve-response`, { key: may, body: { approved: true, ...more } })
    const approve = () => api.post(`/api/inbox/drafts/${made.body.draft.id}/approve`, { key: may, body: {} })
    for (const refused of [await decide({}), await approve()])
      expect([refused.status, Object.keys(refused.body.error.details)]).toEqual([409, ['evenSo']])
    expect(await prisma.reply.count({ where: { messageId: id } })).toBe(1)
    expect((await decide({ evenSo: true })).status).toBe(200)
  })
})

describe('a hold', () => {
  test('says who is answering, is theirs until they let go, and its fence goes with the answer', async () => {
    const { key: one } = await desk.newKey(['inbox.read', 'inbox.draft'])
    const { id, conversationId } = await hear(`hold-${Date.now()}`, 'Is anybody there?')
    const at = `/api/inbox/conversations/${conversationId}/hold`
    const { hold } = (await api.ask('PUT', at, { key: one })).body
    expect(hold).toMatchObject({ mine: true, fence: expect.any(Number), until: expect.any(String) })
    expect((await api.ask('PUT', at, { key: one })).body.hold).toMatchObject({ mine: true, fence: hold.fence })
    const elsewhere = await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
    expect([elsewhere.heldById, elsewhere.holdFence]).toEqual([hold.memberId, hold.fence])
    const other = await desk.as('editor')
    expect(await holdConversation(other, { conversationId })).toMatchObject({
      value: { mine: false, memberId: hold.memberId },
    })
    expect((await api.ask('DELETE', at, { key: one })).body).toEqual({ released: true })
    expect((await api.ask('DELETE', at, { key: one })).body).toEqual({ released: false })
    expect(await holdConversation(other, { conversationId })).toMatchObject({ value: { mine: true } })
    expect((await api.ask('PUT', at, { key: one })).body.hold).toMatchObject({ mine: false, memberId: other.actor.id })
    const answer = { text: 'Yes.', fence: hold.fence, forApproval: true }
    const late = await api.post(`/api/inbox/messages/${id}/reply`, { key: one, body: answer })
    expect([late.status, late.body.error.code]).toEqual([409, 'CONFLICT'])
    const { key: reader } = await desk.newKey(['inbox.read'])
    expect((await api.ask('PUT', at, { key: reader })).status).toBe(403)
    expect((await api.ask('PUT', '/api/inbox/conversations/nowhere/hold', { key: one })).status).toBe(404)
  })
})

describe('a template', () => {
  test('is kept, read as it stands in a conversation, changed and deleted', async () => {
    const { key: may } = await desk.newKey(['inbox.read', 'inbox.manage'])
    const words = { name: `Thanks ${Date.now()}`, text: 'Thank you, {{contact.name}}.' }
    const made = await api.post('/api/inbox/templates', { key: may, body: words })
    expect([made.status, made.body.template]).toMatchObject([201, words])
    expect((await api.post('/api/inbox/templates', { key: may, body: words })).status).toBe(409)
    const wrong = await api.post('/api/inbox/templates', { key: may, body: { name: 'x', text: 'Hi {{nobody}}' } })
    expect(wrong.status).toBe(422)
    const { conversationId } = await messageOf('q')
    const { body } = await api.get(`/api/inbox/templates?conversationId=${conversationId}`, { key: may })
    expect(body.templates).toContainEqual(
      expect.objectContaining({ id: made.body.template.id, rendered: 'Thank you, q.', problem: null }),
    )
    const at = `/api/inbox/templates/${made.body.template.id}`
    const changed = { ...words, text: 'Thanks.' }
    expect((await api.ask('PUT', at, { key: may, body: changed })).body.template).toMatchObject(changed)
    expect((await api.ask('DELETE', at, { key: may })).body).toEqual({ deleted: true })
    expect((await api.ask('DELETE', at, { key: may })).status).toBe(404)
  })
})

describe('a label', () => {
  test('is made, put on a conversation, found by it, renamed, taken off and deleted', async () => {
    const { key: may } = await desk.newKey(['inbox.read', 'inbox.triage', 'inbox.manage'])
    const words = { name: 'Delivery', colour: 'blue' }
    const made = await api.post('/api/inbox/labels', { key: may, body: words })
    expect([made.status, made.body.label]).toMatchObject([201, words])
    const twice = await api.post('/api/inbox/labels', { key: may, body: words })
    expect([twice.status, twice.body.error.code]).toEqual([409, 'ALREADY_EXISTS'])
    const { id } = made.body.label
    await bring([said('l1', 'Where is the parcel?')])
    const { conversationId } = await messageOf('l1')
    const at = `/api/inbox/conversations/${conversationId}`
    const put = (body: object) => api.ask('PUT', `${at}/labels`, { key: may, body })
    expect((await put({ add: [id] })).body).toEqual({ changed: 1 })
    expect((await put({ add: [id] })).body).toEqual({ changed: 1 })
    const found = await api.get(`/api/inbox/conversations?view=all&labelId=${id}`, { key: may })
    expect(found.body.conversations).toMatchObject([{ id: conversationId, labels: [{ id, ...words }] }])
    const renamed = { name: 'Parcels', colour: 'red' }
    const changed = await api.ask('PUT', `/api/inbox/labels/${id}`, { key: may, body: renamed })
    expect(changed.body.label).toEqual({ id, ...renamed })
    expect((await api.get(at, { key: may })).body.conversation.labels).toEqual([{ id, ...renamed }])
    await put({ remove: [id] })
    expect((await api.get(at, { key: may })).body.conversation.labels).toEqual([])
    expect((await put({ add: ['nowhere'] })).status).toBe(404)
    expect((await put({})).status).toBe(422)
    expect((await api.ask('DELETE', `/api/inbox/labels/${id}`, { key: may })).body).toEqual({ deleted: true })
    const { body } = await api.get('/api/inbox/labels', { key: may })
    expect(body.labels.map((label: { id: string }) => label.id)).not.toContain(id)
  })
})

describe('a macro', () => {
  test('is made, carried out on many, changed and deleted', async () => {
    const { key: may } = await desk.newKey(['inbox.read', 'inbox.triage', 'inbox.manage'])
    const words = { name: 'Close as spam', steps: [{ do: 'state', state: 'done', disposition: 'Spam' }] }
    const made = await api.post('/api/inbox/macros', { key: may, body: words })
    expect([made.status, made.body.macro]).toMatchObject([201, words])
    const { id } = made.body.macro
    await bring([said('m1', 'Cheap pills')])
    const { conversationId } = await messageOf('m1')
    const run = { conversationIds: [conversationId], change: { do: 'macro', macroId: id } }
    expect((await api.post('/api/inbox/conversations/bulk', { key: may, body: run })).body.report.done).toBe(1)
    const { body } = await api.get(`/api/inbox/conversations/${conversationId}`, { key: may })
    expect(body.conversation).toMatchObject({ state: 'done', disposition: 'Spam' })
    const noted = { name: 'Note it', steps: [{ do: 'note', text: 'Seen' }] }
    const at = `/api/inbox/macros/${id}`
    expect((await api.ask('PUT', at, { key: may, body: noted })).body.macro).toEqual({ id, ...noted })
    expect((await api.get('/api/inbox/macros', { key: may })).body.macros).toEqual([{ id, ...noted }])
    const strange = { name: 'Other', steps: [{ do: 'assign_team', teamId: 'nowhere' }] }
    expect((await api.post('/api/inbox/macros', { key: may, body: strange })).status).toBe(404)
    const unknown = { name: 'Other', steps: [{ do: 'note', text: 'Seen', colour: 'red' }] }
    const told = await api.post('/api/inbox/macros', { key: may, body: unknown })
    expect([told.status, Object.keys(told.body.error.details)]).toEqual([422, ['steps.0.colour']])
    expect((await api.ask('DELETE', at, { key: may })).body).toEqual({ deleted: true })
    expect((await api.ask('DELETE', at, { key: may })).status).toBe(404)
  })
})
