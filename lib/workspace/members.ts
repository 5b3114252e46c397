import { z } from 'zod'
import { now } from '@/lib/core/clock'
import type { Prisma } from '@/lib/core/db'
import { everyPage } from '@/lib/core/every-page'
import { fail, ok } from '@/lib/core/result'
import { hold } from './hold'
import { operation, query } from './operation'
import { isAtMost, may, roles } from './permissions'
import { ChangeRole, MemberId, Page, type MemberName, type MemberRow, type Paged } from './schema'
import type { ScopedTx } from './tenant'
import { transact, type Work } from './transact'

const absent = {
  code: 'NOT_FOUND',
  message: 'There is no such member here. They may have been removed: reload the page.',
} as const
const lastOwner = {
  code: 'CONFLICT',
  message: 'A workspace needs an owner, and this is its last. Make someone else owner first.',
} as const

/** Everyone in the workspace, in the order they joined. */
export const listMembers = query({
  can: 'team.read',
  input: Page,
  async run({ db, actor }, { after, take }) {
    const rows = await db.member.findMany({
      where: after ? { id: { gt: after } } : {},
      include: { user: { select: { name: true, email: true } } },
      orderBy: { id: 'asc' },
      take: take + 1,
    })
    const page: Paged<MemberRow> = {
      rows: rows
        .slice(0, take)
        .map(({ id, role, createdAt, user }) => ({ id, role, joinedAt: createdAt, isYou: id === actor.id, ...user })),
      ...nextOf(rows, take),
    }
    return ok(page)
  },
})

/** Who every member is, however many there are, by name: to choose from, and to name them. */
export const everyMember = query({
  can: 'team.read',
  input: z.object({}),
  async run({ db }) {
    const rows = await everyPage((after, take) =>
      db.member.findMany({
        where: { id: { gt: after } },
        orderBy: { id: 'asc' },
        take,
        select: { id: true, role: true, user: { select: { name: true } } },
      }),
    )
    const members = rows.map(({ id, role, user: { name } }): MemberName => ({ id, name, role }))
    return ok<readonly MemberName[]>(members.toSorted((a, b) => a.name.localeCompare(b.name)))
  },
})

/** Where the next page begins, given one row more than was wanted. */
export const nextOf = (rows: readonly { id: string }[], take: number): { next?: string } => {
  const last = rows[take - 1]
  return rows.length > take && last ? { next: last.id } : {}
}

/** Holds every owner's row until the transaction ends, so that two owners cannot step down past each other. */
async function holdOwners(work: Work): Promise<void> {
  const owners = await work.db.member.findMany({ where: { role: 'owner' }, select: { id: true } })
  await hold(
    work,
    'Member',
    owners.map(({ id }) => id),
  )
}
const otherOwners = (db: ScopedTx, id: string) => db.member.count({ where: { role: 'owner', id: { not: id } } })

/** Takes open invitations back, so that nobody comes, or comes back, by one that its sender could not send today. */
async function revokeInvitations({ db, record }: Pick<Work, 'db' | 'record'>, which: Prisma.InvitationWhereInput) {
  const revoked = await db.invitation.updateManyAndReturn({
    where: { ...which, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now() },
    select: { id: true, email: true },
  })
  for (const { id, email } of revoked)
    record({ type: 'invitation.revoked', subject: { type: 'invitation', id }, particulars: { email } })
}

/** Gives a member another role, and takes back invitations that it does not allow. The last owner keeps theirs. */
export const changeRole = operation({
  can: 'team.manage',
  input: ChangeRole,
  run: (ctx, { memberId, role }) =>
    transact(ctx, async (work) => {
      const { db, record } = work
      await holdOwners(work)
      const member = await db.member.findFirst({
        where: { id: memberId },
        include: { user: { select: { name: true } } },
      })
      if (!member) return fail(absent)
      if (member.role === role) return ok({ memberId, role })
      if (member.role === 'owner' && (await otherOwners(db, memberId)) === 0) return fail(lastOwner)
      await db.member.update({ where: { id: memberId }, data: { role } })
      const given = may(role, 'team.invite') ? roles.filter((one) => isAtMost(one, role)) : []
      await revokeInvitations({ db, record }, { invitedById: memberId, role: { notIn: given } })
      record({
        type: 'member.roleChanged',
        subject: { type: 'member', id: memberId },
        particulars: { name: member.user.name, from: member.role, to: role },
      })
      return ok({ memberId, role })
    }),
})

/**
 * Takes a member out of the workspace and revokes the API keys and invitations they made. What they wrote stays; their account too.
 * The last owner cannot be removed.
 */
export const removeMember = operation({
  can: 'team.manage',
  input: MemberId,
  run: (ctx, { memberId }) =>
    transact(ctx, async (work) => {
      const { db, record } = work
      await holdOwners(work)
      const member = await db.member.findFirst({
        where: { id: memberId },
        include: { user: { select: { name: true, email: true } } },
      })
      if (!member) return fail(absent)
      if (member.role === 'owner' && (await otherOwners(db, memberId)) === 0) return fail(lastOwner)
      const keys = await db.apiKey.updateManyAndReturn({
        where: { createdById: memberId, revokedAt: null },
        data: { revokedAt: now() },
        select: { id: true, name: true },
      })
      for (const { id, name } of keys)
        record({ type: 'apiKey.revoked', subject: { type: 'apiKey', id }, particulars: { name } })
      await revokeInvitations({ db, record }, { OR: [{ invitedById: memberId }, { email: member.user.email }] })
      await db.member.delete({ where: { id: memberId } })
      record({
        type: 'member.removed',
        subject: { type: 'member', id: memberId },
        particulars: { ...member.user, role: member.role },
      })
      return ok({ memberId })
    }),
})
