import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact, mergeContacts, unmergeContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Incoming } from '@/lib/platforms'
import { closeDesk, newDesk, saidAt } from '../desk.fixture'
import { receive } from '../hear/receive'

let desk: Awaited<ReturnType<typeof newDesk>>
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())

const rounds = Array.from({ length: 8 }, (_, n) => n)

/** Two people who speak in each other's threads, and in chats of their own. */
async function twoWhoWrite() {
  const accountId = await desk.account('facebook')
  const person = (name: string) => ({ externalId: `${name}-${accountId}`, handle: `@${name}`, displayName: name })
  const [tom, sofia] = [person('Tom'), person('Sofia')]
  let second = 0
  const one = (author: Incoming['author'], conversation: string, more: Partial<Incoming> = {}): Incoming => ({
    externalId: newId(),
    kind: conversation.startsWith('chat') ? 'dm' : 'comment',
    change: 'new',
    text: `Said by ${author.displayName}`,
    at: saidAt((second += 1) / 60),
    author,
    own: false,
    conversation,
    media: [],
    ref: null,
    ...more,
  })
  const hear = async (...items: Incoming[]) => must(await receive(desk.system, { accountId, items, via: 'webhook' }))
  const contactOf = async ({ externalId }: Incoming['author']) =>
    (await prisma.contactIdentity.findFirstOrThrow({ where: { externalId } })).contactId
  return { accountId, tom, sofia, one, hear, contactOf }
}

/** What stands in the inbox and is of nobody who is there, or not with the contact that stands for them. */
async function outOfPlace(accountId: string) {
  const people = await prisma.contactIdentity.findMany({ where: { workspaceId: desk.workspace.id } })
  const contacts = new Map(people.map(({ id, contactId }) => [id, contactId]))
  const said = await prisma.message.findMany({ where: { accountId, own: false, erasedAt: null } })
  const talks = await prisma.conversation.findMany({ where: { accountId, identityId: { not: null } } })
  return [
    ...said.filter(({ identityId }) => !contacts.has(identityId ?? '')),
    ...talks.filter(({ identityId, contactId }) => contacts.get(identityId ?? '') !== contactId),
  ]
}

test('somebody is erased while they and others write, and nothing that they had said comes back', async () => {
  const admin = await desk.as('admin')
  const { accountId, tom, sofia, one, hear, contactOf } = await twoWhoWrite()
  for (const round of rounds) {
    const [his, hers, chat] = [`his-${round}`, `hers-${round}`, `chat-${round}`]
    const before = [one(tom, his), one(sofia, his), one(sofia, hers), one(tom, hers), one(tom, chat)]
    await hear(...before)
    const contactId = await contactOf(tom)
    const edited = before.map((item) => ({
      ...item,
      change: 'edited' as const,
      at: saidAt(600),
      text: `Said again by ${item.author.displayName}`,
    }))
    const [erased] = await Promise.all([
      eraseContact(admin, { contactId }),
      hear(...edited.slice(0, 2)),
      hear(...edited.slice(2)),
      hear(one(sofia, his), one(tom, hers)),
      hear(one(tom, `new-${round}`), one(tom, his)),
      hear(one(sofia, hers), one(sofia, chat), one(sofia, `new-${round}`)),
    ])
    must(erased)
    const names = before.filter(({ author }) => author === tom).map(({ externalId }) => externalId)
    const left = await prisma.message.findMany({ where: { accountId, externalId: { in: names } } })
    expect(left.map(({ text, identityId, authorName }) => [text, identityId, authorName])).toEqual(
      names.map(() => ['', null, 'Erased person']),
    )
  }
  expect(await outOfPlace(accountId)).toEqual([])
})

test('two are merged and separated while they write, and all stands with whom it belongs to', async () => {
  const admin = await desk.as('admin')
  const { accountId, tom, sofia, one, hear, contactOf } = await twoWhoWrite()
  await hear(one(tom, 'his'), one(sofia, 'his'), one(sofia, 'hers'), one(tom, 'hers'))
  const [contactId, otherId] = [await contactOf(tom), await contactOf(sofia)]
  for (const round of rounds) {
    const [changed] = await Promise.all([
      round % 2 === 0 ? mergeContacts(admin, { contactId, otherId }) : unmergeContact(admin, { contactId: otherId }),
      hear(one(sofia, 'his'), one(tom, 'hers')),
      hear(one(tom, `new-${round}`), one(tom, 'his')),
      hear(one(sofia, 'hers'), one(sofia, `chat-${round}`), one(sofia, `new-${round}`)),
      hear(one(tom, `chat-too-${round}`), one(sofia, 'hers')),
    ])
    must(changed)
    expect(await outOfPlace(accountId)).toEqual([])
  }
})
