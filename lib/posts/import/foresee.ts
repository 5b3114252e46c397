import { inMs, now } from '@/lib/core/clock'
import type { Ctx } from '@/lib/workspace'
import { costWords, dutyWords, quotaWords } from '../rules/foreseen'
import { liveQuotas } from '../rules/live-quotas'
import type { PlannedRow } from './plan'
import { priceMicros } from '../rules/price'
import type { Foreseen } from '../schema'
import { countedPost, dutiesOf, exceeded, foreseenAccount, longestWindowMs, queuedPosts } from '../rules/upcoming'
import { instantOf } from '../times/wall-time'

/** One line for each day is enough of a warning. */
const mostPerAccount = 3

/**
 * What a file's scheduled posts mean together with all that is queued already: costs, quotas and duties, in the words of
 * the composer. A series is counted by its first post.
 */
export async function foreseeImport(ctx: Ctx, rows: readonly PlannedRow[]): Promise<readonly Foreseen[]> {
  const sent = rows.flatMap(({ state, when, content, targets }) => {
    const at = state === 'ready' && when?.kind === 'at' ? instantOf(when) : undefined
    return at?.ok ? targets.map((target) => ({ ...target, content, at: at.value })) : []
  })
  const found = await ctx.db.account.findMany({
    where: { id: { in: [...new Set(sent.map(({ accountId }) => accountId))] } },
    orderBy: { id: 'asc' },
    select: { id: true, platform: true, method: true, handle: true, traits: true },
  })
  const accounts = found.map(foreseenAccount)
  const times = sent.map(({ at }) => at.getTime())
  const windowMs = Math.max(0, ...accounts.map(longestWindowMs))
  const queued =
    times.length === 0
      ? []
      : await queuedPosts(ctx, {
          accounts,
          // What a network counted so far is compared with what we sent so far.
          from: inMs(-windowMs, new Date(Math.min(now().getTime(), ...times))),
          to: inMs(windowMs, new Date(Math.max(...times))),
        })
  const live = await liveQuotas(ctx, found)
  return accounts.flatMap((account): Foreseen[] => {
    const own = sent.filter(({ accountId }) => accountId === account.id)
    const micros = own.reduce((sum, { content, override }) => sum + (priceMicros(content, override, account) ?? 0), 0)
    const others = queued.filter(({ accountId }) => accountId === account.id)
    const before = exceeded(account, others, live.get(account.id)).map(({ at, what }) => `${at} ${what}`)
    const counted = own.map(({ content, override, at }) => countedPost(content, override, account, at))
    return [
      ...(micros > 0 ? [costWords(account, { micros, posts: own.length })] : []),
      ...exceeded(account, [...others, ...counted], live.get(account.id))
        // What was too much without this file is said in the calendar.
        .filter(({ at, what }) => !before.includes(`${at} ${what}`))
        .slice(0, mostPerAccount)
        .map((over) => quotaWords(account, over, ctx.workspace.timeZone)),
      ...[...new Set(own.flatMap(({ override }) => dutiesOf(account, override)))].map((duty) =>
        dutyWords(account, duty),
      ),
    ]
  })
}
