import { foldTexts, here, sql, type Ctx } from '@/lib/workspace'
import type { LeadStage } from './schema'
import { furthest } from './stage'

/** A place in the list of people, the last seen first. */
export type PlaceAmong = { readonly at: Date; readonly id: string }

type Chosen = {
  readonly take: number
  readonly from: PlaceAmong | undefined
  readonly tag?: string | undefined
  readonly stage?: LeadStage | undefined
  readonly platform?: string | undefined
}

/**
 * Who is called so, by name, by handle, or by a name they had before they were merged: folded, as messages are searched.
 * Of those who are as chosen, as the list of people takes it, the ids of `take`, the last seen first, beyond `from`. One
 * statement asks for all of it: of a name that many bear, few may be as chosen, and any of them.
 */
export async function peopleNamed(ctx: Ctx, words: string, chosen: Chosen): Promise<string[]> {
  const [folded = ''] = await foldTexts(sql(ctx), [words.replace(/^\s*@+/, '')])
  if (folded === '') return []
  const pattern = `%${folded.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const { take, tag = null, stage = null, platform = null } = chosen
  const { at, id } = chosen.from ?? { at: null, id: null }
  const rows = await sql(ctx)<{ id: string }>`
    with named as (
      select coalesce(c."rootId", c.id) as id from "Contact" c where c.folded like ${pattern} and c."workspaceId" = ${here}
      union
      select i."contactId" from "ContactIdentity" i where i.folded like ${pattern} and i."workspaceId" = ${here}
    ), parts as (
      select p."rootId", array_agg(p."leadStage") as stages, bool_or(${tag}::text = any(p.tags)) as "isTagged"
      from "Contact" p where p."rootId" is not null and p."workspaceId" = ${here}
        and (${tag}::text is not null or ${stage}::text is not null)
      group by p."rootId"
    )
    select r.id from named n join "Contact" r on r.id = n.id left join parts p on p."rootId" = r.id
    where r."workspaceId" = ${here} and r."rootId" is null and r."erasedAt" is null
      and (${at}::timestamp(3) is null or (r."lastSeenAt", r.id) < (${at}::timestamp(3), ${id}::text))
      and (${tag}::text is null or ${tag}::text = any(r.tags) or p."isTagged")
      and (${platform}::text is null or exists (
        select 1 from "ContactIdentity" i
        where i."contactId" = r.id and i.platform::text = ${platform}::text and i."workspaceId" = ${here}))
      and (${stage}::text is null or ${stage}::text = case when r."leadStage" <> 'none' then r."leadStage"
        else coalesce((select f from unnest(${[...furthest]}::text[]) with ordinality as t(f, nth)
          where f = any(p.stages) order by nth limit 1), 'none') end)
    order by r."lastSeenAt" desc, r.id desc limit ${take}`
  return rows.map((row) => row.id)
}
