import { afterAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { eraseContact } from '@/lib/contacts'
import { hour, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { assignConversations, listConversations } from '@/lib/inbox'
import { closeDesk, hears, newDesk } from '@/lib/inbox/desk.fixture'
import { deleteTeam, savePolicy, saveTeam } from '@/lib/routing'
import { changeRole, removeMember } from '@/lib/workspace'
import { sentenceOf } from '@/lib/workspace/sentences'
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

test('of each conversation of a team that ends it is recorded that it is nobody’s of the team any more, however many', async () => {
  const desk = await newDesk()
  const [owner, editor] = [await desk.as('owner'), await desk.as('editor')]
  const accountId = await desk.account('facebook')
  const { id: teamId } = must(await saveTeam(owner, { name: 'Support', members: [] }))
  const { conversationId } = await hears(desk, accountId, 'rosa', 'Where is my order?')
  const given = { conversationIds: [conversationId], teamId, assigneeId: editor.actor.id }
  must(await assignConversations(owner, given))
  const {
    reasons: _,
    shifts: __,
    ...row
  } = await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
  const others = Array.from({ length: 449 }, () => newId())
  await prisma.conversation.createMany({ data: others.map((id) => ({ ...row, id, externalKey: id })) })

  expect(must(await deleteTeam(owner, { id: teamId }))).toEqual({ deleted: true })
  const ours = { workspaceId: desk.workspace.id }
  const assigned = await prisma.event.findMany({ where: { ...ours, type: 'conversation.assigned' } })
  const taken = assigned.filter(({ particulars }) => JSON.stringify(particulars).includes('"teamId":null'))
  expect(taken.map(({ subjectId }) => subjectId).toSorted()).toEqual([conversationId, ...others].toSorted())
  expect([...new Set(taken.map(sentenceOf))]).toEqual(['took a conversation from its team'])
  expect(await prisma.conversation.count({ where: { ...ours, assigneeId: editor.actor.id, teamId: null } })).toBe(450)
  expect(await prisma.event.count({ where: { ...ours, type: 'team.deleted' } })).toBe(1)
})

test('to who was erased nobody owes an answer any more, and to others in the same thread still', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const accountId = await desk.account('facebook')
  must(
    await savePolicy(owner, {
      name: 'Soon',
      conditions: { accountIds: [accountId] },
      calendarId: null,
      firstReplyMinutes: 30,
      resolutionMinutes: 600,
      warnMinutes: 10,
    }),
  )
  await prisma.slaPolicy.updateMany({ where: { workspaceId: desk.workspace.id }, data: { createdAt: inMs(-hour) } })
  const angry = 'This is terrible, I want my money back! Where is my order?'
  const chat = await hears(desk, accountId, 'Otto', angry, { kind: 'dm', conversation: 'chat' })
  const thread = await hears(desk, accountId, 'Otto', angry, { conversation: 'thread' })
  await hears(desk, accountId, 'Max', 'When do you open?', { conversation: 'thread' })
  const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: chat.identityId ?? '' } })
  const card = async (id: string) =>
    must(await listConversations(owner, { view: 'all' })).items.find((one) => one.id === id)
  expect(await card(chat.conversationId)).toMatchObject({ state: 'todo', unanswered: true, contact: { name: 'Otto' } })
  must(await eraseContact(owner, { contactId }))
  await deliver(desk)
  expect(await card(chat.conversationId)).toMatchObject({
    state: 'done',
    unanswered: false,
    priority: 50,
    sentiment: null,
    intent: null,
    contact: { name: 'Erased person' },
    sla: { state: 'met' },
  })
  expect(await card(thread.conversationId)).toMatchObject({
    state: 'todo',
    unanswered: true,
    intent: 'question',
    contact: { name: 'Max' },
    sla: { kind: 'first_reply', state: 'running' },
  })
  const running = await prisma.slaClock.findMany({ where: { workspaceId: desk.workspace.id, stoppedAt: null } })
  expect(new Set(running.map(({ conversationId }) => conversationId))).toEqual(new Set([thread.conversationId]))
})
