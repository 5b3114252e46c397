import { now } from '@/lib/core/clock'
import { everyPage } from '@/lib/core/every-page'
import { when } from '@/lib/core/format'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { query, type Ctx } from '@/lib/workspace'
import { passing } from '../lists/cards'
import { writeCsv } from './csv'
import { writeIcs } from './ics'
import { leftOut } from './left-out'
import type { NamedAccount } from './names'
import type { WrittenPost } from './row'
import { ruleOf, type KeptSeries } from './series'
import { saysNothing, writtenPost } from './written'
import { ExportPosts, type ExportedPosts } from '../schema'

/** More would be more than a table, or a calendar, is made for. */
const most = 10_000

const columns = {
  id: true,
  excerpt: true,
  content: true,
  state: true,
  projectId: true,
  publishAt: true,
  timeZone: true,
  recurrence: { select: { id: true, rule: true, timeZone: true, startsAt: true, madeUntil: true, endedAt: true } },
  variants: {
    orderBy: { id: 'asc' },
    select: {
      accountId: true,
      platform: true,
      override: true,
      publishAt: true,
      account: { select: { method: true, handle: true, state: true } },
    },
  },
} as const

/**
 * The posts of a filter as a file that can be imported again, and in sentences what of them it cannot hold. A calendar
 * holds only posts that have a time.
 */
export const exportPosts = query({
  can: 'post.read',
  input: ExportPosts,
  async run(ctx, { format, from, to, ...filter }): Promise<Result<ExportedPosts>> {
    const due = from || to ? { publishAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}
    const timed = format === 'ics' ? { publishAt: { not: null } } : {}
    const found = await ctx.db.post.findMany({
      where: { ...passing(filter), AND: [due, timed] },
      orderBy: [{ publishAt: 'asc' }, { id: 'asc' }],
      take: most + 1,
      select: columns,
    })
    const { timeZone, slug, name } = ctx.workspace
    const accounts = await namedAccounts(ctx)
    const posts = found.slice(0, most).map((row) => ({ row, post: writtenPost(row, accounts, timeZone) }))
    // A calendar shows each post where it is; its times are in UTC, by which a rule would be another.
    const rules = format === 'csv' ? rulesOf(posts) : new Map<string, string | null>()
    const told = posts.map(({ row, post }) => {
      const rule = rules.get(row.id)
      return {
        row,
        post: { ...post, recurrence: rule ?? '' },
        as: saysNothing(post)
          ? ('nothing' as const)
          : rule
            ? ('series' as const)
            : rule === null
              ? ('of series' as const)
              : ('post' as const),
      }
    })
    const events = told
      .filter(({ as }) => as === 'post' || as === 'series')
      .map(({ row: { id, excerpt, publishAt }, post }) => ({
        ...post,
        id,
        excerpt,
        publishAt: publishAt?.toISOString() ?? '',
      }))
    const text = format === 'csv' ? writeCsv(events) : writeIcs(name, events, now())
    return ok({
      name: `${slug}-posts-${when(now(), timeZone, 'yyyy-MM-dd')}.${format}`,
      type: format === 'csv' ? 'text/csv; charset=utf-8' : 'text/calendar; charset=utf-8',
      text,
      posts: events.length,
      leftOut: leftOut(told, text, found.length > most ? most : undefined),
    })
  },
})

/** The accounts that an import would find. */
async function namedAccounts(ctx: Ctx): Promise<readonly NamedAccount[]> {
  const rows = await everyPage((after, take) =>
    ctx.db.account.findMany({
      where: { id: { gt: after }, state: { not: 'disconnected' } },
      orderBy: { id: 'asc' },
      take,
      select: { id: true, platform: true, method: true, handle: true },
    }),
  )
  return rows.map(({ id, platform, method, handle }) => {
    const { label, options = [] } = adapterOf({ platform, method })
    return { id, platform, handle, label, options }
  })
}

type Timed = {
  readonly row: {
    readonly id: string
    readonly publishAt: Date | null
    readonly recurrence: (KeptSeries & { readonly id: string; readonly endedAt: Date | null }) | null
  }
  readonly post: WrittenPost
}

/** Of each series that a rule can stand for: the rule, by the first of its posts to come, and null by the others. */
function rulesOf(posts: readonly Timed[]): ReadonlyMap<string, string | null> {
  const toCome = posts.flatMap(({ row: { id, publishAt, recurrence }, post }) =>
    publishAt && publishAt > now() && recurrence?.endedAt === null
      ? [{ id, publishAt, recurrence, words: { ...post, date: '', time: '', accounts: post.accounts.toSorted() } }]
      : [],
  )
  const rules = new Map<string, string | null>()
  for (const series of Map.groupBy(toCome, ({ recurrence }) => recurrence.id).values()) {
    const [first, ...others] = series
    const rule = first && ruleOf(first.recurrence, series)
    if (!first || !rule) continue
    rules.set(first.id, rule)
    for (const { id } of others) rules.set(id, null)
  }
  return rules
}
