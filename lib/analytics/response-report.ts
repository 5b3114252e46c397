import { day, inMs, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { here, query, sql, type Ctx } from '@/lib/workspace'
import { ReportOn, type ResponseReport } from './schema'
import { tookOf } from './took'

/** Most conversations that times are taken from. */
const most = 20_000
/** From what lead score a conversation looks like business. */
const leadFrom = 50

type Period = { readonly from: Date; readonly to: Date; readonly accountIds: readonly string[] }

/** How people were answered within the last days. Reads at most 20,000 conversations. */
export const responseReport = query({
  can: 'analytics.view',
  input: ReportOn,
  async run(ctx, { days, accountIds }): Promise<Result<ResponseReport>> {
    const to = now()
    const period = { from: inMs(-days * day, to), to, accountIds }
    const [asked, sentiment, hours, people] = await Promise.all([
      answersTo(ctx, period),
      sentimentBy(ctx, period),
      messagesByHour(ctx, period),
      loadOf(ctx, period),
    ])
    const spent = (at: (row: Asked) => Date | null) =>
      tookOf(asked.flatMap((row) => (at(row) ? [(at(row)?.getTime() ?? 0) - row.askedAt.getTime()] : [])))
    return ok({
      from: period.from.toISOString(),
      to: to.toISOString(),
      asOf: to.toISOString(),
      timeZone: ctx.workspace.timeZone,
      asked: asked.length,
      answered: asked.filter(({ repliedAt }) => repliedAt).length,
      answeredByProgram: asked.filter(({ programAt, repliedAt }) => programAt && (!repliedAt || programAt < repliedAt))
        .length,
      firstReply: spent(({ repliedAt }) => repliedAt),
      resolution: spent(({ resolvedAt }) => resolvedAt),
      isSample: asked.length === most,
      leads: asked.filter(({ leadScore }) => leadScore >= leadFrom).length,
      sentiment,
      byHour: hours,
      people,
    })
  },
})

type Asked = {
  readonly askedAt: Date
  readonly leadScore: number
  readonly resolvedAt: Date | null
  readonly repliedAt: Date | null
  readonly programAt: Date | null
}

/** Conversations begun in the period, the latest first, with when a person and when a program answered. */
const answersTo = (ctx: Ctx, { from, to, accountIds }: Period): Promise<readonly Asked[]> => sql(ctx)<Asked>`
  with asked as (
    select c.id, c."firstInboundAt", c."leadScore",
      case when c.state = 'done' and c."resolvedAt" >= c."firstInboundAt" then c."resolvedAt" end as "resolvedAt"
    from "Conversation" c
    where c."firstInboundAt" >= ${from} and c."firstInboundAt" < ${to} and coalesce(c.intent, '') <> 'spam'
      and (${accountIds.length === 0} or c."accountId" = any(${accountIds})) and c."workspaceId" = ${here}
    order by c."firstInboundAt" desc limit ${most}
  ), programs as (
    select r."conversationId", r."externalId" from "Reply" r join asked a on a.id = r."conversationId"
    where r.state = 'sent' and r."authorKind" in ('ai', 'system') and r."workspaceId" = ${here}
  ), replied as (
    select m."conversationId", min(m.at) filter (where p."externalId" is null) as "repliedAt",
      min(m.at) filter (where p."externalId" is not null) as "programAt"
    from "Message" m join asked a on a.id = m."conversationId"
    left join programs p on p."conversationId" = m."conversationId" and p."externalId" = m."externalId"
    where m.own and m."deletedAt" is null and m.at > a."firstInboundAt" and m."workspaceId" = ${here}
    group by m."conversationId"
  )
  select a."firstInboundAt" as "askedAt", a."leadScore", a."resolvedAt", r."repliedAt", r."programAt"
  from asked a left join replied r on r."conversationId" = a.id`

const sentimentBy = (ctx: Ctx, { from, to, accountIds }: Period) => sql(ctx)<ResponseReport['sentiment'][number]>`
  select to_char(m.at at time zone 'UTC' at time zone ${ctx.workspace.timeZone}, 'YYYY-MM-DD') as day,
    avg(m.sentiment)::float8 as average, count(*)::int as n
  from "Message" m
  where m.at >= ${from} and m.at < ${to} and not m.own and m."deletedAt" is null and m.sentiment is not null
    and (${accountIds.length === 0} or m."accountId" = any(${accountIds})) and m."workspaceId" = ${here}
  group by 1 order by 1`

async function messagesByHour(ctx: Ctx, { from, to, accountIds }: Period): Promise<readonly number[]> {
  const rows = await sql(ctx)<{ hour: number; n: number }>`
    select date_part('hour', m.at at time zone 'UTC' at time zone ${ctx.workspace.timeZone})::int as hour,
      count(*)::int as n
    from "Message" m
    where m.at >= ${from} and m.at < ${to} and not m.own and m."deletedAt" is null
      and (${accountIds.length === 0} or m."accountId" = any(${accountIds})) and m."workspaceId" = ${here}
    group by 1`
  const counted = new Map(rows.map(({ hour, n }) => [hour, n]))
  return Array.from({ length: 24 }, (_, hour) => counted.get(hour) ?? 0)
}

/** Who answered how much, and has how much to do; those with neither are left out. The busiest first. */
async function loadOf(ctx: Ctx, { from, to, accountIds }: Period): Promise<ResponseReport['people']> {
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
