import { day, inMs, now } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { newToken, sha256 } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { paths } from '@/lib/core/paths'
import { pass } from '@/lib/core/rate'
import { fail, ok, type Failure } from '@/lib/core/result'
import type { Ctx } from './context'
import { invitationLetter } from './letters'
import { sendsMail, writeMail } from './mail'
import { operation, query } from './operation'
import { isAtMost, type MemberRole } from './permissions'
import { InvitationId, InviteMember, type InvitationRow } from './schema'
import { isTaken } from './taken'
import { transactUnscoped, type UnscopedWork } from './transact'
import { z } from 'zod'

const lifetimeMs = 7 * day
const absent = {
  code: 'NOT_FOUND',
  message: 'There is no such open invitation. It may have been accepted or revoked: reload the page.',
} as const
const tooHigh = (role: MemberRole, own: string): Failure => ({
  code: 'FORBIDDEN',
  message: `You are ${own} and cannot invite someone as ${role}. Choose a role no higher than yours.`,
  fields: { role: ['Choose a role no higher than yours'] },
})

const hasOpen = (email: string): Failure => ({
  code: 'ALREADY_EXISTS',
  message: `${email} has an open invitation. Send it again, or revoke it first.`,
  fields: { email: ['Has an open invitation: send it again below'] },
})

async function tooMany({ workspaceId }: Ctx): Promise<Failure | undefined> {
  const passage = await pass('invite', workspaceId)
  if (passage.open) return undefined
  return {
    code: 'RATE_LIMIT_EXCEEDED',
    message: 'This workspace has invited many people within an hour. Wait a while and try again.',
    retryAt: passage.resetAt,
  }
}

const inviter = ({ actor }: Ctx) => (actor.kind === 'member' ? actor.name : 'Your team')

type Invited = { readonly invitationId: string; readonly link?: string }

/** Mails the link, or gives it back where no mail is sent: whoever invites hands it over. */
async function send(
  { db, enqueue }: UnscopedWork,
  ctx: Ctx,
  { invitationId, email, role, token }: { invitationId: string; email: string; role: MemberRole; token: string },
): Promise<Invited> {
  if (!sendsMail()) return { invitationId, link: new URL(paths.invitation(token), env().APP_URL).href }
  const letter = invitationLetter({ workspace: ctx.workspace.name, invitedBy: inviter(ctx), role, token })
  enqueue(await writeMail(db, email, letter))
  return { invitationId }
}

/**
 * Invites someone by mail, for seven days, to a role no higher than the inviter's own.
 * @returns `link` where no mail server is set: it works once, like the one in a mail, and is not to be had again.
 */
export const inviteMember = operation({
  can: 'team.invite',
  input: InviteMember,
  async run(ctx, { email, role }) {
    if (!isAtMost(role, ctx.role)) return fail(tooHigh(role, ctx.role))
    const busy = await tooMany(ctx)
    if (busy) return fail(busy)
    const { workspaceId, actor } = ctx
    const isMember = await ctx.db.member.count({ where: { user: { email } } })
    if (isMember > 0)
      return fail({
        code: 'ALREADY_EXISTS',
        message: `${email} is a member already. Change their role in the list of members.`,
        fields: { email: ['Is a member already'] },
      })
    const unspent = { workspaceId, email, acceptedAt: null, revokedAt: null }
    if ((await ctx.db.invitation.count({ where: { ...unspent, expiresAt: { gt: now() } } })) > 0)
      return fail(hasOpen(email))
    const token = newToken()
    const id = newId()
    return transactUnscoped(async (work) => {
      const { db, record } = work
      // One that ran out gives way; the database takes one at a time for an address.
      await db.invitation.updateMany({
        where: { ...unspent, expiresAt: { lte: now() } },
        data: { revokedAt: now() },
      })
      await db.invitation.create({
        data: {
          id,
          workspaceId,
          email,
          role,
          tokenHash: sha256(token),
          invitedById: actor.id,
          expiresAt: inMs(lifetimeMs),
        },
      })
      record(workspaceId, actor, {
        type: 'invitation.created',
        subject: { type: 'invitation', id },
        particulars: { email, role },
      })
      return ok(await send(work, ctx, { invitationId: id, email, role, token }))
    }).catch((error: unknown) => {
      if (isTaken(error)) return fail(hasOpen(email))
      throw error
    })
  },
})

/** Sends an invitation again, as `inviteMember` does, with a new link for another seven days. The old link stops working. */
export const resendInvitation = operation({
  can: 'team.invite',
  input: InvitationId,
  async run(ctx, { invitationId }) {
    const { workspaceId, actor } = ctx
    const invitation = await ctx.db.invitation.findFirst({
      where: { id: invitationId, acceptedAt: null, revokedAt: null },
    })
    if (!invitation) return fail(absent)
    const { email, role } = invitation
    if (!isAtMost(role, ctx.role)) return fail(tooHigh(role, ctx.role))
    const busy = await tooMany(ctx)
    if (busy) return fail(busy)
    const token = newToken()
    return transactUnscoped(async (work) => {
      const { db, record } = work
      const changed = await db.invitation.updateMany({
        where: { workspaceId, id: invitationId, acceptedAt: null, revokedAt: null },
        // Whoever sends it again answers for it from now on.
        data: { tokenHash: sha256(token), expiresAt: inMs(lifetimeMs), invitedById: actor.id },
      })
      if (changed.count === 0) return fail(absent)
      record(workspaceId, actor, {
        type: 'invitation.resent',
        subject: { type: 'invitation', id: invitationId },
        particulars: { email, role },
      })
      return ok(await send(work, ctx, { invitationId, email, role, token }))
    })
  },
})

/** Takes an open invitation back. */
export const revokeInvitation = operation({
  can: 'team.invite',
  input: InvitationId,
  async run(ctx, { invitationId }) {
    const { workspaceId, actor } = ctx
    return transactUnscoped(async ({ db, record }) => {
      const open = { workspaceId, id: invitationId, acceptedAt: null, revokedAt: null }
      const [revoked] = await db.invitation.updateManyAndReturn({
        where: open,
        data: { revokedAt: now() },
        select: { email: true },
      })
      if (!revoked) return fail(absent)
      record(workspaceId, actor, {
        type: 'invitation.revoked',
        subject: { type: 'invitation', id: invitationId },
        particulars: { email: revoked.email },
      })
      return ok({ invitationId })
    })
  },
})

/** Invitations that wait for an answer or ran out, newest first; at most 200. */
export const listInvitations = query({
  can: 'team.read',
  input: z.object({}),
  async run(ctx) {
    const [rows, members] = await Promise.all([
      ctx.db.invitation.findMany({
        where: { acceptedAt: null, revokedAt: null },
        orderBy: { createdAt: 'desc' },
        take: 200,
      }),
      ctx.db.member.findMany({ select: { id: true, user: { select: { name: true } } } }),
    ])
    const names = new Map(members.map(({ id, user }) => [id, user.name]))
    return ok(
      rows.map(({ id, email, role, invitedById, createdAt, expiresAt }): InvitationRow => ({
        id,
        email,
        role,
        createdAt,
        expiresAt,
        invitedBy: names.get(invitedById) ?? 'a former member',
        expired: expiresAt < now(),
        handedOver: !sendsMail(),
      })),
    )
  },
})
