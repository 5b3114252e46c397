import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { apiWorld, keyedDesk } from '../world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
let key = ''
let facebook = ''
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
  facebook = await desk.account('facebook')
  ;({ key } = await desk.newKey(['contact.read', 'contact.update', 'contact.erase', 'inbox.import', 'inbox.read']))
})
afterAll(() => api.close())

/** A person who wrote to us once. @returns their contact’s id. */
async function whoWrote(name: string, minutesAgo = 9): Promise<string> {
  const at = new Date(Date.now() - minutesAgo * 60_000).toISOString()
  const author = { id: `u-${name}`, handle: `@${name.toLowerCase()}`, name }
  const message = { id: `m-${name}`, kind: 'dm', text: `Hello from ${name}`, at, author }
  await api.post('/api/inbox/import', { key, body: { accountId: facebook, messages: [message] } })
  const where = { accountId: facebook, externalId: message.id }
  const { conversation } = await prisma.message.findFirstOrThrow({ where, select: { conversation: true } })
  return conversation.contactId ?? ''
}
const read = async (id: string) => (await api.get(`/api/contacts/${id}`, { key })).body.contact
type Named = { readonly name: string }

describe('contacts', () => {
  test('are listed page by page, the last seen first, and found by handle, tag and stage', async () => {
    const [ann, bea] = [await whoWrote('Ann'), await whoWrote('Bea', 5)]
    const first = await api.get('/api/contacts?limit=1', { key })
    const second = await api.get(`/api/contacts?limit=1&cursor=${first.body.next}`, { key })
    const names = [first, second].flatMap(({ body }) => body.contacts.map(({ name }: Named) => name))
    expect(names).toEqual(['Bea', 'Ann'])
    expect(first.headers.get('link')).toContain(`cursor=${first.body.next}`)
    await api.ask('PATCH', `/api/contacts/${ann}`, { key, body: { tags: ['VIP'], leadStage: 'qualified' } })
    for (const query of ['search=@an', 'tag=vip', 'stage=qualified'])
      expect((await api.get(`/api/contacts?${query}`, { key })).body.contacts).toMatchObject([{ id: ann }])
    expect((await api.get('/api/contacts/tags', { key })).body.tags).toEqual(['vip'])
    expect((await api.get('/api/contacts?platform=x', { key })).body.contacts).toEqual([])
    expect((await api.get('/api/contacts?cursor=nonsense', { key })).status).toBe(422)
    expect(await read(bea)).toMatchObject({ conversations: 1, tags: [], leadStage: 'none', notes: [] })
  })

  test('are changed where a field is sent, noted, and left alone by a key that only reads', async () => {
    const cem = await whoWrote('Cem')
    const at = `/api/contacts/${cem}`
    const body = { name: 'Cem K.', fields: { size: 'L' }, consent: { marketing: 'given', source: 'fair' } }
    expect((await api.ask('PATCH', at, { key, body })).body).toEqual({ contact: { id: cem } })
    await api.ask('PATCH', at, { key, body: { leadStage: 'lead' } })
    expect((await api.post(`${at}/notes`, { key, body: { text: 'Calls at five.' } })).status).toBe(201)
    expect(await read(cem)).toMatchObject({
      ...body,
      leadStage: 'lead',
      consent: { ...body.consent, at: expect.any(String) },
      notes: [{ text: 'Calls at five.' }],
    })
    for (const text of ['Second', 'Third']) await api.post(`${at}/notes`, { key, body: { text } })
    const latest = (await api.get(`${at}/notes?limit=2`, { key })).body
    expect(latest.notes).toMatchObject([{ text: 'Second' }, { text: 'Third' }])
    expect((await api.get(`${at}/notes?cursor=${latest.next}`, { key })).body).toMatchObject({
      notes: [{ text: 'Calls at five.' }],
      next: null,
    })
    const since = (await read(cem)).consent.at
    await api.ask('PATCH', at, { key, body: { consent: { marketing: 'given', source: 'the fair in May' } } })
    expect((await read(cem)).consent).toEqual({ marketing: 'given', source: 'the fair in May', at: since })
    await api.ask('PATCH', at, { key, body: { consent: { marketing: 'refused' } } })
    expect((await read(cem)).consent.at > since).toBe(true)
    const { key: reader } = await desk.newKey(['contact.read'])
    expect((await api.ask('PATCH', at, { key: reader, body: { name: 'X' } })).status).toBe(403)
    expect((await api.ask('DELETE', at, { key: reader })).status).toBe(403)
  })

  test('are one person when they are merged, and two again when they are separated', async () => {
    const [dan, eve] = [await whoWrote('Dan'), await whoWrote('Eve')]
    const merged = await api.post(`/api/contacts/${dan}/merge`, { key, body: { otherId: eve } })
    expect(merged.body).toEqual({ contact: { id: dan } })
    expect(await read(eve)).toMatchObject({ id: dan, conversations: 2, parts: [{ id: eve, name: 'Eve' }] })
    const again = await api.post(`/api/contacts/${dan}/merge`, { key, body: { otherId: eve } })
    expect([again.status, again.body.error.code]).toEqual([409, 'CONFLICT'])
    expect((await api.post(`/api/contacts/${eve}/unmerge`, { key })).body).toEqual({ contact: { id: eve } })
    expect(await read(eve)).toMatchObject({ id: eve, conversations: 1, parts: [] })
    expect(await read(dan)).toMatchObject({ conversations: 1, parts: [] })
  })

  test('are given out with all that is kept of them, and erased for good', async () => {
    const finn = await whoWrote('Finn')
    const at = `/api/contacts/${finn}`
    await api.post(`${at}/notes`, { key, body: { text: 'Polite.' } })
    expect((await api.get(`${at}/export`, { key })).body).toMatchObject({
      contact: { id: finn, notes: [{ text: 'Polite.' }] },
      conversations: [{ platform: 'facebook', messages: [{ by: 'Finn', text: 'Hello from Finn' }], notes: [] }],
    })
    expect((await api.ask('DELETE', at, { key })).body).toEqual({ erased: true })
    expect(await read(finn)).toMatchObject({ name: 'Erased person', notes: [], erasedAt: expect.any(String) })
    expect((await api.get('/api/contacts?search=Finn', { key })).body.contacts).toEqual([])
    const left = await api.get(`${at}/export`, { key })
    expect(JSON.stringify(left.body)).not.toContain('Finn')
  })
})
