import { here, sql, type Ctx } from '@/lib/workspace'

/** So many of a list are looked at first, and then so many: of common words enough say them among these. */
const lookedAt = [200, 2_000]
/** Who says rarer words is looked up in the index, when they are no more than this; else the list is walked on. */
const mostFound = 5_000
const walkedOn = [20_000, 200_000]
/** A number of conversations is taken from so many such messages at most. */
const mostCounted = 50_000

/**
 * What narrows a list to conversations in which somebody else says these words, as tsqueryOf of words.ts gives them.
 * @param first the ids of so many of the list, from where the page begins
 */
export async function sayingWords(
  ctx: Ctx,
  query: string,
  take: number,
  first: (some: number) => Promise<readonly string[]>,
): Promise<object> {
  const walk = async (steps: readonly number[]) => {
    for (const some of steps) {
      const near = await first(some)
      const said = new Set(await amongSaying(ctx, query, near))
      if (said.size >= take || near.length < some) return near.filter((id) => said.has(id)).slice(0, take)
    }
    return undefined
  }
  const near = await walk(lookedAt)
  if (near) return { id: { in: near } }
  const all = await everywhereSaying(ctx, query)
  return { id: { in: [...(all.length <= mostFound ? all : ((await walk(walkedOn)) ?? []))] } }
}

async function amongSaying(ctx: Ctx, query: string, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select distinct m."conversationId" as id
    from "Message" m
    where m."workspaceId" = ${here} and m."conversationId" = any(${ids}) and not m.own and m."deletedAt" is null
      and to_tsvector('simple', m.text) @@ to_tsquery('simple', ${query})`
  return rows.map(({ id }) => id)
}

/** At most one more than `mostFound`. */
async function everywhereSaying(ctx: Ctx, query: string): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select distinct m."conversationId" as id
    from "Message" m
    where m."workspaceId" = ${here} and not m.own and m."deletedAt" is null
      and to_tsvector('simple', m.text) @@ to_tsquery('simple', ${query})
    limit ${mostFound + 1}`
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
