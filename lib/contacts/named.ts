import { foldTexts, here, sql, type Ctx } from '@/lib/workspace'

/** Of a name that more have, some are found. */
const mostFound = 5_000

/** Who is called so, by name, by handle, or by a name they had before they were merged: folded, as messages are searched. */
export async function peopleNamed(ctx: Ctx, words: string): Promise<string[]> {
  const [folded = ''] = await foldTexts(sql(ctx), [words.replace(/^\s*@+/, '')])
  if (folded === '') return []
  const pattern = `%${folded.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const rows = await sql(ctx)<{ id: string }>`
    select coalesce(c."rootId", c.id) as id from "Contact" c where c.folded like ${pattern} and c."workspaceId" = ${here}
    union
    select i."contactId" from "ContactIdentity" i where i.folded like ${pattern} and i."workspaceId" = ${here}
    limit ${mostFound}`
  return rows.map(({ id }) => id)
}
