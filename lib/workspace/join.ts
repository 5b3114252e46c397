import { prisma } from '@/lib/core/db'
import { now } from '@/lib/core/clock'
import { sha256 } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { hashPassword } from './password'
import { isAtMost, may } from './permissions'
import { JoinAsMyself, JoinAsNew, ReadInvitation, type InvitationNote } from './schema'
import { isTaken } from './taken'
import { transactUnscoped, type UnscopedWork } from './transact'
import { visitorOperation } from './visitor'

const gone = {
  code: 'INVALID_TOKEN',
  message: 'This invitation was accepted, revoked or replaced. Ask for a new one.',
} as const
const expired = {
  code: 'TOKEN_EXPIRED',
  message: 'This invitation is older than seven days. Ask for a new one.',
} as const
const notTheirs = {
  code: 'INVALID_TOKEN',
  message:
    'Whoever invited you may not invite people to this role any more. Ask someone in the team for a new invitation.',
} as const
const signInInstead = {
  code: 'ALREADY_EXISTS',
  message: 'There is already an account with this email. Sign in, then accept the invitation.',
} as const

async function openInvitation(token: string) {
  const invitation = await prisma.invitation.findUnique({
    where: { tokenHash: sha256(token) },
    include: { workspace: { select: { id: true, slug: true, name: true } } },
  })
  if (!invitation || invitation.acceptedAt || invitation.revokedAt) return fail(gone)
  if (invitation.expiresAt < now()) return fail(expired)
  const inviter = await prisma.member.findFirst({
    where: { id: invitation.invitedById, workspaceId: invitation.workspaceId },
    select: { role: true, user: { select: { name: true } } },
  })
  // What somebody may give is what they may give today: they may have been removed, or have a lower role by now.
  if (!inviter || !may(inviter.role, 'team.invite') || !isAtMost(invitation.role, inviter.role)) return fail(notTheirs)
  return ok({ ...invitation, invitedBy: inviter.user.name })
}

/** What an invitation says, for the page that its link opens. */
export const readInvitation = visitorOperation({
  door: 'invitation',
  input: ReadInvitation,
  async run(_, { token }): Promise<Result<InvitationNote>> {
    const open = await openInvitation(token)
    if (!open.ok) return open
    const { workspace, email, role, invitedBy } = open.value
    const users = await prisma.user.count({ where: { email } })
    return ok({
      workspace: workspace.name,
      invitedBy,
      email,
      role,
      hasAccount: users > 0,
    })
  },
})

/** Spends the invitation and makes the member, or does neither. Of several at once only one does. */
async function join(
  { db, record }: UnscopedWork,
  invitation: { id: string; workspaceId: string; role: 'owner' | 'admin' | 'manager' | 'editor' | 'viewer' },
  person: { userId: string; name: string },
): Promise<boolean> {
  const { id: invitationId, workspaceId, role } = invitation
  const open = { id: invitationId, acceptedAt: null, revokedAt: null, expiresAt: { gt: now() } }
  const mine = await db.invitation.updateMany({ where: open, data: { acceptedAt: now() } })
  if (mine.count === 0) return false
  const known = await db.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId: person.userId } } })
  const memberId = known?.id ?? newId()
  if (!known) await db.member.create({ data: { id: memberId, workspaceId, userId: person.userId, role } })
  const by = { kind: 'member', id: memberId } as const
  record(workspaceId, by, {
    type: 'invitation.accepted',
    subject: { type: 'invitation', id: invitationId },
    particulars: { role },
  })
  record(workspaceId, by, {
    type: 'member.joined',
    subject: { type: 'member', id: memberId },
    particulars: { name: person.name, role },
  })
  return true
}

/** Accepts an invitation as someone who has no account yet, and makes one. The mailed link proves the address. */
export const joinAsNew = visitorOperation({
  door: 'signUp',
  input: JoinAsNew,
  async run(_, { token, name, password }) {
    const invitation = await openInvitation(token)
    if (!invitation.ok) return invitation
    const { email, workspace } = invitation.value
    if ((await prisma.user.count({ where: { email } })) > 0) return fail(signInInstead)
    const passwordHash = await hashPassword(password)
    const userId = newId()
    try {
      return await transactUnscoped(async (work) => {
        if (
          !(await join(await withUser(work, { id: userId, email, name, passwordHash }), invitation.value, {
            userId,
            name,
          }))
        )
          throw new Spent()
        return ok({ slug: workspace.slug, email })
      })
    } catch (error) {
      if (error instanceof Spent) return fail(gone)
      if (isTaken(error)) return fail(signInInstead)
      throw error
    }
  },
})

/** Undoes the account that was made in the same transaction. */
class Spent extends Error {}

async function withUser(
  work: UnscopedWork,
  user: { id: string; email: string; name: string; passwordHash: string },
): Promise<UnscopedWork> {
  await work.db.user.create({ data: user })
  return work
}

/** Accepts an invitation as the person signed in, if it was sent to their address. */
export const joinAsMyself = visitorOperation({
  door: 'invitation',
  input: JoinAsMyself,
  async run({ userId }, { token }) {
    if (!userId)
      return fail({ code: 'UNAUTHORIZED', message: 'You are signed out. Sign in, then open the invitation again.' })
    const invitation = await openInvitation(token)
    if (!invitation.ok) return invitation
    const { email, workspace } = invitation.value
    const me = await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, name: true } })
    if (me.email !== email)
      return fail({
        code: 'FORBIDDEN',
        message: `This invitation is for ${email}; you are signed in as ${me.email}. Sign out, then sign in with that address.`,
      })
    const joined = await transactUnscoped((work) => join(work, invitation.value, { userId, name: me.name }))
    return joined ? ok({ slug: workspace.slug, email }) : fail(gone)
  },
})
