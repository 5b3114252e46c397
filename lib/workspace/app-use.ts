import { prisma } from '@/lib/core/db'
import type { Ctx } from './context'

type Asked = {
  readonly platform: string
  /** The connection methods whose accounts are of the app. */
  readonly methods: readonly string[]
  readonly from: Date
  readonly to: Date
  /** In which states a post counts. */
  readonly states: readonly string[]
  /** Which of what follows below a post its network sends. */
  readonly below: { readonly thread: boolean; readonly firstComment: boolean }
  /** What the caller counts itself: accounts of this workspace, and one of its posts. */
  readonly except: { readonly accountIds: readonly string[]; readonly postId?: string | undefined }
}

/** How much goes out within a quarter of an hour. */
export type Use = { readonly at: Date; readonly posts: number; readonly replies: number }

/**
 * How much is sent through an app of this installation besides what is excepted, by quarters of an hour. An app is shared
 * by workspaces, so this looks into all of them: it tells numbers and times, and neither whose they are nor of how many.
 * For operations that have asked for a permission of their own.
 */
export const usedBesides = (
  { workspaceId }: Ctx,
  { platform, methods, from, to, states, below, except }: Asked,
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
      count(*)::int as posts, sum(thread + comment)::int as replies
    from sent group by 1 order by 1`
