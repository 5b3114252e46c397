import { noteAnswer, type UsableAccount } from '@/lib/accounts'
import { day, inMs, minute, now } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import type { Again, Incoming, QuotaLeft, Standing } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { listLagMs } from './follow-whole'
import { noteHidings } from './note-hidings'
import { againPaceMs } from './pace'
import { takeIn } from './receive'
import { reads } from './reads'

/** How long an account is left alone between two looks, and after one that failed. */
const restMs = minute
const restAfterFailureMs = 10 * minute

type Feed = { readonly id: string; readonly accountId: string; readonly fence: number; readonly againAt: Date | null }

/**
 * Asks what became of what was said to an account, message by message, where nothing else tells of edits and deletions:
 * those whose turn it is, some at a time. Harmless when it is asked twice. A look that fails stops nothing else, and is
 * done again.
 */
export async function lookAgain(
  ctx: Ctx,
  feed: Feed,
  account: UsableAccount,
  left: QuotaLeft | undefined,
): Promise<void> {
  const again = account.platform.inbox?.again
  const at = now()
  if (!again || left?.calls === 0 || (feed.againAt && feed.againAt > at)) return
  if (again.billed && !(await isPaidFor(ctx, feed))) return
  const nextAt = await look(ctx, feed, account, again)
  await ctx.db.inboxFeed.updateMany({ where: { id: feed.id, fence: feed.fence }, data: { againAt: nextAt } })
}

/** Whether what costs money may be asked for an account. */
async function isPaidFor({ db }: Ctx, { accountId }: Feed): Promise<boolean> {
  const account = await db.account.findUnique({ where: { id: accountId }, select: { looksAgain: true } })
  return account?.looksAgain === true
}

/** @returns when the next look may be */
async function look(ctx: Ctx, feed: Feed, account: UsableAccount, again: Again): Promise<Date> {
  const lookedAt = now()
  const billed = again.billed !== undefined
  const due = await ctx.db.message.findMany({
    where: { accountId: feed.accountId, againAt: { lte: lookedAt } },
    orderBy: { againAt: 'asc' },
    take: again.most,
    select: {
      id: true,
      at: true,
      source: true,
      missed: true,
      deletedAt: true,
      erasedAt: true,
      answeredAt: true,
      conversation: { select: { unanswered: true } },
    },
  })
  const [asked, over] = [new Array<(typeof due)[number]>(), new Array<string>()]
  for (const row of due) {
    const isOver = row.erasedAt !== null || (row.deletedAt !== null && !row.missed)
    const isOld = againPaceMs(lookedAt.getTime() - row.at.getTime(), billed) === undefined
    // Money is spent on what somebody still has to do alone, and not on what grew old while nothing was asked.
    const isDone = billed && (isOld || row.answeredAt !== null || !row.conversation.unanswered)
    if (isOver || isDone) over.push(row.id)
    else asked.push(row)
  }
  if (asked.length > 0) {
    // The column is written by receive.ts, from an Incoming, and nowhere else.
    const held = asked.map(({ source, missed }) => ({ said: source as unknown as Incoming, missed }))
    const answer = await again.look(
      account.app,
      account.credentials,
      held.map(({ said }) => said),
    )
    await noteAnswer(ctx, { account, answer })
    if (!answer.ok) log.warn({ feedId: feed.id, code: answer.error.code }, 'not looked again')
    // What is refused is asked about at its next turn, so that it does not stand before all others.
    if (!answer.ok && answer.error.code !== 'rejected')
      return answer.error.code === 'rate_limited' ? answer.error.retryAt : inMs(restAfterFailureMs)
    const told = answer.ok ? answer.value : new Map<string, Standing>()
    const { gone, standing } = reads(held, told, { accountId: feed.accountId, askedAt: lookedAt })
    for (const [items, missed] of [[gone, true] as const, [standing, false] as const]) {
      const taken = await takeIn(ctx, { accountId: feed.accountId, items, via: 'poll' }, { missed })
      if (!taken.ok) return inMs(restAfterFailureMs)
    }
    const seen = [...told].flatMap(([externalId, one]) =>
      one.state === 'gone' || one.hidden === undefined ? [] : [{ externalId, hidden: one.hidden, at: lookedAt }],
    )
    await noteHidings(ctx, feed.accountId, seen, { lagMs: listLagMs })
  }
  for (const [paceMs, rows] of Map.groupBy(asked, (row) => againPaceMs(lookedAt.getTime() - row.at.getTime(), billed)))
    await setAgain(
      ctx,
      rows.map(({ id }) => id),
      paceMs === undefined ? null : inMs(paceMs, lookedAt),
    )
  await setAgain(ctx, over, null)
  return inMs(again.billed ? Math.max(restMs, (asked.length * day) / again.billed.mostADay) : restMs)
}

async function setAgain(ctx: Ctx, ids: readonly string[], againAt: Date | null): Promise<void> {
  if (ids.length > 0) await ctx.db.message.updateMany({ where: { id: { in: [...ids] } }, data: { againAt } })
}
