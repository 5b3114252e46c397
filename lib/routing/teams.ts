import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { here, operation, query, transact } from '@/lib/workspace'
import { most, whyFull } from './bound'
import { strangers, whoUses } from './references'
import { orSameName } from './same-name'
import { ById, SaveTeam, type TeamCard } from './schema'

const noSuchTeam: Failure = { code: 'NOT_FOUND', message: 'There is no such team here. Reload the page.' }

/** All teams by name, with who is in them and who is there. */
export const listTeams = query({
  can: 'inbox.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly TeamCard[]>> {
    const at = now()
    const rows = await db.team.findMany({
      orderBy: { name: 'asc' },
      take: most.teams,
      select: {
        id: true,
        name: true,
        members: {
          orderBy: { memberId: 'asc' },
          select: {
            memberId: true,
            skills: true,
            capacity: true,
            member: {
              select: { user: { select: { name: true } }, presence: { select: { away: true, seenUntil: true } } },
            },
          },
        },
      },
    })
    return ok(
      rows.map(({ members, ...team }) => ({
        ...team,
        members: members.map(({ member: { user, presence }, ...each }) => ({
          ...each,
          name: user.name,
          isOnline: presence?.seenUntil != null && presence.seenUntil > at,
          isAway: presence?.away ?? false,
        })),
      })),
    )
  },
})

/** Makes a team, or changes the one with the id: its members are those given. Who stays keeps their turn. */
export const saveTeam = operation({
  can: 'inbox.manage',
  input: SaveTeam,
  run: (ctx, { id, name, members }): Promise<Result<{ id: string }>> =>
    orSameName('team', () =>
      transact(ctx, async ({ db, record }) => {
        const { workspaceId } = ctx
        const memberIds = members.map(({ memberId }) => memberId)
        const unknown = await strangers(db, { memberIds })
        if (unknown) return fail(unknown)
        const teamId = id ?? newId()
        const full = id ? undefined : whyFull('teams', await db.team.count())
        if (full) return fail(full)
        if (!id) await db.team.create({ data: { id: teamId, workspaceId, name }, select: { id: true } })
        else if ((await db.team.updateMany({ where: { id }, data: { name } })).count === 0) return fail(noSuchTeam)
        await db.teamMember.deleteMany({ where: { teamId, memberId: { notIn: memberIds } } })
        for (const { memberId, skills, capacity } of members)
          await db.teamMember.upsert({
            where: { teamId_memberId: { teamId, memberId } },
            create: { workspaceId, teamId, memberId, skills, capacity },
            update: { skills, capacity },
            select: { memberId: true },
          })
        record({
          type: id ? 'team.changed' : 'team.created',
          subject: { type: 'team', id: teamId },
          particulars: { name, memberIds },
        })
        return ok({ id: teamId })
      }),
    ),
})

/** Ends a team. Its conversations stay with the people who hold them. Not while a rule or macro gives to it. */
export const deleteTeam = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, sql, record }) => {
      const used = await whoUses(db, 'This team', { teamId: id })
      if (used) return fail(used)
      const team = await db.team.findUnique({ where: { id }, select: { name: true } })
      if (!team) return fail(noSuchTeam)
      await sql`
        select c.id from "Conversation" c where c."teamId" = ${id} and c."workspaceId" = ${here} order by c.id for no key update`
      await db.conversation.updateMany({ where: { teamId: id }, data: { teamId: null } })
      await db.team.deleteMany({ where: { id } })
      record({ type: 'team.deleted', subject: { type: 'team', id }, particulars: { name: team.name } })
      return ok({ deleted: true })
    }),
})
