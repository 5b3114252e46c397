import { day, inMs, now } from '@/lib/core/clock'
import { everyPage } from '@/lib/core/every-page'
import { when } from '@/lib/core/format'
import { fail, ok, type Result } from '@/lib/core/result'
import { query, type Ctx } from '@/lib/workspace'
import { endings } from './check'
import { exceededByApp } from './app-quotas'
import { appQuotaWords, costWords, quotaWords } from './foreseen'
import { liveQuotas } from './live-quotas'
import type { Overrun } from './judgement'
import { passing } from '../lists/cards'
import { ShownPeriod, type Foreseen, type Outlook, type PostFilter } from '../schema'
import {
  exceeded,
  foreseenAccount,
  longestWindowMs,
  mostRows,
  queuedPosts,
  type ForeseenAccount,
  type Queued,
} from './upcoming'

const maxWindowMs = 62 * day

/**
 * What the queue of a period means: what each day costs, where it exceeds what networks take, which of their APIs end.
 * A filter leaves the posts that a calendar with it shows. What networks take is still counted with all posts of an
 * account, and told where one of those that are left goes out.
 */
export const foresight = query({
  can: 'post.read',
  input: ShownPeriod,
  async run(ctx, { from, to, ...filter }): Promise<Result<Outlook>> {
    if (to <= from || to.getTime() - from.getTime() > maxWindowMs)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'An outlook covers at most 62 days, and ends after it begins. Choose a shorter period.',
        fields: { to: ['must be after from, by 62 days at most'] },
      })
    const rows = await connected(ctx, filter)
    const accounts = rows.map(foreseenAccount)
    const present = now()
    const windowMs = Math.max(0, ...accounts.map(longestWindowMs))
    const counted = { accounts, from: inMs(-windowMs, from < present ? from : present), to }
    const queued = await queuedPosts(ctx, counted)
    const isAsked = await passingOf(ctx, filter, { from, to })
    const within = queued.filter(({ at, postId }) => at >= from && at < to && isAsked(postId))
    const asked = accounts.filter(({ id }) => within.some(({ accountId }) => accountId === id))
    const ahead = rows.filter(({ id }) => within.some((post) => post.accountId === id && post.at > present))
    const live = await liveQuotas(ctx, ahead)
    const askedIds = new Set(asked.map(({ id }) => id))
    const isOfAsked = ({ accountId }: Queued) => askedIds.has(accountId)
    const ofApps = await exceededByApp(ctx, {
      ...counted,
      asked: queued.filter(isOfAsked),
      others: queued.filter((post) => !isOfAsked(post)),
    })
    const isWithin = ({ at }: Overrun) => at >= from.toISOString() && at < to.toISOString()
    const { projectId } = filter
    const concerned = projectId
      ? accounts.filter((account, at) => asked.includes(account) || rows[at]?.projectId === projectId)
      : accounts
    const { timeZone } = ctx.workspace
    const of = (list: readonly Queued[], { id }: ForeseenAccount) => list.filter(({ accountId }) => accountId === id)
    return ok({
      from: from.toISOString(),
      to: to.toISOString(),
      foreseen: [
        ...accounts.flatMap((account) => dailyCosts(account, of(within, account), timeZone)),
        ...asked.flatMap((account) =>
          exceeded(account, of(queued, account), live.get(account.id))
            .filter(isWithin)
            .map((over) => quotaWords(account, over, timeZone)),
        ),
        ...ofApps
          .filter(({ over }) => isWithin(over))
          .flatMap(({ accounts: whose, over }) => appQuotaWords(whose, over, timeZone)),
        ...endings(concerned, to > present ? to : present),
      ],
      costMicros: within.reduce((sum, { micros }) => sum + micros, 0),
    })
  },
})

const accountsOf = ({ accountIds, platforms }: PostFilter) => ({
  ...(accountIds?.length ? { id: { in: accountIds } } : {}),
  ...(platforms?.length ? { platform: { in: platforms } } : {}),
})

/** All of them, however many there are: a day's cost that leaves some out is no cost. */
const connected = (ctx: Ctx, filter: PostFilter) =>
  everyPage((after, take) =>
    ctx.db.account.findMany({
      where: { AND: [{ id: { gt: after } }, { state: { not: 'disconnected' }, ...accountsOf(filter) }] },
      orderBy: { id: 'asc' },
      take,
      select: { id: true, platform: true, method: true, handle: true, traits: true, projectId: true },
    }),
  )

/** Which of the posts of a period a filter lets through. */
async function passingOf(ctx: Ctx, filter: PostFilter, { from, to }: { readonly from: Date; readonly to: Date }) {
  const { states, projectId, search } = filter
  if (!states?.length && !projectId && !search) return () => true
  const rows = await ctx.db.post.findMany({
    where: { ...passing(filter), variants: { some: { publishAt: { gte: from, lt: to } } } },
    orderBy: { id: 'asc' },
    take: mostRows,
    select: { id: true },
  })
  const ids = new Set(rows.map(({ id }) => id))
  return (postId: string) => ids.has(postId)
}

function dailyCosts(account: ForeseenAccount, queued: readonly Queued[], timeZone: string): Foreseen[] {
  const days = new Map<string, { micros: number; posts: number }>()
  for (const { at, micros, posts, replies } of queued) {
    if (micros === 0) continue
    const on = when(at, timeZone, 'yyyy-MM-dd')
    const sofar = days.get(on) ?? { micros: 0, posts: 0 }
    days.set(on, { micros: sofar.micros + micros, posts: sofar.posts + posts + replies })
  }
  return [...days].map(([on, cost]) => costWords(account, { ...cost, day: on }))
}
