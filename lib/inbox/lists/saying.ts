import { here, sql, type Ctx } from '@/lib/workspace'
import type { Finder } from './narrow'

/** A number of conversations is taken from so many such messages at most. */
const mostCounted = 50_000

/** Finds conversations in which somebody else says these words, as tsqueryOf of words.ts gives them. */
export const sayingWords = (ctx: Ctx, query: string): Finder => ({
  among: (ids) => amongSaying(ctx, query, ids),
  everywhere: (most) => everywhereSaying(ctx, query, most),
})

async function amongSaying(ctx: Ctx, query: string, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select distinct m."conversationId" as id
    from "Message" m
    where m."workspaceId" = ${here} and m."conversationId" = any(${ids}) and not m.own and m."deletedAt" is null
      and to_tsvector('simple', m.text) @@ to_tsquery('simple', ${query})`
  return rows.map(({ id }) => id)
}

async function everywhereSaying(ctx: Ctx, query: string, most: number): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select distinct m."conversationId" as id
    from "Message" m
    where m."workspaceId" = ${here} and not m.own and m."deletedAt" is null
      and to_tsvector('simple', m.text) @@ to_tsquery('simple', ${query})
    limit ${most}`
  return rows.map(({ id }) => id)
}

/** How many conversations there are, counted no further than `most`, among 50,000 such messages. */
export async function countSaying(ctx: Ctx, query: string, most: number): Promise<number> {
  const [row] = await sql(ctx)<{ n: number }>`
    select count(*)::int as n from (
      select distinct hits.id from (
        select m."conversationId" as id from "Message" m
        where m."workspaceId" = ${here} and not m.own and m."deletedAt" is null
          and to_tsvector('simple', m.text) @@ to_tsquery('simple', ${query})
        limit ${mostCounted}
      ) hits
      limit ${most}
    ) found`
  return row?.n ?? 0
}
