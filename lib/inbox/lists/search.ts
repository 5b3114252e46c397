import { here, sql, type Ctx } from '@/lib/workspace'
import type { Finder } from './narrow'
import { tsqueryOf } from './words'

/** The words as they stand, whatever they mean in a pattern. */
const literally = (words: string): string => words.replaceAll(/[\\%_]/g, String.raw`\$&`)

/**
 * Finds conversations in which somebody says these words as they stand, or others say all of several, or in which
 * somebody speaks who is called so: by name, by handle, or by a name they had before they were merged.
 */
export function saying(ctx: Ctx, words: string): Finder {
  const asked = { pattern: `%${literally(words)}%`, query: (/\s/.test(words) && tsqueryOf(words)) || null }
  return { among: (ids) => among(ctx, ids, asked), everywhere: (most) => everywhere(ctx, most, asked) }
}

type Asked = {
  readonly pattern: string
  /** Null where one word was asked for: what has it as it stands is all there is. */
  readonly query: string | null
}

async function among(ctx: Ctx, ids: readonly string[], { pattern, query }: Asked): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select m."conversationId" as id from "Message" m
    where m."conversationId" = any(${ids}) and m."workspaceId" = ${here}
      and (m.text ilike ${pattern} or (${query}::text is not null and not m.own and m."deletedAt" is null
        and to_tsvector('simple', m.text) @@ to_tsquery('simple', ${query})))
    union
    select m."conversationId" from "Message" m
    join "ContactIdentity" i on i.id = m."identityId" and i."workspaceId" = ${here}
    join "Contact" p on p.id = i."contactId" and p."workspaceId" = ${here}
    where m."conversationId" = any(${ids}) and m."workspaceId" = ${here}
      and (i.handle ilike ${pattern} or i."displayName" ilike ${pattern} or p.name ilike ${pattern} or exists (
        select 1 from "Contact" o where o."rootId" = p.id and o.name ilike ${pattern} and o."workspaceId" = ${here}))`
  return rows.map(({ id }) => id)
}

async function everywhere(ctx: Ctx, most: number, { pattern, query }: Asked): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select found.id from (
      select m."conversationId" as id from "Message" m where m.text ilike ${pattern} and m."workspaceId" = ${here}
      union
      select m."conversationId" from "Message" m
      where not m.own and m."deletedAt" is null and m."workspaceId" = ${here}
        and to_tsvector('simple', m.text) @@ to_tsquery('simple', ${query})
      union
      select m."conversationId" from "Message" m where m."workspaceId" = ${here} and m."identityId" in (
        select i.id from "ContactIdentity" i
        where (i.handle ilike ${pattern} or i."displayName" ilike ${pattern}) and i."workspaceId" = ${here}
        union
        select i.id from "ContactIdentity" i where i."workspaceId" = ${here} and i."contactId" in (
          select coalesce(p."rootId", p.id) from "Contact" p where p.name ilike ${pattern} and p."workspaceId" = ${here}))
    ) found limit ${most}`
  return rows.map(({ id }) => id)
}
