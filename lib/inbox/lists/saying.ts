import { here, sql, type Ctx } from '@/lib/workspace'
import type { Finder } from './narrow'

/** A number of conversations is taken from so many such messages at most. */
const mostCounted = 50_000

/** Finds conversations in which somebody else says these words, as queryOf of look-for.ts gives them. */
export const sayingWords = (ctx: Ctx, query: string): Finder => ({
  among: (ids) => amongSaying(ctx, query, ids),
  everywhere: (most) => everywhereSaying(ctx, query, most),
})

async function amongSaying(ctx: Ctx, query: string, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select distinct m."conversationId" as id
    from "Message" m
    where m."workspaceId" = ${here} and m."conversationId" = any(${ids}) and not m.own and m."deletedAt" is null
      and to_tsvector('simple', m.folded) @@ to_tsquery('simple', ${query})`
  return rows.map(({ id }) => id)
}

async function everywhereSaying(ctx: Ctx, query: string, most: number): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select distinct m."conversationId" as id
    from "Message" m
    where m."workspaceId" = ${here} and not m.own and m."deletedAt" is null
      and to_tsvector('simple', m.folded) @@ to_tsquery('simple', ${query})
    limit ${most}`
  return rows.map(({ id }) => id)
}

/**
 * How many conversations each of these words is said in, counted no further than `most`, among 50,000 such messages: all by
 * one statement. Nearly always the first few messages are of enough conversations, or are all there are.
 * @param queries as queriesOf gives them, by the caller's own name for each; undefined finds nothing
 */
export async function countSaying(
  ctx: Ctx,
  queries: ReadonlyMap<string, string | undefined>,
  most: number,
): Promise<ReadonlyMap<string, number>> {
  const asked = [...queries].flatMap(([id, query]) => (query ? [{ id, query }] : []))
  if (asked.length === 0) return new Map()
  const rows = await sql(ctx)<{ id: string; n: number }>`
    with first as (
      select w.id, w.query, (
        select jsonb_build_object('messages', count(*), 'conversations', count(distinct hits.id)) from (
          select m."conversationId" as id from "Message" m
          where m."workspaceId" = ${here} and not m.own and m."deletedAt" is null
            and to_tsvector('simple', m.folded) @@ to_tsquery('simple', w.query)
          limit ${2 * most}
        ) hits
      ) as found
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(id text, query text)
      -- Without it all that is found is found again for each time that it is named below.
      offset 0
    )
    select f.id, least(${most}, case
      when (f.found ->> 'messages')::int < ${2 * most} or (f.found ->> 'conversations')::int >= ${most} then (f.found ->> 'conversations')::int
      else (
        select count(distinct hits.id)::int from (
          select m."conversationId" as id from "Message" m
          where m."workspaceId" = ${here} and not m.own and m."deletedAt" is null
            and to_tsvector('simple', m.folded) @@ to_tsquery('simple', f.query)
          limit ${mostCounted}
        ) hits
      ) end) as n
    from first f`
  return new Map(rows.map(({ id, n }) => [id, n]))
}
