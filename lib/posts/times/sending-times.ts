import { inMs, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import type { Ctx } from '@/lib/workspace'
import type { z } from 'zod'
import { aheadMs } from './recur'
import { readRule } from './rrule'
import type { When } from '../schema'
import { firstFreeSlot } from './slots'
import { instantOf, instantOfRule } from './wall-time'

/** When a post would go out on each account, and how often. */
export type SendingTimes = {
  readonly byAccount: ReadonlyMap<string, readonly Date[]>
  readonly count: number
  /** The latest of all; now when there is none. */
  readonly last: Date
  /** True when its series has no end within the time that its posts are made ahead. */
  readonly goesOn: boolean
}

type Account = { readonly id: string; readonly handle: string }

/**
 * The times of a post that is not scheduled yet. Without a time it is as if it went out now. Of a series those of the
 * next 60 days are counted. Nothing is held: a free slot may be taken by then, and is then another one.
 */
export async function sendingTimes(
  ctx: Ctx,
  accounts: readonly Account[],
  when: z.output<typeof When> | undefined,
  recurrence: string | undefined,
  exceptPostId: string | undefined,
): Promise<Result<SendingTimes>> {
  const { timeZone } = ctx.workspace
  if (when?.kind === 'next_slot') {
    const byAccount = new Map<string, readonly Date[]>()
    for (const account of accounts) {
      const free = await firstFreeSlot(ctx.db, account, timeZone, exceptPostId)
      byAccount.set(account.id, free.ok ? [free.value] : [])
    }
    return ok(timesOf(byAccount, 1, false))
  }
  const first = firstOf(when)
  if (!first.ok) return first
  const zone = when?.kind === 'at' ? when.timeZone : timeZone
  const series = recurrence ? seriesFrom(first.value, recurrence, zone) : ok({ at: [first.value], goesOn: false })
  if (!series.ok) return series
  const { at, goesOn } = series.value
  return ok(timesOf(new Map(accounts.map(({ id }) => [id, at])), at.length, goesOn))
}

function timesOf(byAccount: SendingTimes['byAccount'], count: number, goesOn: boolean): SendingTimes {
  const last = Math.max(now().getTime(), ...[...byAccount.values()].flat().map((at) => at.getTime()))
  return { byAccount, count, goesOn, last: new Date(last) }
}

function firstOf(when: z.output<typeof When> | undefined): Result<Date> {
  if (when?.kind === 'at') return instantOf(when)
  return ok(when?.kind === 'instant' ? when.at : now())
}

function seriesFrom(first: Date, rule: string, timeZone: string): Result<{ at: readonly Date[]; goesOn: boolean }> {
  const start = wallOf(first, timeZone)
  const series = readRule(rule, start, timeZone)
  if (!series.ok) return series
  const until = inMs(aheadMs, first)
  const horizon = wallOf(until, timeZone)
  const walls = [series.value.first(), ...series.value.between(start, horizon)]
  const at = [...new Set(walls)].flatMap((wallTime) => {
    const instant = wallTime === undefined ? undefined : instantOfRule({ wallTime, timeZone })
    return instant?.ok ? [instant.value] : []
  })
  const later = series.value.between(horizon, wallOf(inMs(aheadMs, until), timeZone))
  return ok({ at, goesOn: later.length > 0 })
}
