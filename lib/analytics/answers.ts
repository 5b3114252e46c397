import { wantsAnswer } from '@/lib/inbox/schema'
import { here, sql, type Ctx } from '@/lib/workspace'

/** Most questions that times are taken from. */
export const mostAsked = 20_000

export type Period = { readonly from: Date; readonly to: Date; readonly accountIds: readonly string[] }

/**
 * What one person began to ask in one thread, and what became of it. Under a post each who speaks asks for themselves;
 * a chat is one person's, as `ofSamePerson` of lib/inbox has it.
 */
export type Asked = {
  readonly askedAt: Date
  /** The highest of what they said there; null where nothing was weighed. */
  readonly leadScore: number | null
  /** When the thread was done, where that came after. */
  readonly resolvedAt: Date | null
  /** A person's first answer to them, not to somebody else in the thread. */
  readonly repliedAt: Date | null
  /** A program's answer to them, where that was the first. */
  readonly programAt: Date | null
}

/**
 * Questions begun in the period, the latest first: who had spoken in the thread before it asks nothing new. What is spam,
 * was deleted, or is of a kind that wants no answer counts for nothing.
 */
export const answersTo = (ctx: Ctx, { from, to, accountIds }: Period): Promise<readonly Asked[]> => sql(ctx)<Asked>`
  with spoke as (
    select m."conversationId", m.kind = 'dm' as "isChat", case when m.kind <> 'dm' then m."identityId" end as "identityId",
      min(m.at) as "askedAt", max((m.reasons -> 'lead' ->> 'score')::float8) as "leadScore",
      min(m."answeredByPersonAt") as "repliedAt", min(m."answeredAt") as "answeredAt"
    from "Message" m
    where m.at >= ${from} and m.at < ${to} and not m.own and m."deletedAt" is null and m.kind = any(${wantsAnswer})
      and coalesce(m.intent, '') <> 'spam' and (${accountIds.length === 0} or m."accountId" = any(${accountIds}))
      and m."workspaceId" = ${here}
    -- Whom the network names by no id, it names by a handle.
    group by 1, 2, 3, case when m.kind <> 'dm' and m."identityId" is null then m."authorHandle" end
  )
  select s."askedAt", s."leadScore", s."repliedAt",
    case when s."repliedAt" is null or s."answeredAt" < s."repliedAt" then s."answeredAt" end as "programAt",
    case when c.state = 'done' and c."resolvedAt" >= s."askedAt" then c."resolvedAt" end as "resolvedAt"
  from spoke s join "Conversation" c on c.id = s."conversationId" and c."workspaceId" = ${here}
  where c."firstInboundAt" >= ${from} or (not s."isChat" and (
    select e.id from "Message" e
    where e."identityId" = s."identityId" and e."conversationId" = s."conversationId" and e.at < ${from}
      and not e.own and e."deletedAt" is null and e.kind = any(${wantsAnswer}) and coalesce(e.intent, '') <> 'spam'
      and e."workspaceId" = ${here}
    limit 1) is null)
  order by s."askedAt" desc limit ${mostAsked}`
