import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { hold, holdStill, operation, query, transact, type Work } from '@/lib/workspace'
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

/** So many conversations are taken from a team that ends by one transaction: nobody waits long for them. */
const atOnce = 200

/**
 * Ends a team. Its conversations stay with the people who hold them, and of each it is recorded that it is the team's no
 * more. Not while a rule or macro gives to it. Cut off and called again, it goes on where it was left.
 */
export const deleteTeam = operation({
  can: 'inbox.manage',
  input: ById,
  async run(ctx, { id }): Promise<Result<{ deleted: true }>> {
    for (;;) {
      const done = await transact(ctx, async (work) => {
        const used = await whoUses(work.db, 'This team', { teamId: id })
        if (used) return fail(used)
        if ((await takeFrom(work, id)) === atOnce) return ok(undefined)
        // Held, it is given nothing more; what it was given a moment ago is taken from it on the next turn.
        await hold(work, 'Team', [id])
        const team = await work.db.team.findUnique({ where: { id }, select: { name: true } })
        if (!team) return fail(noSuchTeam)
        if ((await work.db.conversation.count({ where: { teamId: id } })) > 0) return ok(undefined)
        await work.db.team.deleteMany({ where: { id } })
        work.record({ type: 'team.deleted', subject: { type: 'team', id }, particulars: { name: team.name } })
        return ok({ deleted: true as const })
      })
      if (!done.ok) return done
      if (done.value) return ok(done.value)
    }
  },
})

/** Takes some conversations from a team. @returns how many there were */
async function takeFrom(work: Work, teamId: string): Promise<number> {
  const some = await work.db.conversation.findMany({
    where: { teamId },
    orderBy: { id: 'asc' },
    take: atOnce,
    select: { id: true },
  })
  const ids = some.map(({ id }) => id)
  await holdStill(work, 'Conversation', ids)
  const taken = await work.db.conversation.updateManyAndReturn({
    // Somebody may have given one away meanwhile.
    where: { id: { in: ids }, teamId },
    data: { teamId: null, updatedAt: now() },
    select: { id: true },
  })
  for (const { id } of taken)
    work.record({
      type: 'conversation.assigned',
      subject: { type: 'conversation', id },
      particulars: { teamId: null },
    })
  return ids.length
}
