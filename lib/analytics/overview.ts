import { day, inMs, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { here, query, sql, type Ctx } from '@/lib/workspace'
import { OverviewOf, type Figures, type Overview } from './schema'

type Row = {
  readonly platform: string
  readonly published: number
  readonly measured: number
  readonly figures: Figures
}

/**
 * How what was published within the last days does, in all and by network: the latest figures that each network gave
 * of each post. A figure that no network of them offers is absent, never 0.
 */
export const overview = query({
  can: 'analytics.view',
  input: OverviewOf,
  async run(ctx, { days, platforms, accountIds, projectId }): Promise<Result<Overview>> {
    const to = now()
    const from = inMs(-days * day, to)
    const rows = await byPlatform(ctx, { from, to, platforms, accountIds, projectId: projectId ?? null })
    const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0)
    return ok({
      from: from.toISOString(),
      to: to.toISOString(),
      published: sum(({ published }) => published),
      measured: sum(({ measured }) => measured),
      figures: summed(rows.map(({ figures }) => figures)),
      platforms: rows,
    })
  },
})

function summed(all: readonly Figures[]): Figures {
  const names = [...new Set(all.flatMap((one) => Object.keys(one)))].sort()
  return Object.fromEntries(names.map((name) => [name, all.reduce((sum, one) => sum + (one[name] ?? 0), 0)]))
}

type Asked = {
  readonly from: Date
  readonly to: Date
  readonly platforms: readonly string[]
  readonly accountIds: readonly string[]
  readonly projectId: string | null
}

const byPlatform = (ctx: Ctx, { from, to, platforms, accountIds, projectId }: Asked) => sql(ctx)<Row>`
  with mine as (
    select v.id, v.platform from "Variant" v join "Post" p on p.id = v."postId" and p."workspaceId" = ${here}
    where v."publishedAt" >= ${from} and v."publishedAt" < ${to} and v."workspaceId" = ${here}
      and (${platforms.length === 0} or v.platform = any(${platforms}))
      and (${accountIds.length === 0} or v."accountId" = any(${accountIds}))
      and (${projectId}::text is null or p."projectId" = ${projectId})
  ), latest as (
    select distinct on (s."variantId") s."variantId", m.platform, s.values
    from "MetricSample" s join mine m on m.id = s."variantId"
    where s."workspaceId" = ${here} order by s."variantId", s."takenAt" desc
  ), totals as (
    select l.platform, f.key, sum(f.value::numeric)::float8 as total
    from latest l, jsonb_each_text(l.values) f group by l.platform, f.key
  )
  select m.platform, count(*)::int as published,
    (select count(*)::int from latest l where l.platform = m.platform) as measured,
    coalesce((select jsonb_object_agg(t.key, t.total) from totals t where t.platform = m.platform), '{}') as figures
  from mine m group by m.platform order by m.platform`
