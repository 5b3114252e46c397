import { wantsAnswer } from '@/lib/inbox/schema'
import { here, sql, type Ctx } from '@/lib/workspace'
import type { Period } from './answers'
import type { ResponseReport } from './schema'

/** How what was said sounds, day by day on the workspace's clock. Spam praises without end, and says nothing. */
export const sentimentBy = (ctx: Ctx, { from, to, accountIds }: Period) => sql(ctx)<
  ResponseReport['sentiment'][number]
>`
  select to_char(m.at at time zone 'UTC' at time zone ${ctx.workspace.timeZone}, 'YYYY-MM-DD') as day,
    avg(m.sentiment)::float8 as average, count(*)::int as n
  from "Message" m
  where m.at >= ${from} and m.at < ${to} and not m.own and m."deletedAt" is null and m.sentiment is not null
    and coalesce(m.intent, '') <> 'spam'
    and (${accountIds.length === 0} or m."accountId" = any(${accountIds})) and m."workspaceId" = ${here}
  group by 1 order by 1`

/**
 * What is said to us that wants an answer, and what we say, by the hour of the day, 0 to 23, on the workspace's clock: when
 * people are needed, whenever a post was liked or spam came. What we say privately counts in the chat in which it is read,
 * and not once more under the comment that it answers.
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
      and (m.own or (m.kind = any(${wantsAnswer}) and coalesce(m.intent, '') <> 'spam'))
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

/**
 * What became of the promises whose clocks began in the period. One that is taken back by its policy counts only where
 * it was broken by then. A
 * promise of an answer is kept by a person's answer to what its clock began with, as lib/inbox/triage/asked-in.ts finds
 * it, or else to anything said there: one that ended with its conversation is neither kept nor broken.
 */
export async function promisesOf(ctx: Ctx, { from, to, accountIds }: Period): Promise<ResponseReport['promises']> {
  const rows = await sql(ctx)<{ kind: string; kept: number; unanswered: number; broken: number; owed: number }>`
    with clocks as (
      select s.kind, s."conversationId", s."startedAt", s."stoppedAt", s."breachedAt",
        s.kind = 'first_reply' and s."stoppedAt" is not null and s."breachedAt" is null as "isAsked",
        -- An answer may go out a moment after its conversation was ended.
        greatest(s."stoppedAt", s."dueAt") as "inTime"
      from "SlaClock" s join "Conversation" c on c.id = s."conversationId"
      where s."startedAt" >= ${from} and s."startedAt" < ${to} and s."workspaceId" = ${here}
        and (${accountIds.length === 0} or c."accountId" = any(${accountIds})) and c."workspaceId" = ${here}
    ), found as (
      select k.*,
        case when k."isAsked" then (select m.id from "Message" m
          where m."conversationId" = k."conversationId" and not m.own and m."deletedAt" is null and m."erasedAt" is null
            and m.kind = any(${wantsAnswer}) and m.at >= k."startedAt" and m.at <= k."stoppedAt" and m."workspaceId" = ${here}
          order by m.at limit 1) end as "saidId",
        case when k."isAsked" then (select m.id from "Message" m
          where m."conversationId" = k."conversationId" and not m.own and m."deletedAt" is null and m."erasedAt" is null
            and m.kind = any(${wantsAnswer}) and m."needAt" >= k."startedAt" and m."needAt" <= k."stoppedAt" and m."workspaceId" = ${here}
          order by m."needAt" limit 1) end as "editedId"
      from clocks k
    ), ended as (
      select f.kind, f."stoppedAt", f."breachedAt", case
        when not f."isAsked" then true
        -- A person opened it again: what was said before is answered.
        when said.id is null and edited.id is null then (select m.id from "Message" m
          where m."conversationId" = f."conversationId" and not m.own and m."deletedAt" is null and m.kind = any(${wantsAnswer})
            and m."answeredByPersonAt" > f."startedAt" and m."answeredByPersonAt" <= f."inTime" and m."workspaceId" = ${here}
          limit 1) is not null
        when said.id is null or edited."needAt" < said.at then coalesce(edited."answeredByPersonAt" <= f."inTime", false)
        else coalesce(said."answeredByPersonAt" <= f."inTime", false) end as "isAnswered"
      from found f
      left join "Message" said on said.id = f."saidId" and said."workspaceId" = ${here}
      left join "Message" edited on edited.id = f."editedId" and edited."workspaceId" = ${here}
    )
    select e.kind,
      (count(*) filter (where e."stoppedAt" is not null and e."breachedAt" is null and e."isAnswered"))::int as kept,
      (count(*) filter (where e."stoppedAt" is not null and e."breachedAt" is null and not e."isAnswered"))::int as unanswered,
      (count(*) filter (where e."breachedAt" is not null))::int as broken,
      (count(*) filter (where e."stoppedAt" is null and e."breachedAt" is null))::int as owed
    from ended e group by e.kind`
  const of = (kind: string) => {
    const { kept = 0, unanswered = 0, broken = 0, owed = 0 } = rows.find((row) => row.kind === kind) ?? {}
    return { kept, unanswered, broken, owed }
  }
  const { unanswered: _done, ...resolution } = of('resolution')
  return { firstReply: of('first_reply'), resolution }
}
