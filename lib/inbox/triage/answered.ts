import { here, type Work } from '@/lib/workspace'

/** Kinds that somebody expects an answer to. */
export const wantsAnswer: readonly string[] = ['dm', 'review', 'mention', 'comment']

/**
 * Notes at each message whether and when we answered it, from nothing but what was said: whatever came in what order, the
 * end is the same. The conversations must be locked.
 *
 * In a chat the next word of ours is the answer. Elsewhere many talk at once, and an answer to one is none to the others:
 * it must name what it answers (as the network says it, or as we meant it, where the network flattens its threads), or
 * name a later word of the same person in the same thread. What names nothing answers whoever was alone with us until then.
 */
export async function noteAnswers({ sql }: Work, conversationIds: readonly string[]): Promise<void> {
  const spoken = await sql<{ id: string }>`
    select distinct m."conversationId" as id from "Message" m
    where m."conversationId" = any(${conversationIds}) and m.own and m."workspaceId" = ${here}`
  // Nearly always we have not said a word yet, and a flood need not be asked the rest.
  if (spoken.length === 0) return
  const ids = spoken.map(({ id }) => id)
  await sql`
    with recursive said as (
      select m.id, m."conversationId", m."accountId", m."externalId", m.at, m.kind, m.own, m."parentExternalId" as parent,
        m."identityId", coalesce(m."identityId", m.id) as person, case when m.own then m.text end as words,
        m."deletedAt" is null and m.kind = any(${wantsAnswer}) as counts
      from "Message" m
      where m."conversationId" = any(${ids}) and m."workspaceId" = ${here}
    ), doubtful as (
      select distinct on (p."conversationId", p.text) p."conversationId", p.text, p."messageId", p."authorKind"
      from "Reply" p
      where p."conversationId" = any(${ids}) and p.state in ('sending', 'unknown', 'reconciling')
        and p."workspaceId" = ${here}
      order by p."conversationId", p.text, p."createdAt", p.id
    ), ours as (
      select s.id, s."conversationId", s.at, s.kind = 'dm' as "isChat",
        coalesce(p."messageId", d."messageId", t.id) as "toId",
        coalesce(p."messageId", d."messageId", s.parent) is null as "namesNothing",
        coalesce(p."authorKind", d."authorKind", '') in ('ai', 'system') as "byProgram"
      from said s
      left join "Reply" p on p."accountId" = s."accountId" and p."externalId" = s."externalId" and p."workspaceId" = ${here}
      left join doubtful d on d."conversationId" = s."conversationId" and d.text = s.words
      left join said t on t."conversationId" = s."conversationId" and t."externalId" = s.parent
      where s.own and s.counts
    ), until as (
      select s.id, min(s.person) filter (where not s.own) over w = max(s.person) filter (where not s.own) over w as "isAlone"
      from said s where s.counts window w as (partition by s."conversationId" order by s.at)
    ), next as (
      select s.id, min(s.at) filter (where o."isChat" or (o."namesNothing" and u."isAlone")) over w as at,
        min(s.at) filter (where not o."byProgram" and (o."isChat" or (o."namesNothing" and u."isAlone"))) over w as "byPersonAt"
      from said s left join ours o on o.id = s.id left join until u on u.id = s.id
      window w as (partition by s."conversationId" order by s.at desc)
    ), named as (
      select o."toId" as id, min(o.at) as at, min(o.at) filter (where not o."byProgram") as "byPersonAt"
      from ours o where o."toId" is not null group by o."toId"
    ), beside as (
      select m.id, a.id as "namedId", o.at, o."byProgram"
      from said m
      join said a on a."conversationId" = m."conversationId" and a."identityId" = m."identityId" and a.id <> m.id and not a.own
      join ours o on o."toId" = a.id and o.at >= m.at
      where m.counts and not m.own and m.kind <> 'dm'
        and not exists (select 1 from named n where n.id = m.id and n."byPersonAt" is not null)
    ), climb as (
      select s.id as start, s.id, s."conversationId", s.parent from said s
      where s.id in (select b.id from beside b union select b."namedId" from beside b)
      union
      select c.start, s.id, s."conversationId", s.parent
      from climb c join said s on s."conversationId" = c."conversationId" and s."externalId" = c.parent
    ), top as (
      select c.start, c.id from climb c where not exists (
        select 1 from said s where s."conversationId" = c."conversationId" and s."externalId" = c.parent)
    ), threaded as (
      select b.id, min(b.at) as at, min(b.at) filter (where not b."byProgram") as "byPersonAt"
      from beside b join top t on t.start = b.id join top o on o.start = b."namedId" and o.id = t.id group by b.id
    ), answers as (
      select s.id, case when s.counts and not s.own then least(x.at, n.at, t.at) end as at,
        case when s.counts and not s.own then least(x."byPersonAt", n."byPersonAt", t."byPersonAt") end as "byPersonAt"
      from said s left join next x on x.id = s.id left join named n on n.id = s.id left join threaded t on t.id = s.id
    )
    update "Message" m set "answeredAt" = a.at, "answeredByPersonAt" = a."byPersonAt" from answers a
    where m.id = a.id and m."workspaceId" = ${here}
      and (m."answeredAt", m."answeredByPersonAt") is distinct from (a.at, a."byPersonAt")`
}
