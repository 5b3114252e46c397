import { here, sql, type Ctx } from '@/lib/workspace'

/** Most conversations that times are taken from. */
export const mostAsked = 20_000

export type Period = { readonly from: Date; readonly to: Date; readonly accountIds: readonly string[] }

/** A conversation that somebody began, and what became of it. */
export type Asked = {
  readonly askedAt: Date
  readonly leadScore: number
  readonly resolvedAt: Date | null
  /** First answer of a person. */
  readonly repliedAt: Date | null
  /** First answer of a program. */
  readonly programAt: Date | null
}

/** Conversations begun in the period, the latest first, with when a person and when a program answered. */
export const answersTo = (ctx: Ctx, { from, to, accountIds }: Period): Promise<readonly Asked[]> => sql(ctx)<Asked>`
  with asked as (
    select c.id, c."firstInboundAt", c."leadScore",
      case when c.state = 'done' and c."resolvedAt" >= c."firstInboundAt" then c."resolvedAt" end as "resolvedAt"
    from "Conversation" c
    where c."firstInboundAt" >= ${from} and c."firstInboundAt" < ${to} and coalesce(c.intent, '') <> 'spam'
      and (${accountIds.length === 0} or c."accountId" = any(${accountIds})) and c."workspaceId" = ${here}
    order by c."firstInboundAt" desc limit ${mostAsked}
  ), programs as (
    select r."conversationId", r."externalId" from "Reply" r join asked a on a.id = r."conversationId"
    where r.state = 'sent' and r."authorKind" in ('system', 'ai') and r."workspaceId" = ${here}
  ), replied as (
    select m."conversationId", min(m.at) filter (where p."externalId" is null) as "repliedAt",
      min(m.at) filter (where p."externalId" is not null) as "programAt"
    from "Message" m join asked a on a.id = m."conversationId"
    left join programs p on p."conversationId" = m."conversationId" and p."externalId" = m."externalId"
    where m.own and m."deletedAt" is null and m.at > a."firstInboundAt" and m.at >= ${from} and m."workspaceId" = ${here}
    group by m."conversationId"
  )
  select a."firstInboundAt" as "askedAt", a."leadScore", a."resolvedAt", r."repliedAt", r."programAt"
  from asked a left join replied r on r."conversationId" = a.id`
