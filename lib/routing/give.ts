import { now } from '@/lib/core/clock'
import { holdStill, may, type Work } from '@/lib/workspace'
import { pick, type Candidate, type Wanted } from './pick'

/**
 * Takes hold of teams until the transaction ends, always in the same order, so that two who give work out neither
 * choose the same person for the same turn nor wait for each other. Teams that are gone are left out.
 */
export async function holdTeams(work: Work, teamIds: Iterable<string>): Promise<void> {
  await holdStill(work, 'Team', teamIds)
}

/**
 * Chooses who of a team is next, and gives them the turn. Call it with the team held (`holdTeams`).
 * @returns undefined when there is no such team, or nobody of it fits. Who may not answer never does.
 */
export async function nextOf({ db }: Work, teamId: string, wanted: Wanted): Promise<string | undefined> {
  const all = await db.teamMember.findMany({
    where: { teamId },
    select: {
      memberId: true,
      skills: true,
      capacity: true,
      turn: true,
      member: { select: { role: true, presence: { select: { away: true, seenUntil: true } } } },
    },
  })
  const members = all.filter(({ member: { role } }) => may(role, 'inbox.draft'))
  const at = now()
  const held = await db.conversation.groupBy({
    by: ['assigneeId'],
    where: { assigneeId: { in: members.map(({ memberId }) => memberId) }, state: 'todo' },
    _count: { _all: true },
    orderBy: { assigneeId: 'asc' },
  })
  const open = new Map(held.map(({ assigneeId, _count }) => [assigneeId, _count._all]))
  const candidates = members.map(({ member: { presence }, ...each }): Candidate => ({
    ...each,
    open: open.get(each.memberId) ?? 0,
    isOnline: presence?.seenUntil != null && presence.seenUntil > at,
    isAway: presence?.away ?? false,
  }))
  const next = pick(candidates, wanted)
  if (!next) return undefined
  const { turn } = await db.team.update({
    where: { id: teamId },
    data: { turn: { increment: 1 } },
    select: { turn: true },
  })
  await db.teamMember.update({
    where: { teamId_memberId: { teamId, memberId: next.memberId } },
    data: { turn },
    select: { memberId: true },
  })
  return next.memberId
}
