import { inMs, now } from '@/lib/core/clock'
import type { Ctx } from '@/lib/workspace'
import { exceededByApp } from '../rules/app-quotas'
import { appQuotaWords, costWords, dutyWords, quotaWords } from '../rules/foreseen'
import { liveQuotas } from '../rules/live-quotas'
import type { PlannedRow } from './plan'
import { priceMicros } from '../rules/price'
import type { Foreseen } from '../schema'
import {
  countedPost,
  dutiesOf,
  exceeded,
  foreseenAccount,
  longestWindowMs,
  queuedPosts,
  type ForeseenAccount,
} from '../rules/upcoming'
import { sendingTimes } from '../times/sending-times'

/** One line for each day is enough of a warning. */
const mostPerAccount = 3

/**
 * What a file's scheduled posts mean together with all that is queued already: costs, quotas and duties, in the words of
 * the composer. Of a series the posts of its first 60 days are counted.
 */
export async function foreseeImport(ctx: Ctx, rows: readonly PlannedRow[]): Promise<readonly Foreseen[]> {
  const scheduled = rows.filter(({ state, when }) => state === 'ready' && when !== undefined)
  const found = await ctx.db.account.findMany({
    where: { id: { in: [...new Set(scheduled.flatMap(({ targets }) => targets.map(({ accountId }) => accountId)))] } },
    orderBy: { id: 'asc' },
    select: { id: true, platform: true, method: true, handle: true, traits: true },
  })
  const accounts = found.map(foreseenAccount)
  const sent = (await Promise.all(scheduled.map((row) => sendingsOf(ctx, row, accounts)))).flat()
  const times = sent.flatMap(({ at }) => at.map((one) => one.getTime()))
  const windowMs = Math.max(0, ...accounts.map(longestWindowMs))
  const [first, last] = [now().getTime(), ...times].reduce(
    ([least, most], at) => [Math.min(least, at), Math.max(most, at)],
    [Infinity, -Infinity],
  )
  if (times.length === 0) return []
  // What a network counted so far is compared with what we sent so far.
  const counted = { accounts, from: inMs(-windowMs, new Date(first)), to: inMs(windowMs, new Date(last)) }
  const queued = await queuedPosts(ctx, counted)
  const live = await liveQuotas(ctx, found)
  const asked = accounts.flatMap((account) =>
    sent
      .filter(({ accountId }) => accountId === account.id)
      .flatMap(({ content, override, accountId, at }) =>
        at.map((one) => ({ ...countedPost(content, override, account, one), accountId })),
      ),
  )
  const ofApps = await exceededByApp(ctx, { ...counted, asked, others: queued })
  const { timeZone } = ctx.workspace
  const ofEach = accounts.flatMap((account): Foreseen[] => {
    const own = sent.filter(({ accountId }) => accountId === account.id)
    const micros = own.reduce(
      (sum, { content, override, at }) => sum + (priceMicros(content, override, account) ?? 0) * at.length,
      0,
    )
    const posts = own.reduce((sum, { at }) => sum + at.length, 0)
    const goesOn = own.some((one) => one.goesOn)
    const others = queued.filter(({ accountId }) => accountId === account.id)
    const before = exceeded(account, others, live.get(account.id)).map(({ at, what }) => `${at} ${what}`)
    const added = asked.filter(({ accountId }) => accountId === account.id)
    return [
      ...(micros > 0 ? [costWords(account, { micros, posts, goesOn })] : []),
      ...exceeded(account, [...others, ...added], live.get(account.id))
        // What was too much without this file is said in the calendar.
        .filter(({ at, what }) => !before.includes(`${at} ${what}`))
        .slice(0, mostPerAccount)
        .map((over) => quotaWords(account, over, timeZone)),
      ...[...new Set(own.flatMap(({ content, override }) => dutiesOf(content, override, account)))].map((duty) =>
        dutyWords(account, duty),
      ),
    ]
  })
  const shared = ofApps.slice(0, mostPerAccount)
  return [...ofEach, ...shared.flatMap(({ accounts: whose, over }) => appQuotaWords(whose, over, timeZone))]
}

type Sending = PlannedRow['targets'][number] & {
  readonly content: PlannedRow['content']
  readonly at: readonly Date[]
  readonly goesOn: boolean
}

async function sendingsOf(
  ctx: Ctx,
  { when, recurrence, content, targets }: PlannedRow,
  accounts: readonly ForeseenAccount[],
): Promise<readonly Sending[]> {
  const meant = accounts.filter(({ id }) => targets.some(({ accountId }) => accountId === id))
  const times = await sendingTimes(ctx, meant, when, recurrence, undefined)
  // A time or a rule that cannot be is said of its row.
  if (!times.ok) return []
  const { byAccount, goesOn } = times.value
  return targets.map((target) => ({ ...target, content, at: byAccount.get(target.accountId) ?? [], goesOn }))
}
