import { afterAll, beforeAll, expect, test } from 'vitest'
import { readingsOf } from '@/bench/calendar/readings'
import { must } from '@/lib/accounts/connected.fixture'
import { addContactNote, exportContact, mergeContacts } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, newDesk } from '../desk.fixture'
import { addNote } from '../desk/notes'
import { receive } from '../hear/receive'
import { fill, readWhole } from '../many.fixture'

let desk: Awaited<ReturnType<typeof newDesk>>
let accountId = ''
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  accountId = await desk.account('facebook')
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

let minutes = 0
async function says(name: string, text: string, conversation: string, more: Partial<Incoming> = {}): Promise<string> {
  minutes += 1
  const externalId = `m-${minutes}`
  const item: Incoming = {
    externalId,
    kind: 'comment',
    change: 'new',
    text,
    at: new Date(Date.UTC(2026, 10, 20, 9, minutes)).toISOString(),
    author: { externalId: name === 'us' ? accountId : `u-${name}`, handle: `@${name}`, displayName: name },
    own: name === 'us',
    conversation,
    media: [],
    ref: null,
    ...more,
  }
  must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
  return externalId
}
const contactOf = async (name: string): Promise<string> =>
  (
    await prisma.contactIdentity.findFirstOrThrow({
      where: { workspaceId: desk.workspace.id, externalId: `u-${name}` },
    })
  ).contactId
const talkOf = async (externalKey: string): Promise<string> =>
  (await prisma.conversation.findFirstOrThrow({ where: { accountId, externalKey } })).id
const exported = async (contactId: string) =>
  must(await exportContact(owner, { contactId })).conversations.map(({ messages, notes }) => ({
    said: messages.map(({ by, text }) => `${by}: ${text}`),
    notes: notes.map(({ text }) => text),
  }))

test('under a post each person gets what they said and what was said to them, whoever spoke first', async () => {
  await says('Anna', 'Hello, I am Anna.', 'post')
  const late = await says('Ben', 'My order 777 is late.', 'post')
  await says('us', 'Ben, your order goes to Long Street 5.', 'post', { parent: late })
  await says('Anna', 'Me again.', 'post')
  must(await addNote(owner, { conversationId: await talkOf('post'), text: 'Ben is a thief' }))
  expect(await exported(await contactOf('Anna'))).toEqual([
    { said: ['Anna: Hello, I am Anna.', 'Anna: Me again.'], notes: [] },
  ])
  expect(await exported(await contactOf('Ben'))).toEqual([
    { said: ['Ben: My order 777 is late.', 'us: Ben, your order goes to Long Street 5.'], notes: [] },
  ])
})

test('where nobody else speaks all of ours is theirs, and so is what we noted; also of who was merged into them', async () => {
  await says('Carl', 'Good day', 'chat-carl', { kind: 'dm' })
  await says('us', 'What can we do?', 'chat-carl', { kind: 'dm' })
  must(await addNote(owner, { conversationId: await talkOf('chat-carl'), text: 'A friendly one' }))
  await says('Carla', 'From my phone', 'post of carla')
  const [contactId, otherId] = [await contactOf('Carl'), await contactOf('Carla')]
  must(await mergeContacts(owner, { contactId, otherId }))
  const all = [
    { said: ['Carl: Good day', 'us: What can we do?'], notes: ['A friendly one'] },
    { said: ['Carla: From my phone'], notes: [] },
  ]
  expect(await exported(contactId)).toEqual(all)
  expect(await exported(otherId)).toEqual(all)
})

test('every note about a person is theirs, however many, also of who was merged into them', async () => {
  await says('Emil', 'Good evening', 'chat-emil', { kind: 'dm' })
  await says('Emilia', 'From work', 'post of emilia')
  const [contactId, otherId] = [await contactOf('Emil'), await contactOf('Emilia')]
  const texts = Array.from({ length: 130 }, (_, n) => `Note ${n}`)
  for (const [n, text] of texts.entries())
    must(await addContactNote(owner, { contactId: n % 3 === 0 ? otherId : contactId, text }))
  must(await mergeContacts(owner, { contactId, otherId }))
  const { contact } = must(await exportContact(owner, { contactId }))
  expect(contact.notes.map(({ text }) => text)).toEqual(texts)
  expect(contact.earlierNotes).toBeNull()
})

test('of a long thread only their part is read', async () => {
  const first = await says('Dora', 'First of all', 'long')
  await fill(desk.workspace.id, await desk.account('facebook'), 10_000, owner.actor.id)
  const { id: conversationId } = await prisma.conversation.findFirstOrThrow({
    where: { accountId, externalKey: 'long' },
  })
  const of = { workspaceId: desk.workspace.id, accountId, conversationId, kind: 'comment', source: {}, via: 'webhook' }
  const at = new Date(Date.UTC(2026, 10, 20, 12))
  await prisma.message.createMany({
    data: Array.from({ length: 5_000 }, (_, n) => {
      const own = n % 10 === 0
      const name = own ? { authorName: 'Us', authorHandle: '@us' } : { authorName: 'One', authorHandle: `@${n}` }
      const parent = n === 0 ? { parentExternalId: first } : {}
      return { id: newId(), ...of, ...name, ...parent, externalId: `l-${n}`, own, text: `Word ${n}`, at, textAt: at }
    }),
  })
  const contactId = await contactOf('Dora')
  expect(await exported(contactId)).toEqual([{ said: ['Dora: First of all', 'us: Word 0'], notes: [] }])
  expect(readWhole(await readingsOf(async () => must(await exportContact(owner, { contactId }))))).toEqual([])
})
