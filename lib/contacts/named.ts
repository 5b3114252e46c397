import { foldTexts, here, sql, type Ctx } from '@/lib/workspace'

/** A place in the list of people, the last seen first. */
export type PlaceAmong = { readonly at: Date; readonly id: string }

/**
 * Some of those who are called so, by name, by handle, or by a name they had before they were merged: folded, as messages
 * are searched. The last seen first, beyond `from`; fewer than `most` are all that are left.
 */
export async function peopleNamed(
  ctx: Ctx,
  words: string,
  { from, most }: { readonly from: PlaceAmong | undefined; readonly most: number },
): Promise<readonly PlaceAmong[]> {
  const [folded = ''] = await foldTexts(sql(ctx), [words.replace(/^\s*@+/, '')])
  if (folded === '') return []
  const pattern = `%${folded.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const { at, id } = from ?? { at: null, id: null }
  return sql(ctx)<PlaceAmong>`
    with named as (
      select coalesce(c."rootId", c.id) as id from "Contact" c where c.folded like ${pattern} and c."workspaceId" = ${here}
      union
      select i."contactId" from "ContactIdentity" i where i.folded like ${pattern} and i."workspaceId" = ${here}
    )
    select r.id, r."lastSeenAt" as at from named n join "Contact" r on r.id = n.id
    where r."workspaceId" = ${here} and r."rootId" is null and r."erasedAt" is null
      and (${at}::timestamp(3) is null or (r."lastSeenAt", r.id) < (${at}::timestamp(3), ${id}::text))
    order by r."lastSeenAt" desc, r.id desc limit ${most}`
}
