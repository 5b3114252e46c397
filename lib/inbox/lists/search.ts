import { here, sql, type Ctx } from '@/lib/workspace'

/** So many of a list are looked at first, and then so many. What one of fifty says is found among them. */
const lookedAt = [200, 2_000]
/** What is found less often is looked up in the whole inbox, when it is no more than this. */
const mostFound = 5_000

/** The words as they stand, whatever they mean in a pattern. */
const literally = (words: string): string => words.replaceAll(/[\\%_]/g, String.raw`\$&`)

/**
 * What narrows a list to conversations in which somebody says these words, or whose person is called so. The commoner
 * words are the sooner a walk down the list meets them, and the longer the list of all who say them: so it first walks
 * a little, and looks in the index of all texts only for what is rare.
 * @param first the ids of so many of the list, from where the page begins
 */
export async function saying(
  ctx: Ctx,
  words: string,
  take: number,
  first: (some: number) => Promise<readonly string[]>,
): Promise<object> {
  const pattern = `%${literally(words)}%`
  for (const some of lookedAt) {
    const near = await first(some)
    const said = new Set(await among(ctx, near, pattern))
    if (said.size >= take || near.length < some) return { id: { in: near.filter((id) => said.has(id)).slice(0, take) } }
  }
  const all = await everywhere(ctx, pattern)
  return all.length <= mostFound ? { id: { in: [...all] } } : anywhere(literally(words))
}

async function among(ctx: Ctx, ids: readonly string[], pattern: string): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select m."conversationId" as id from "Message" m
    where m."conversationId" = any(${ids}) and m.text ilike ${pattern} and m."workspaceId" = ${here}
    union
    select c.id from "Conversation" c join "Contact" p on p.id = c."contactId" and p."workspaceId" = ${here}
    where c.id = any(${ids}) and c."workspaceId" = ${here}
      and (p.name ilike ${pattern} or exists (
        select 1 from "ContactIdentity" i
        where i."contactId" = p.id and i.handle ilike ${pattern} and i."workspaceId" = ${here}))`
  return rows.map(({ id }) => id)
}

/** At most one more than `mostFound`. */
async function everywhere(ctx: Ctx, pattern: string): Promise<readonly string[]> {
  const rows = await sql(ctx)<{ id: string }>`
    select found.id from (
      select m."conversationId" as id from "Message" m where m.text ilike ${pattern} and m."workspaceId" = ${here}
      union
      select c.id from "Conversation" c where c."workspaceId" = ${here} and c."contactId" in (
        select p.id from "Contact" p where p.name ilike ${pattern} and p."workspaceId" = ${here}
        union
        select i."contactId" from "ContactIdentity" i where i.handle ilike ${pattern} and i."workspaceId" = ${here})
    ) found limit ${mostFound + 1}`
  return rows.map(({ id }) => id)
}

/** The same as a condition, for what is rare of late and was common once. */
function anywhere(words: string) {
  const has = { contains: words, mode: 'insensitive' as const }
  return {
    OR: [
      { messages: { some: { text: has } } },
      { contact: { name: has } },
      { contact: { identities: { some: { handle: has } } } },
    ],
  }
}
