import { day, inMs, now } from '@/lib/core/clock'
import { when } from '@/lib/core/format'
import { fail, ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { endings } from './check'
import { costWords, quotaWords } from './foreseen'
import { liveQuotas } from './live-quotas'
import { Period, type Foreseen, type Outlook } from '../schema'
import { exceeded, foreseenAccount, longestWindowMs, queuedPosts, type ForeseenAccount, type Queued } from './upcoming'

const maxWindowMs = 62 * day

/** What the queue of a period means: what each day costs, where it exceeds what networks take, which of their APIs end. */
export const foresight = query({
  can: 'post.read',
  input: Period,
  async run(ctx, { from, to, projectId }): Promise<Result<Outlook>> {
    if (to <= from || to.getTime() - from.getTime() > maxWindowMs)
      return fail({
        code: 'VALIDATION_ERROR',
        message: 'An outlook covers at most 62 days, and ends after it begins. Choose a shorter period.',
        fields: { to: ['must be after from, by 62 days at most'] },
      })
    const rows = await ctx.db.account.findMany({
      where: { state: { not: 'disconnected' }, ...(projectId ? { projectId } : {}) },
      orderBy: { id: 'asc' },
      take: 500,
      select: { id: true, platform: true, method: true, handle: true, traits: true },
    })
    const accounts = rows.map(foreseenAccount)
    const present = now()
    const windowMs = Math.max(0, ...accounts.map(longestWindowMs))
    const queued = await queuedPosts(ctx, { accounts, from: inMs(-windowMs, from < present ? from : present), to })
    const ahead = rows.filter(({ id }) => queued.some((post) => post.accountId === id && post.at > present))
    const live = await liveQuotas(ctx, ahead)
    const within = queued.filter(({ at }) => at >= from && at < to)
    const { timeZone } = ctx.workspace
    const of = (list: readonly Queued[], { id }: ForeseenAccount) => list.filter(({ accountId }) => accountId === id)
    return ok({
      from: from.toISOString(),
      to: to.toISOString(),
      foreseen: [
        ...accounts.flatMap((account) => dailyCosts(account, of(within, account), timeZone)),
        ...accounts.flatMap((account) =>
          exceeded(account, of(queued, account), live.get(account.id))
            .filter(({ at }) => at >= from.toISOString() && at < to.toISOString())
            .map((over) => quotaWords(account, over, timeZone)),
        ),
        ...endings(accounts, to > present ? to : present),
      ],
      costMicros: within.reduce((sum, { micros }) => sum + micros, 0),
    })
  },
})

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
