import { here, sql, type Ctx } from '@/lib/workspace'
import type { Period } from './answers'
import type { ResponseReport } from './schema'

/** How what was said sounds, day by day on the workspace's clock. */
export const sentimentBy = (ctx: Ctx, { from, to, accountIds }: Period) => sql(ctx)<
  ResponseReport['sentiment'][number]
>`
  select to_char(m.at at time zone 'UTC' at time zone ${ctx.workspace.timeZone}, 'YYYY-MM-DD') as day,
    avg(m.sentiment)::float8 as average, count(*)::int as n
  from "Message" m
  where m.at >= ${from} and m.at < ${to} and not m.own and m."deletedAt" is null and m.sentiment is not null
    and (${accountIds.length === 0} or m."accountId" = any(${accountIds})) and m."workspaceId" = ${here}
  group by 1 order by 1`

/**
 * What is said to us and what we say by the hour of the day, 0 to 23, on the workspace's clock. What we say privately
 * counts in the chat in which it is read, and not once more under the comment that it answers.
 */
export async function messagesByHour(
  ctx: Ctx,
  { from, to, accountIds }: Period,
): Promise<Pick<ResponseReport, 'byHour' | 'answersByHour'>> {
  const rows = await sql(ctx)<{ hour: number; own: boolean; n: number }>`
    select date_part('hour', m.at at time zone 'UTC' at time zone ${ctx.workspace.timeZone})::int as hour, m.own,
      count(*)::int as n
    from "Message" m
    where m.at >= ${from} and m.at < ${to} and m."deletedAt" is null and not m.privately
      and (${accountIds.length === 0} or m."accountId" = any(${accountIds})) and m."workspaceId" = ${here}
    group by 1, 2`
  const hoursOf = (own: boolean) => {
    const counted = new Map(rows.flatMap((row) => (row.own === own ? [[row.hour, row.n] as const] : [])))
    return Array.from({ length: 24 }, (_, hour) => counted.get(hour) ?? 0)
  }
  return { byHour: hoursOf(false), answersByHour: hoursOf(true) }
}

/** Who answered how much, and has how much to do; those with neither are left out. The busiest first. */
export async function loadOf(ctx: Ctx, { from, to, accountIds }: Period): Promise<ResponseReport['people']> {
  const among = accountIds.length > 0 ? { accountId: { in: [...accountIds] } } : {}
  const [members, answers, open] = await Promise.all([
    ctx.db.member.findMany({ select: { id: true, user: { select: { name: true } } } }),
    ctx.db.reply.groupBy({
      by: ['authorId'],
      where: { ...among, state: 'sent', authorKind: 'member', sentAt: { gte: from, lt: to } },
      _count: { _all: true },
    }),
    ctx.db.conversation.groupBy({
      by: ['assigneeId'],
      where: { ...among, state: { in: ['todo', 'waiting'] }, assigneeId: { not: null } },
      _count: { _all: true },
    }),
  ])
  return members
    .map(({ id, user }) => ({
      memberId: id,
      name: user.name,
      answers: answers.find(({ authorId }) => authorId === id)?._count._all ?? 0,
      open: open.find(({ assigneeId }) => assigneeId === id)?._count._all ?? 0,
    }))
    .filter((person) => person.answers + person.open > 0)
    .sort((a, b) => b.answers - a.answers || b.open - a.open)
}

/** What became of the promises whose clocks began in the period. One that is taken back by its policy counts nowhere. */
export async function promisesOf(ctx: Ctx, { from, to, accountIds }: Period): Promise<ResponseReport['promises']> {
  const rows = await sql(ctx)<{ kind: string; kept: number; broken: number; owed: number }>`
    select s.kind,
      (count(*) filter (where s."stoppedAt" is not null and s."breachedAt" is null))::int as kept,
      (count(*) filter (where s."breachedAt" is not null))::int as broken,
      (count(*) filter (where s."stoppedAt" is null and s."breachedAt" is null))::int as owed
    from "SlaClock" s join "Conversation" c on c.id = s."conversationId"
    where s."startedAt" >= ${from} and s."startedAt" < ${to} and s."workspaceId" = ${here}
      and (${accountIds.length === 0} or c."accountId" = any(${accountIds})) and c."workspaceId" = ${here}
    group by s.kind`
  const of = (kind: string) => {
    const { kept = 0, broken = 0, owed = 0 } = rows.find((row) => row.kind === kind) ?? {}
    return { kept, broken, owed }
  }
  return { firstReply: of('first_reply'), resolution: of('resolution') }
}
