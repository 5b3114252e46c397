import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { assignConversations, listConversations } from '@/lib/inbox'
import { closeDesk, hears, newDesk } from '@/lib/inbox/desk.fixture'
import { changeRole, removeMember } from '@/lib/workspace'
import { routes } from './routes'

afterAll(() => closeDesk())

async function deliver(desk: Awaited<ReturnType<typeof newDesk>>): Promise<void> {
  const waiting = await prisma.eventOutbox.findMany({ where: { workspaceId: desk.workspace.id } })
  const route = routes.find(({ job }) => job.name === 'workspace.deliverEvents')
  if (route?.scope !== 'workspace') throw new Error('events are delivered to nobody')
  must(await route.run(desk.system, { eventIds: waiting.map(({ eventId }) => eventId) }))
}

test('what somebody held who is removed is nobody’s again, and what others hold stays theirs', async () => {
  const desk = await newDesk()
  const [owner, editor] = [await desk.as('owner'), await desk.as('editor')]
  const accountId = await desk.account('facebook')
  const begin = async (name: string) =>
    (await hears(desk, accountId, name, 'Where is my order?', { conversation: name })).conversationId
  const [theirs, mine] = [await begin('rosa'), await begin('ben')]
  const give = (conversationId: string, assigneeId: string) =>
    assignConversations(owner, { conversationIds: [conversationId], assigneeId })
  must(await give(theirs, editor.actor.id))
  must(await give(mine, owner.actor.id))
  must(await removeMember(owner, { memberId: editor.actor.id }))
  await deliver(desk)
  const unassigned = must(await listConversations(owner, { view: 'unassigned' })).items
  expect(unassigned.map(({ id }) => id)).toEqual([theirs])
  const told = { workspaceId: desk.workspace.id, type: 'conversation.assigned', actorKind: 'system' }
  expect(await prisma.event.findMany({ where: told })).toMatchObject([
    { subjectId: theirs, particulars: { assigneeId: null } },
  ])
  // Who was given something at the very last is not let through after they left.
  expect(await give(theirs, editor.actor.id)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
})

test('what somebody held who may not answer any more is nobody’s again, and who may answer keeps theirs', async () => {
  const desk = await newDesk()
  const [owner, editor] = [await desk.as('owner'), await desk.as('editor')]
  const accountId = await desk.account('facebook')
  const { conversationId } = await hears(desk, accountId, 'rosa', 'Where is my order?')
  must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: editor.actor.id }))
  const unassigned = async () => must(await listConversations(owner, { view: 'unassigned' })).items.length
  must(await changeRole(owner, { memberId: editor.actor.id, role: 'manager' }))
  await deliver(desk)
  expect(await unassigned()).toBe(0)
  must(await changeRole(owner, { memberId: editor.actor.id, role: 'viewer' }))
  await deliver(desk)
  expect(await unassigned()).toBe(1)
})
