import { day, inMs, minute, now } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import type { Ctx } from './context'

/** An app of this installation at a network. */
export type NetworkApp = { readonly platform: string; readonly clientId: string }

const quarterMs = 15 * minute
/** No network looks further back. */
const keptMs = 3 * day

/** Notes that an app spends units of its network's. `lane` says what for: lanes of lib/accounts, or `other`. */
export async function noteUnits(
  { platform, clientId }: NetworkApp,
  { lane, units }: { readonly lane: string; readonly units: number },
): Promise<void> {
  const at = new Date(Math.floor(now().getTime() / quarterMs) * quarterMs)
  await prisma.$executeRaw`
    with old as (
      delete from "AppUse"
      where platform = ${platform} and "clientId" = ${clientId} and at < ${inMs(-keptMs, at)}
    )
    insert into "AppUse" (platform, "clientId", at, lane, units)
    values (${platform}, ${clientId}, ${at}, ${lane}, ${units})
    on conflict (platform, "clientId", at, lane) do update set units = "AppUse".units + excluded.units`
}

/** How many units of its network's an app has spent since then, to the quarter of an hour, for whatever it was. */
export async function unitsSince({ platform, clientId }: NetworkApp, since: Date): Promise<number> {
  const { _sum } = await prisma.appUse.aggregate({
    where: { platform, clientId, at: { gte: since } },
    _sum: { units: true },
  })
  return _sum.units ?? 0
}

type Asked = NetworkApp & {
  /** The connection methods whose accounts are of the app. */
  readonly methods: readonly string[]
  readonly from: Date
  readonly to: Date
  /** In which states a post counts. */
  readonly states: readonly string[]
  /** Which of what follows below a post its network sends. */
  readonly below: { readonly thread: boolean; readonly firstComment: boolean }
  /** The lane whose units are spent for posts, which are counted as such. */
  readonly laneOfPosts: string
  /** What the caller counts itself: accounts of this workspace, and one of its posts. */
  readonly except: { readonly accountIds: readonly string[]; readonly postId?: string | undefined }
}

/** How much goes out, or is spent, within a quarter of an hour. */
export type Use = {
  readonly at: Date
  readonly posts: number
  readonly replies: number
  /** Spent for something else. */
  readonly units: number
}

/**
 * How much is sent through an app of this installation besides what is excepted, and what else it has spent, by quarters
 * of an hour. An app is shared
 * by workspaces, so this looks into all of them: it tells numbers and times, and neither whose they are nor of how many.
 * For operations that have asked for a permission of their own.
 */
export const usedBesides = (
  { workspaceId }: Ctx,
  { platform, clientId, methods, from, to, states, below, laneOfPosts, except }: Asked,
): Promise<readonly Use[]> =>
  prisma.$queryRaw<Use[]>`
    with sent as (
      select
        coalesce(v."publishedAt", v."publishAt") as at,
        case when ${below.thread}
          then jsonb_array_length(coalesce(v.override -> 'thread', p.content -> 'thread', '[]')) else 0 end as thread,
        case when ${below.firstComment} and trim(coalesce(
          case when jsonb_exists(v.override, 'firstComment') then v.override ->> 'firstComment'
            else p.content ->> 'firstComment' end, '')) <> '' then 1 else 0 end as comment
      from "Variant" v
      join "Account" a on a.id = v."accountId"
      join "Post" p on p.id = v."postId"
      where v.platform = ${platform}
        and v."publishAt" between ${from} and ${to}
        and v.state = any(${[...states]}::"VariantState"[])
        and a.method = any(${[...methods]})
        and p."deletedAt" is null
        and not (v."workspaceId" = ${workspaceId}
          and (v."accountId" = any(${[...except.accountIds]}) or v."postId" = ${except.postId ?? ''}))
    )
    select date_bin('15 minutes', at, timestamp '2000-01-01') as at,
      count(*)::int as posts, sum(thread + comment)::int as replies, 0 as units
    from sent group by 1
    union all
    select u.at, 0, 0, sum(u.units)::int
    from "AppUse" u
    where u.platform = ${platform} and u."clientId" = ${clientId} and u.at between ${from} and ${to}
      and u.lane <> ${laneOfPosts}
    group by 1
    order by 1`
