import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact, exportContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
})
afterAll(() => closeDesk())

/** It is much to fill and to read: a loaded machine takes its time. */
const long = { timeout: 300_000 }

/** More than a statement may have parameters, which is 32,767. */
const many = 33_000

/** What somebody says in one chat, or each time in a thread of its own. */
async function saysMuch(name: string, where: 'in a chat' | 'in threads'): Promise<string> {
  const accountId = await desk.account('x')
  const kind = where === 'in a chat' ? 'dm' : 'comment'
  const { conversationId, identityId } = await hears(desk, accountId, name, 'To begin with', {
    kind,
    conversation: name,
  })
  const { id: workspaceId } = desk.workspace
  const isApart = where === 'in threads'
  await prisma.$transaction(async (db) => {
    // The rows fit together as they are made: to check each takes many times as long.
    await db.$executeRaw`set local session_replication_role = replica`
    await db.$executeRaw`
      insert into "Conversation" (id, "workspaceId", "accountId", platform, "externalKey", kind, state, priority,
        "lastMessageAt", "contactId", "identityId", "updatedAt")
      select ${name} || n, ${workspaceId}, ${accountId}, 'x', ${name} || n, ${kind}, 'todo', 50, now(), i."contactId", i.id, now()
      from generate_series(1, ${many}::int) n, "ContactIdentity" i where i.id = ${identityId} and ${isApart}`
    await db.$executeRaw`
      insert into "Message" (id, "workspaceId", "conversationId", "accountId", "externalId", kind, own, text, at, "textAt",
        "authorName", "authorHandle", source, via, "identityId")
      select ${name} || n, ${workspaceId}, case when ${isApart} then ${name} || n else ${conversationId} end, ${accountId},
        ${name} || n, ${kind}, false, 'Number ' || n, now(), now(), ${name}, '', '{}', 'webhook', ${identityId}
      from generate_series(1, ${many}::int) n`
  }, long)
  // As the database does by itself in time.
  await prisma.$executeRaw`analyze "Conversation", "Message"`
  return (await prisma.contactIdentity.findUniqueOrThrow({ where: { id: identityId ?? '' } })).contactId
}

test('whoever said more than a statement takes ids is erased like anybody else', long, async () => {
  const contactId = await saysMuch('Mia', 'in a chat')
  must(await eraseContact(owner, { contactId }))
  expect(await prisma.message.count({ where: { workspaceId: desk.workspace.id, text: { not: '' } } })).toBe(0)
  expect(await prisma.contactIdentity.count({ where: { contactId } })).toBe(0)
})

test('whoever spoke in more threads than a statement takes ids is told everything', long, async () => {
  const contactId = await saysMuch('Tom', 'in threads')
  const { conversations } = must(await exportContact(owner, { contactId }))
  expect(conversations.length).toBe(many + 1)
  expect(conversations.every(({ messages }) => messages.length === 1)).toBe(true)
})
