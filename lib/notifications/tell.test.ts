import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { listen } from '@/lib/core/realtime'
import { assignConversations, cancelReply, proposeReply, receive } from '@/lib/inbox'
import { closeDesk, newDesk } from '@/lib/inbox/desk.fixture'
import { saveTeam } from '@/lib/routing'
import { changeRole, eventDelivery, removeMember, type Ctx } from '@/lib/workspace'
import { getNotificationSettings, listNotifications, readNotifications, saveNotificationSettings } from './read'
import { tellPeople } from './tell'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let manager: Ctx
let editor: Ctx
let conversationId = ''
beforeAll(async () => {
  desk = await newDesk()
})
afterAll(() => closeDesk())
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner', 'Olga')
  manager = await desk.as('manager', 'Max')
  editor = await desk.as('editor', 'Edi')
  await desk.as('viewer', 'Vera')
  const accountId = await desk.account('facebook')
  const one = {
    externalId: newId(),
    kind: 'dm',
    text: 'Where is my secret parcel?',
    at: new Date().toISOString(),
    author: { externalId: newId(), handle: '@rosa', displayName: 'Rosa Park' },
    conversation: 'c',
    ref: null,
  } as const
  must(await receive(desk.system, { accountId, items: [one], via: 'webhook' }))
  conversationId = (await prisma.conversation.findFirstOrThrow({ where: { accountId } })).id
})

/** An event as the worker hears it. */
const hear = (type: string, particulars: object = {}, actor = { kind: 'system', id: 'rules' }, eventId = newId()) =>
  tellPeople(desk.system, { eventId, type, subjectId: conversationId, actor, particulars, at: new Date() })
const told = async (ctx: Ctx) => must(await listNotifications(ctx, {}))
const kindsOf = async (ctx: Ctx) => (await told(ctx)).items.map(({ kind }) => kind)
const mailsTo = async ({ actor }: Ctx) => {
  const { user } = await prisma.member.findUniqueOrThrow({ where: { id: actor.id }, include: { user: true } })
  return prisma.mail.findMany({ where: { to: user.email } })
}

describe('who is told', () => {
  test('whom a rule calls, once however often it is heard, and nobody else', async () => {
    const eventId = newId()
    const call = () => hear('conversation.called', { memberIds: [editor.actor.id, 'gone'] }, undefined, eventId)
    must(await call())
    must(await call())
    expect(await told(editor)).toMatchObject({
      unread: 1,
      items: [
        {
          kind: 'called',
          name: 'Rosa Park',
          by: null,
          about: { type: 'conversation', id: conversationId },
          isRead: false,
        },
      ],
    })
    expect(await kindsOf(owner)).toEqual([])
    expect(await mailsTo(editor)).toHaveLength(1)
  })

  test('of what AI passes on and of promises: whose it is, else the team, else all who may answer', async () => {
    must(await hear('conversation.escalated'))
    expect([await kindsOf(owner), await kindsOf(manager), await kindsOf(editor)]).toEqual([
      ['escalated'],
      ['escalated'],
      [],
    ])
    const teamId = must(await saveTeam(owner, { name: 'Care', members: [{ memberId: editor.actor.id }] })).id
    must(await assignConversations(owner, { conversationIds: [conversationId], teamId }))
    must(await hear('conversation.warned'))
    must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: manager.actor.id }))
    must(await hear('conversation.breached'))
    expect([await kindsOf(owner), await kindsOf(manager), await kindsOf(editor)]).toEqual([
      ['escalated'],
      ['breached', 'escalated'],
      ['warned'],
    ])
  })

  test('of a promise about what somebody holds who was just removed: all who may answer', async () => {
    must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: editor.actor.id }))
    must(await removeMember(owner, { memberId: editor.actor.id }))
    must(await hear('conversation.breached'))
    expect([await kindsOf(owner), await kindsOf(manager)]).toEqual([['breached'], ['breached']])
  })

  test('of a promise about what somebody holds who may not answer any more: those of the team who may', async () => {
    const vera = await desk.as('viewer', 'Vera too')
    const members = [manager, vera].map(({ actor }) => ({ memberId: actor.id }))
    const { id: teamId } = must(await saveTeam(owner, { name: 'Desk', members }))
    must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: editor.actor.id, teamId }))
    must(await changeRole(owner, { memberId: editor.actor.id, role: 'viewer' }))
    must(await hear('conversation.warned'))
    expect(await Promise.all([owner, manager, editor, vera].map(kindsOf))).toEqual([[], ['warned'], [], []])
  })

  test('of an answer that needs a person: who wrote it and whose the conversation is, or else whose it would be', async () => {
    const { id: messageId, accountId } = await prisma.message.findFirstOrThrow({ where: { conversationId } })
    const written = (authorKind: string, authorId: string, decidedById: string | null = null) => {
      const rest = { contentHash: newId(), text: 'Soon.', intent: {}, state: 'refused', sendAt: new Date() } as const
      const place = { workspaceId: desk.workspace.id, conversationId, accountId, messageId }
      return prisma.reply.create({ data: { id: newId(), ...place, ...rest, authorKind, authorId, decidedById } })
    }
    const refused = async ({ id }: { readonly id: string }) => must(await hear('reply.refused', { replyId: id }))
    await refused(await written('member', editor.actor.id))
    expect([await kindsOf(owner), await kindsOf(manager), await kindsOf(editor)]).toEqual([[], [], ['stuck']])
    must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: manager.actor.id }))
    const { id: replyId } = await written('ai', 'a draft', editor.actor.id)
    must(await hear('reply.handedOver', { replyId }))
    expect([await kindsOf(owner), await kindsOf(manager), await kindsOf(editor)]).toEqual([
      [],
      ['stuck'],
      ['stuck', 'stuck'],
    ])
    must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: null }))
    await refused(await written('ai', 'a draft'))
    expect([await kindsOf(owner), await kindsOf(manager)]).toEqual([['stuck'], ['stuck', 'stuck']])
    const [mail] = await mailsTo(editor)
    expect(mail?.subject).toContain('An answer needs you')
  })

  test('of an assignment: who is given it, or the team, but not who did it', async () => {
    const by = { kind: 'member', id: owner.actor.id }
    must(await hear('conversation.assigned', { assigneeId: owner.actor.id }, by))
    must(await hear('conversation.assigned', { assigneeId: editor.actor.id }, by))
    must(await hear('conversation.assigned', { assigneeId: null, teamId: null }, by))
    expect(await kindsOf(owner)).toEqual([])
    expect((await told(editor)).items).toMatchObject([{ kind: 'assigned', by: 'Olga' }])
  })

  test('of an answer that waits for approval: all who may approve it; of one that was turned down: who wrote it', async () => {
    const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { conversationId } })
    const asEditor = { kind: 'member', id: editor.actor.id }
    const { replyId } = must(await proposeReply(editor, { messageId, text: 'Soon.', evenSo: false }))
    must(await hear('reply.proposed', { replyId }, asEditor))
    expect([await kindsOf(owner), await kindsOf(manager), await kindsOf(editor)]).toEqual([
      ['proposed'],
      ['proposed'],
      [],
    ])
    expect(await mailsTo(manager)).toEqual([])
    must(await cancelReply(manager, { replyId, reason: 'Too short' }))
    must(await hear('reply.turnedDown', { replyId }, { kind: 'member', id: manager.actor.id }))
    must(await hear('reply.turnedDown', { replyId }, asEditor))
    expect([await kindsOf(owner), await kindsOf(manager), await kindsOf(editor)]).toEqual([
      ['proposed'],
      ['proposed'],
      ['turnedDown'],
    ])
  })

  test('of a real assignment, by the event that it records', async () => {
    const deliver = eventDelivery([
      (ctx, { id, subject, ...event }) => tellPeople(ctx, { eventId: id, subjectId: subject.id, ...event }),
    ])
    must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: manager.actor.id }))
    const events = await prisma.event.findMany({
      where: { workspaceId: desk.workspace.id, type: 'conversation.assigned' },
    })
    must(await deliver(desk.system, { eventIds: events.map(({ id }) => id) }))
    expect(await kindsOf(manager)).toEqual(['assigned'])
  })
})

test('what one is told is said live to those who listen, and names the member alone', async () => {
  const heard: unknown[] = []
  const stop = await listen(`workspace.${desk.workspace.id}`, (event) => heard.push(event))
  must(await hear('conversation.called', { memberIds: [editor.actor.id] }))
  await expect
    .poll(() => heard)
    .toEqual([{ type: 'notification.arrived', subject: { type: 'member', id: editor.actor.id } }])
  await stop()
})

test('a mail goes to who wants it, says nothing of the person, and leads to the conversation', async () => {
  must(await saveNotificationSettings(editor, { mailed: ['assigned'] }))
  must(await hear('conversation.called', { memberIds: [editor.actor.id, manager.actor.id] }))
  must(await hear('conversation.assigned', { assigneeId: editor.actor.id }))
  const [mail, ...more] = await mailsTo(editor)
  expect([mail?.subject, more]).toEqual([expect.stringContaining('A conversation is yours'), []])
  const body = unseal(mail?.bodySealed ?? '', 'mail')
  expect(body).toContain(`open=${conversationId}`)
  for (const theirs of ['Rosa', 'secret']) expect(body).not.toContain(theirs)
  expect(await mailsTo(manager)).toHaveLength(1)
  // Who has not looked since is not mailed for each of many.
  must(await hear('conversation.breached'))
  must(await hear('conversation.called', { memberIds: [manager.actor.id] }))
  expect(await mailsTo(manager)).toHaveLength(1)
  must(await readNotifications(manager, {}))
  must(await hear('conversation.called', { memberIds: [manager.actor.id] }))
  expect(await mailsTo(manager)).toHaveLength(2)
  expect(must(await getNotificationSettings(editor, {})).mailed).toEqual(['assigned'])
  expect(must(await getNotificationSettings(owner, {})).mailed).toEqual([
    'called',
    'escalated',
    'breached',
    'stuck',
    'stopped',
    'kept',
    'unsent',
    'lapsed',
  ])
})

test('of a webhook that was stopped owners and admins are told at once, by the bell and by mail, and nobody else', async () => {
  const admin = await desk.as('admin', 'Anna')
  must(await saveNotificationSettings(admin, { mailed: [] }))
  const webhookId = newId()
  await prisma.webhookEndpoint.create({
    data: {
      id: webhookId,
      workspaceId: desk.workspace.id,
      url: 'https://hooks.example.com/secret',
      description: '',
      eventTypes: ['post.created'],
      secretSealed: 'none',
      createdById: owner.actor.id,
    },
  })
  // What was mailed of a conversation a moment ago says nothing of it.
  must(await hear('conversation.called', { memberIds: [owner.actor.id] }))
  const event = {
    eventId: newId(),
    type: 'webhook.disabled',
    subjectId: webhookId,
    actor: { kind: 'system', id: 'worker' },
    particulars: { name: 'hooks.example.com', why: 'it answered with 410' },
    at: new Date(),
  }
  for (const _ of [1, 2]) must(await tellPeople(desk.system, event))
  for (const one of [owner, admin])
    expect((await told(one)).items[0]).toMatchObject({
      kind: 'stopped',
      name: 'hooks.example.com',
      about: { type: 'webhook', id: webhookId },
      isRead: false,
    })
  expect([await kindsOf(manager), await kindsOf(editor)]).toEqual([[], []])
  const mails = await mailsTo(owner)
  const mail = mails.find(({ subject }) => subject.startsWith('A webhook was stopped'))
  expect([mails.length, await mailsTo(admin)]).toEqual([2, []])
  const body = unseal(mail?.bodySealed ?? '', 'mail')
  for (const part of ['hooks.example.com', '410', `settings/webhooks/${webhookId}`]) expect(body).toContain(part)
  expect(body).not.toContain('/secret')
  expect(must(await readNotifications(owner, { webhookIds: [webhookId] })).read).toBe(1)
  expect((await told(owner)).unread).toBe(1)
})

test('of a deleted post that its network kept, all who may delete are told, as long as it is so', async () => {
  const postId = newId()
  const row = { workspaceId: desk.workspace.id, authorId: owner.actor.id, content: {}, excerpt: 'We are closed.' }
  await prisma.post.create({ data: { id: postId, ...row } })
  const event = {
    eventId: newId(),
    type: 'post.removalFailed',
    subjectId: postId,
    actor: { kind: 'system', id: 'worker' },
    particulars: { variantId: 'v', why: 'Reconnect it.' },
    at: new Date(),
  }
  for (const _ of [1, 2]) must(await tellPeople(desk.system, event))
  expect(await told(owner)).toMatchObject({
    unread: 1,
    items: [{ kind: 'kept', name: '“We are closed.”', about: { type: 'post', id: postId } }],
  })
  expect([await kindsOf(manager), await kindsOf(editor)]).toEqual([[], []])
  const [mail, ...more] = await mailsTo(owner)
  expect([mail?.subject, more]).toEqual([expect.stringMatching(/^A deleted post is still there/), []])
  expect(unseal(mail?.bodySealed ?? '', 'mail')).toContain(`posts/${postId}`)
  await prisma.post.update({ where: { id: postId }, data: { deletedAt: new Date() } })
  expect(await told(owner)).toEqual({ unread: 0, items: [] })
  await prisma.post.update({ where: { id: postId }, data: { deletedAt: null } })
  expect(must(await readNotifications(owner, { postIds: [postId] })).read).toBe(1)
})

describe('of what was not sent', () => {
  const post = async (authorId: string) => {
    const postId = newId()
    const row = { workspaceId: desk.workspace.id, authorId, content: {}, excerpt: 'We open at ten.' }
    await prisma.post.create({ data: { id: postId, ...row } })
    return postId
  }
  const about = (type: string, subjectId: string) => ({
    eventId: newId(),
    type,
    subjectId,
    actor: { kind: 'system', id: 'worker' },
    particulars: { variantId: 'v' },
    at: new Date(),
  })

  test('who wrote the post, and all who may publish where its author may not, or is a program', async () => {
    const managers = await post(manager.actor.id)
    const event = about('post.refused', managers)
    for (const _ of [1, 2]) must(await tellPeople(desk.system, event))
    expect(await told(manager)).toMatchObject({
      unread: 1,
      items: [{ kind: 'unsent', name: '“We open at ten.”', about: { type: 'post', id: managers } }],
    })
    expect([await kindsOf(owner), await kindsOf(editor)]).toEqual([[], []])
    const [mail, ...more] = await mailsTo(manager)
    expect([mail?.subject, more]).toEqual([expect.stringMatching(/^A post needs you/), []])
    expect(unseal(mail?.bodySealed ?? '', 'mail')).toContain(`posts/${managers}`)

    must(await tellPeople(desk.system, about('post.handedOver', await post(editor.actor.id))))
    must(await tellPeople(desk.system, about('post.handedOver', await post('a key'))))
    const all = [await kindsOf(owner), await kindsOf(manager), await kindsOf(editor)]
    expect(all).toEqual([['unsent', 'unsent'], ['unsent', 'unsent', 'unsent'], ['unsent']])
  })

  test('who may connect an account that must be connected again, until it is', async () => {
    const admin = await desk.as('admin', 'Anna')
    const { accountId } = await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
    const { handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
    const set = (state: 'healthy' | 'needs_reconnect') =>
      prisma.account.update({ where: { id: accountId }, data: { state } })
    must(await tellPeople(desk.system, about('account.lapsed', accountId)))
    expect(await kindsOf(owner)).toEqual([])

    await set('needs_reconnect')
    // What was mailed of a conversation a moment ago says nothing of it.
    must(await hear('conversation.called', { memberIds: [owner.actor.id] }))
    const event = about('account.lapsed', accountId)
    for (const _ of [1, 2]) must(await tellPeople(desk.system, event))
    for (const one of [owner, admin])
      expect((await told(one)).items[0]).toMatchObject({
        kind: 'lapsed',
        name: `${handle} on Facebook`,
        about: { type: 'account', id: accountId },
      })
    expect([await kindsOf(manager), await kindsOf(editor)]).toEqual([[], []])
    const mail = (await mailsTo(owner)).find(({ subject }) => subject.startsWith('An account must be connected again'))
    expect(unseal(mail?.bodySealed ?? '', 'mail')).toContain(`accounts/${accountId}`)
    expect(must(await readNotifications(admin, { accountIds: [accountId] })).read).toBe(1)
    await set('healthy')
    expect(await kindsOf(owner)).toEqual(['called'])
  })
})

test('that somebody chose what they are mailed is in the audit trail, under their name', async () => {
  must(await saveNotificationSettings(editor, { mailed: ['called'] }))
  const events = await prisma.event.findMany({
    where: { workspaceId: desk.workspace.id, type: 'notificationSettings.changed' },
  })
  const { id } = editor.actor
  expect(events).toMatchObject([{ actorId: id, subjectId: id, particulars: { mailed: ['called'] } }])
})

test('what was read is read, for oneself alone and for that conversation alone', async () => {
  must(await hear('conversation.escalated'))
  expect(must(await readNotifications(owner, { conversationIds: [newId()] })).read).toBe(0)
  expect(must(await readNotifications(owner, { conversationIds: [conversationId] })).read).toBe(1)
  expect([(await told(owner)).unread, (await told(manager)).unread]).toEqual([0, 1])
})

test('of other events, and of conversations of others, nobody is told', async () => {
  const elsewhere = await newDesk()
  const stranger = await elsewhere.as('owner')
  must(await hear('conversation.reopened'))
  const given = { memberIds: [stranger.actor.id] }
  must(await hear('conversation.called', given))
  const actor = { kind: 'system', id: 'r' }
  const abroad = { eventId: newId(), type: 'conversation.called', subjectId: conversationId, actor }
  must(await tellPeople(elsewhere.system, { ...abroad, particulars: given, at: new Date() }))
  expect(await prisma.notification.count({ where: { conversationId } })).toBe(0)
})

test('who leaves takes along what they were told', async () => {
  must(await hear('conversation.called', { memberIds: [editor.actor.id] }))
  must(await removeMember(owner, { memberId: editor.actor.id }))
  expect(await prisma.notification.count({ where: { memberId: editor.actor.id } })).toBe(0)
})
