import { wantsAnswer } from '@/lib/inbox/schema'
import { here, sql, type Ctx } from '@/lib/workspace'

/** Most questions that times are taken from. */
export const mostAsked = 20_000

export type Period = { readonly from: Date; readonly to: Date; readonly accountIds: readonly string[] }

/**
 * What one person began to ask in one thread, and what became of it. Under a post each who speaks asks for themselves;
 * a chat is one person's, as `ofSamePerson` of lib/inbox has it, who asks anew when they write after a person's answer, or
 * after the chat was done.
 */
export type Asked = {
  readonly askedAt: Date
  /** The highest of what they said there; null where nothing was weighed. */
  readonly leadScore: number | null
  /** When the thread was done, where that came after; of a chat in which they asked anew since, when it was before that. */
  readonly resolvedAt: Date | null
  /** A person's first answer to them, not to somebody else in the thread, nor to what they asked anew. */
  readonly repliedAt: Date | null
  /** A program's answer to them, where that was the first. */
  readonly programAt: Date | null
}

/**
 * Questions begun in the period, the latest first: under a post, who had spoken in the thread before it asks nothing new;
 * in a chat, who goes on with what was asked before it. What is spam, was deleted, was erased before it had an answer, or is
 * of a kind that wants no answer counts for nothing.
 */
export const answersTo = (ctx: Ctx, { from, to, accountIds }: Period): Promise<readonly Asked[]> => sql(ctx)<Asked>`
  with said as (
    select m."conversationId", m.kind = 'dm' as "isChat", case when m.kind <> 'dm' then m."identityId" end as "identityId",
      -- Whom the network names by no id, it names by a handle.
      case when m.kind <> 'dm' and m."identityId" is null then m."authorHandle" end as handle,
      m.at, (m.reasons -> 'lead' ->> 'score')::float8 as "leadScore", m."answeredAt", m."answeredByPersonAt",
      -- All that a person's next answer in a chat is to, and that came before it was done, is one question.
      case when m.kind = 'dm' then m."answeredByPersonAt" end as "endsAt",
      case when m.kind = 'dm' then (select max(d.at) from "Event" d
        where d."subjectId" = m."conversationId" and d.type = 'conversation.done' and d.at <= m."receivedAt"
          and d."workspaceId" = ${here}) end as "doneBefore"
    from "Message" m
    where m.at >= ${from} and m.at < ${to} and not m.own and m."deletedAt" is null and (m."erasedAt" is null or m."answeredAt" is not null)
      and m.kind = any(${wantsAnswer})
      and coalesce(m.intent, '') <> 'spam' and (${accountIds.length === 0} or m."accountId" = any(${accountIds}))
      and m."workspaceId" = ${here}
  ), spoke as (
    select s."conversationId", s."isChat", s."identityId", s.handle, s."endsAt", s."doneBefore", min(s.at) as "askedAt",
      max(s."leadScore") as "leadScore", min(s."answeredByPersonAt") as "repliedAt", min(s."answeredAt") as "answeredAt"
    from said s group by 1, 2, 3, 4, 5, 6
  ), begun as (
    select s.*, lead(s."askedAt") over (partition by s."conversationId", s."isChat", s."identityId", s.handle order by s."askedAt") as "anewAt",
      min(s."doneBefore") over (partition by s."conversationId", s."isChat", s."identityId", s.handle order by s."doneBefore" nulls first
        groups between 1 following and unbounded following) as "doneAfter"
    from spoke s
  ), asked as (
    -- What was done without an answer has none by what was said when they had asked anew.
    select b.*, case when b."anewAt" is null or b."repliedAt" <= b."anewAt" then b."repliedAt" end as "byPersonAt",
      case when b."anewAt" is null or b."answeredAt" <= b."anewAt" then b."answeredAt" end as "byAnyAt"
    from begun b
  )
  select a."askedAt", a."leadScore", a."byPersonAt" as "repliedAt",
    case when a."byPersonAt" is null or a."byAnyAt" < a."byPersonAt" then a."byAnyAt" end as "programAt",
    case when a."doneAfter" is not null then greatest(a."doneAfter", a."askedAt")
      when c.state = 'done' and c."resolvedAt" >= a."askedAt" then c."resolvedAt" end as "resolvedAt"
  from asked a join "Conversation" c on c.id = a."conversationId" and c."workspaceId" = ${here}
  where c."firstInboundAt" >= ${from} or case when a."isChat" then (
    select coalesce(e."answeredByPersonAt", 'infinity') = coalesce(a."endsAt", 'infinity')
      and coalesce(a."doneBefore", '-infinity') = coalesce((
        select max(d.at) from "Event" d
        where d."subjectId" = e."conversationId" and d.type = 'conversation.done' and d.at <= e."receivedAt"
          and d."workspaceId" = ${here}), '-infinity')
    from "Message" e
    where e."conversationId" = a."conversationId" and e.at < ${from} and e.kind = 'dm'
      and not e.own and e."deletedAt" is null and coalesce(e.intent, '') <> 'spam' and e."workspaceId" = ${here}
    order by e.at desc limit 1) is not true
  else (
    select e.id from "Message" e
    where e."identityId" = a."identityId" and e."conversationId" = a."conversationId" and e.at < ${from}
      and not e.own and e."deletedAt" is null and e.kind = any(${wantsAnswer}) and coalesce(e.intent, '') <> 'spam'
      and e."workspaceId" = ${here}
    limit 1) is null end
  order by a."askedAt" desc limit ${mostAsked}`
