import type { Traits } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { longestMs, overruns, type LiveQuota, type Outgoing } from './foresight'
import type { About } from './foreseen'
import { judgedAccount } from './judge'
import { chosenFormat, limitsOf } from './option-rules'
import { priceMicros } from './price'
import { mergedContent, type JudgedAccount } from './rules'
import { PostContent, PostOverride, type VariantState } from '../schema'

export type ForeseenAccount = JudgedAccount & About & { readonly method: string }

type Row = {
  readonly id: string
  readonly platform: string
  readonly method: string
  readonly handle: string
  readonly traits: unknown
}

/** What has to be known of an account to see what its queue means. */
export const foreseenAccount = (row: Row): ForeseenAccount => ({
  ...judgedAccount({ ...row, traits: row.traits as Traits }),
  handle: row.handle,
  method: row.method,
})

/** A post as its network will count it, in the format that was chosen for it. */
export type Counted = Outgoing & { readonly format?: string }

const repliesOf = ({ thread, firstComment }: PostContent, account: JudgedAccount): number =>
  (account.threads ? thread.length : 0) + (account.firstComment && firstComment?.trim() ? 1 : 0)

export function countedPost(
  content: PostContent,
  override: PostOverride | null | undefined,
  account: JudgedAccount,
  at: Date,
): Counted {
  const merged = mergedContent(content, override)
  const replies = repliesOf(merged, account)
  const format = chosenFormat(account, override?.options)
  return { at, posts: 1, replies, ...(format ? { format } : {}) }
}

/** Where an account's posts exceed what its network takes of an account. A format with quotas of its own is counted by those alone. */
export function exceeded(account: ForeseenAccount, posts: readonly Counted[], live?: LiveQuota) {
  const { quotas = [], formats = {} } = account.limits
  const own = Object.entries(formats).flatMap(([format, limits]) =>
    limits.quotas ? [{ format, quotas: limits.quotas }] : [],
  )
  const isOwn = ({ format }: Counted) => own.some((one) => one.format === format)
  return [
    ...overruns(
      posts.filter((post) => !isOwn(post)),
      quotas,
      live,
    ),
    ...own.flatMap((one) =>
      overruns(
        posts.filter(({ format }) => format === one.format),
        one.quotas,
      ),
    ),
  ]
}

const allQuotas = ({ limits }: Pick<ForeseenAccount, 'limits'>) => [
  ...(limits.quotas ?? []),
  ...Object.values(limits.formats ?? {}).flatMap(({ quotas = [] }) => quotas),
]

/** What goes out, or may have gone out: all else costs nothing and counts nowhere. */
export const counting: readonly VariantState[] = [
  'approved',
  'scheduled',
  'claimed',
  'sending',
  'unknown',
  'reconciling',
  'published',
]

/** More would be no week of a team, and no page either. */
export const mostRows = 20_000

type Asked = { readonly accounts: readonly ForeseenAccount[]; readonly from: Date; readonly to: Date }
export type Queued = Counted & { readonly postId: string; readonly accountId: string; readonly micros: number }

/** The posts of accounts in a period, as their networks will count and charge them, by time. */
export async function queuedPosts(ctx: Ctx, { accounts, from, to }: Asked, exceptPostId?: string) {
  // Where nothing is counted and nothing costs, no text need be read.
  const of = accounts.filter((account) => allQuotas(account).length > 0 || account.limits.price)
  if (of.length === 0) return []
  const rows = await ctx.db.variant.findMany({
    where: {
      accountId: { in: of.map(({ id }) => id) },
      publishAt: { gte: from, lte: to },
      state: { in: [...counting] },
      post: { deletedAt: null },
      ...(exceptPostId ? { postId: { not: exceptPostId } } : {}),
    },
    orderBy: { publishAt: 'asc' },
    take: mostRows,
    select: {
      postId: true,
      accountId: true,
      publishAt: true,
      publishedAt: true,
      override: true,
      post: { select: { content: true } },
    },
  })
  return rows.flatMap(({ postId, accountId, publishAt, publishedAt, override, post }): Queued[] => {
    const account = of.find(({ id }) => id === accountId)
    const at = publishedAt ?? publishAt
    if (!account || !at) return []
    const content = PostContent.parse(post.content)
    const own = override === null ? null : PostOverride.parse(override)
    const micros = priceMicros(content, own, account) ?? 0
    return [{ ...countedPost(content, own, account, at), postId, accountId, micros }]
  })
}

/** The longest period of any of an account's limits. */
export const longestWindowMs = (account: Pick<ForeseenAccount, 'limits'>): number =>
  Math.max(0, ...allQuotas(account).map(longestMs))

/** What whoever posts this must know, of the post and of what follows below it. */
export function dutiesOf(
  content: PostContent,
  override: PostOverride | null | undefined,
  account: ForeseenAccount,
): readonly string[] {
  const { duties = [], dutiesBelow = [] } = limitsOf(account, override?.options)
  const merged = mergedContent(content, override)
  return repliesOf(merged, account) > 0 ? [...duties, ...dutiesBelow] : duties
}
