import { here, sql, type Ctx } from '@/lib/workspace'

/** Most conversations that times are taken from. */
export const mostAsked = 20_000

export type Period = { readonly from: Date; readonly to: Date; readonly accountIds: readonly string[] }

/** A conversation that somebody began, and what became of it. */
export type Asked = {
  readonly askedAt: Date
  readonly leadScore: number
  readonly resolvedAt: Date | null
  /** A person's answer to the first word, not to somebody else who wrote under the same post. */
  readonly repliedAt: Date | null
  /** A program's answer to it, where that was the first. */
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
  ), replied as (
    select m."conversationId", min(m."answeredByPersonAt") as "repliedAt",
      min(m."answeredAt") filter (where m."answeredByPersonAt" is null or m."answeredAt" < m."answeredByPersonAt") as "programAt"
    from "Message" m join asked a on a.id = m."conversationId" and a."firstInboundAt" = m.at
    where not m.own and m."deletedAt" is null and m.at >= ${from} and m.at < ${to} and m."workspaceId" = ${here}
    group by m."conversationId"
  )
  select a."firstInboundAt" as "askedAt", a."leadScore", a."resolvedAt", r."repliedAt", r."programAt"
  from asked a left join replied r on r."conversationId" = a.id`
