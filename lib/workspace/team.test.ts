import { afterAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { inMs } from '@/lib/core/clock'
import { unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { inviteMember, listInvitations, resendInvitation, revokeInvitation } from './invite'
import { joinAsMyself, joinAsNew, readInvitation } from './join'
import { changeRole, everyMember, listMembers, removeMember } from './members'
import { roles } from './permissions'
import { endOtherSessions, endSession, listSessions } from './sessions'
import { again, codeOf, newMember, newVisitor, newWorkspace } from './testing'

// Settings are read once. Nobody delivers the mail here.
process.env.SMTP_URL = 'smtp://127.0.0.1:9'
afterAll(() => Promise.all([closeQueues(), closeDoors(), closeRealtime(), prisma.$disconnect()]))

const password = 'correct horse battery'
const someone = () => `${newId()}@example.com`
const linkIn = async (to: string) => {
  const mail = await prisma.mail.findFirstOrThrow({ where: { to }, orderBy: { id: 'desc' } })
  return /invitations\/([\w-]+)/.exec(unseal(mail.bodySealed, 'mail'))?.[1] ?? ''
}
const listInvitationsOf = async (ctx: Parameters<typeof listInvitations>[0]) => {
  const listed = await listInvitations(ctx, {})
  if (!listed.ok) throw new Error(listed.error.message)
  return listed.value
}
const idOf = (ctx: { actor: { id: string } }) => ctx.actor.id

describe('an invitation', () => {
  test('is mailed, says who invites whom to what, and makes a member of a new person once', async () => {
    const { owner, workspaceId } = await newWorkspace('Engines')
    const email = someone()
    expect(codeOf(await inviteMember(owner, { email, role: 'manager' }))).toBe('ok')
    const token = await linkIn(email)
    expect(await readInvitation(newVisitor(), { token })).toMatchObject({
      value: { workspace: 'Engines', email, role: 'manager', hasAccount: false },
    })
    expect(codeOf(await joinAsNew(newVisitor(), { token, name: 'New', password }))).toBe('ok')
    expect(codeOf(await joinAsNew(newVisitor(), { token, name: 'New', password }))).toBe('INVALID_TOKEN')
    const members = await prisma.member.findMany({ where: { workspaceId, user: { email } } })
    expect(members.map(({ role }) => role)).toEqual(['manager'])
  })

  test('is accepted once by several requests at the same moment, and leaves no half-made account', async () => {
    const { owner, workspaceId } = await newWorkspace()
    const email = someone()
    await inviteMember(owner, { email, role: 'editor' })
    const token = await linkIn(email)
    const tries = await Promise.all([1, 2, 3, 4].map(() => joinAsNew(newVisitor(), { token, name: 'New', password })))
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
    expect(
      tries.filter(({ ok }) => !ok).every((one) => ['INVALID_TOKEN', 'ALREADY_EXISTS'].includes(codeOf(one))),
    ).toBe(true)
    expect(await prisma.member.count({ where: { workspaceId, user: { email } } })).toBe(1)
    expect(await prisma.event.count({ where: { workspaceId, type: 'member.joined' } })).toBe(1)
  })

  test('is accepted once by a person with an account, who must be the one invited', async () => {
    const { owner } = await newWorkspace()
    const other = await newWorkspace()
    const email = someone()
    const friend = await newMember(other.workspaceId, 'viewer', { email })
    const stranger = await newMember(other.workspaceId, 'viewer')
    await inviteMember(owner, { email, role: 'admin' })
    const token = await linkIn(email)
    const as = (ctx: typeof friend) => newVisitor(ctx.actor.kind === 'member' ? { userId: ctx.actor.userId } : {})
    expect(codeOf(await joinAsMyself(newVisitor(), { token }))).toBe('UNAUTHORIZED')
    expect(codeOf(await joinAsMyself(as(stranger), { token }))).toBe('FORBIDDEN')
    expect(codeOf(await joinAsNew(newVisitor(), { token, name: 'X', password }))).toBe('ALREADY_EXISTS')
    const tries = await Promise.all([1, 2, 3].map(() => joinAsMyself(as(friend), { token })))
    expect(tries.map(codeOf).toSorted()).toEqual(['INVALID_TOKEN', 'INVALID_TOKEN', 'ok'])
  })

  test('is refused to a viewer and an editor, and never to a role above one’s own', async () => {
    const { workspaceId } = await newWorkspace()
    for (const role of ['viewer', 'editor'] as const) {
      const refused = await inviteMember(await newMember(workspaceId, role), { email: someone(), role: 'viewer' })
      expect(codeOf(refused)).toBe('FORBIDDEN')
    }
    const manager = await newMember(workspaceId, 'manager')
    const answers = await Promise.all(
      roles.map(async (role) => [role, codeOf(await inviteMember(manager, { email: someone(), role }))]),
    )
    expect(Object.fromEntries(answers)).toEqual({
      owner: 'FORBIDDEN',
      admin: 'FORBIDDEN',
      manager: 'ok',
      editor: 'ok',
      viewer: 'ok',
    })
  })

  test('stops working when it is revoked, replaced by a newer one, or older than seven days', async () => {
    const { owner } = await newWorkspace()
    const [revoked, resent, old] = [someone(), someone(), someone()]
    for (const email of [revoked, resent, old]) await inviteMember(owner, { email, role: 'viewer' })
    const listed = await listInvitations(owner, {})
    const id = (email: string) => (listed.ok ? listed.value.find((row) => row.email === email)?.id : undefined) ?? ''
    const tokens = { revoked: await linkIn(revoked), resent: await linkIn(resent), old: await linkIn(old) }
    expect(codeOf(await revokeInvitation(owner, { invitationId: id(revoked) }))).toBe('ok')
    expect(codeOf(await resendInvitation(owner, { invitationId: id(resent) }))).toBe('ok')
    await prisma.invitation.update({ where: { id: id(old) }, data: { expiresAt: inMs(-1) } })
    const join = async (token: string) => codeOf(await joinAsNew(newVisitor(), { token, name: 'X', password }))
    expect([await join(tokens.revoked), await join(tokens.resent), await join(tokens.old)]).toEqual([
      'INVALID_TOKEN',
      'INVALID_TOKEN',
      'TOKEN_EXPIRED',
    ])
    expect(await join(await linkIn(resent))).toBe('ok')
    expect(codeOf(await resendInvitation(owner, { invitationId: id(revoked) }))).toBe('NOT_FOUND')
  })

  test('is worth no more than its sender is: nobody comes back by their own, nor above what they are by now', async () => {
    const { owner, workspaceId } = await newWorkspace()
    const [manager, admin] = [await newMember(workspaceId, 'manager'), await newMember(workspaceId, 'admin')]
    const [back, high, low] = [someone(), someone(), someone()]
    await inviteMember(manager, { email: back, role: 'manager' })
    await inviteMember(admin, { email: high, role: 'admin' })
    await inviteMember(admin, { email: low, role: 'editor' })
    expect(codeOf(await removeMember(owner, { memberId: idOf(manager) }))).toBe('ok')
    expect(codeOf(await changeRole(owner, { memberId: idOf(admin), role: 'manager' }))).toBe('ok')
    expect((await listInvitationsOf(owner)).map(({ email }) => email)).toEqual([low])
    const join = async (email: string) =>
      codeOf(await joinAsNew(newVisitor(), { token: await linkIn(email), name: 'New', password }))
    expect([await join(back), await join(high)]).toEqual(['INVALID_TOKEN', 'INVALID_TOKEN'])
    // However it came to be lower, it is looked at once more at the door.
    await prisma.member.update({ where: { id: idOf(admin) }, data: { role: 'editor' } })
    expect(await readInvitation(newVisitor(), { token: await linkIn(low) })).toMatchObject({
      error: { message: expect.stringContaining('may not invite people to this role any more') },
    })
    expect(await join(low)).toBe('INVALID_TOKEN')
    await prisma.member.update({ where: { id: idOf(admin) }, data: { role: 'manager' } })
    expect(await join(low)).toBe('ok')
    expect(await prisma.event.count({ where: { workspaceId, type: 'invitation.revoked' } })).toBe(2)
  })

  test('is not sent twice to one person, nor to a member', async () => {
    const { owner, workspaceId } = await newWorkspace()
    const email = someone()
    await newMember(workspaceId, 'viewer', { email })
    expect(codeOf(await inviteMember(owner, { email, role: 'viewer' }))).toBe('ALREADY_EXISTS')
    const other = someone()
    await inviteMember(owner, { email: other, role: 'viewer' })
    expect(codeOf(await inviteMember(owner, { email: other, role: 'viewer' }))).toBe('ALREADY_EXISTS')
    await prisma.invitation.updateMany({ where: { email: other }, data: { expiresAt: inMs(-1) } })
    const atOnce = await Promise.all([1, 2, 3].map(() => inviteMember(owner, { email: other, role: 'viewer' })))
    expect(atOnce.map(codeOf).toSorted()).toEqual(['ALREADY_EXISTS', 'ALREADY_EXISTS', 'ok'])
    expect(await prisma.invitation.count({ where: { email: other, revokedAt: null } })).toBe(1)
  })
})

describe('members', () => {
  test('the last owner can neither step down nor be removed', async () => {
    const { owner, workspaceId } = await newWorkspace()
    expect(codeOf(await changeRole(owner, { memberId: idOf(owner), role: 'admin' }))).toBe('CONFLICT')
    expect(codeOf(await removeMember(owner, { memberId: idOf(owner) }))).toBe('CONFLICT')
    const second = await newMember(workspaceId, 'owner')
    expect(codeOf(await changeRole(second, { memberId: idOf(owner), role: 'viewer' }))).toBe('ok')
    expect((await again(owner)).role).toBe('viewer')
  })

  test('two owners who step down at the same moment leave one', async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, workspaceId } = await newWorkspace()
      const second = await newMember(workspaceId, 'owner')
      const stepped = await Promise.all([
        changeRole(owner, { memberId: idOf(owner), role: 'viewer' }),
        removeMember(second, { memberId: idOf(second) }),
      ])
      expect(stepped.map(codeOf).toSorted()).toEqual(['CONFLICT', 'ok'])
      expect(await prisma.member.count({ where: { workspaceId, role: 'owner' } })).toBe(1)
    }
  })

  test('are listed page by page, each once', async () => {
    const { owner, workspaceId } = await newWorkspace()
    for (let n = 0; n < 4; n++) await newMember(workspaceId, 'viewer')
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await listMembers(owner, { take: 2, ...(after ? { after } : {}) })
      if (!page.ok) throw new Error(page.error.message)
      seen.push(...page.value.rows.map(({ id }) => id))
      after = page.value.next
    } while (after)
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
  })

  test('are all named, by name, however many there are', async () => {
    const { owner, workspaceId } = await newWorkspace()
    const ids = Array.from({ length: 520 }, newId)
    const nameOf = (at: number) => `A ${String(520 - at).padStart(4, '0')}`
    await prisma.user.createMany({
      data: ids.map((id, at) => ({ id, name: nameOf(at), email: `${id}@example.com`, passwordHash: 'none' })),
    })
    await prisma.member.createMany({
      data: ids.map((id) => ({ id, workspaceId, userId: id, role: 'editor' as const })),
    })
    const named = await everyMember(owner, {})
    if (!named.ok) throw new Error(named.error.message)
    expect(named.value.map(({ id }) => id)).toEqual([...ids.toReversed(), owner.actor.id])
    expect(named.value[0]).toEqual({ id: ids.at(-1), name: 'A 0001', role: 'editor' })
  })
})

describe('sessions', () => {
  const open = (userId: string, id = newId()) =>
    prisma.session.create({
      data: {
        id,
        userId,
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
        ip: '203.0.113.9',
        expiresAt: inMs(60_000),
      },
    })
  const actorOf = (ctx: Awaited<ReturnType<typeof newMember>>) => {
    if (ctx.actor.kind !== 'member') throw new Error('not a member')
    return ctx.actor
  }

  test('one sees and ends one’s own, and nobody else’s', async () => {
    const { owner, workspaceId } = await newWorkspace()
    const colleague = await newMember(workspaceId, 'viewer')
    const me = actorOf(owner)
    await open(me.userId, me.sessionId)
    const [second, third, theirs] = [
      await open(me.userId),
      await open(me.userId),
      await open(actorOf(colleague).userId),
    ]
    const listed = await listSessions(owner, {})
    expect(listed.ok && listed.value.map(({ id, isThis }) => [id, isThis]).toSorted()).toEqual(
      [
        [me.sessionId, true],
        [second.id, false],
        [third.id, false],
      ].toSorted(),
    )
    expect(listed.ok && listed.value[0]?.device).toBe('Firefox on Linux')
    expect(codeOf(await endSession(owner, { sessionId: theirs.id }))).toBe('NOT_FOUND')
    expect(codeOf(await endSession(owner, { sessionId: second.id }))).toBe('ok')
    expect(codeOf(await endSession(owner, { sessionId: second.id }))).toBe('NOT_FOUND')
    expect(await endOtherSessions(owner, {})).toEqual({ ok: true, value: { ended: 1 } })
    const left = await prisma.session.findMany({
      where: { id: { in: [me.sessionId, second.id, third.id, theirs.id] }, revokedAt: null },
    })
    expect(left.map(({ id }) => id).toSorted()).toEqual([me.sessionId, theirs.id].toSorted())
  })
})
