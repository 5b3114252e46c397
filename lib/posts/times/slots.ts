import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { day, inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { holdStill, operation, query, transact, type Work } from '@/lib/workspace'
import { SetSlots, type Slot } from '../schema'
import { instantOfRule } from './wall-time'

/** How far ahead a free slot is looked for. */
const weeksAhead = 26

const noAccount = { code: 'NOT_FOUND', message: 'This account is not here any more. Choose another one.' } as const

/** Sets the times of the week at which an account likes to post, on the workspace's wall clock. Replaces all of them. */
export const setSlots = operation({
  can: 'post.schedule',
  input: SetSlots,
  async run(ctx, { accountId, slots }): Promise<Result<{ slots: readonly Slot[] }>> {
    return transact(ctx, async (work) => {
      const { db, record } = work
      if (!(await holdSlots(work, [accountId])).has(accountId)) return fail(noAccount)
      await db.queueSlot.deleteMany({ where: { accountId } })
      await db.queueSlot.createMany({
        data: slots.map((slot) => ({ id: newId(), workspaceId: ctx.workspaceId, accountId, ...slot })),
        skipDuplicates: true,
      })
      record({ type: 'account.slotsSet', subject: { type: 'account', id: accountId }, particulars: { slots } })
      return ok({ slots })
    })
  },
})

/**
 * Holds the slots of accounts until the transaction ends: two posts that ask at once get two slots, and of two who set
 * them at once one is the last. They are the account's own, as there may be none of them yet.
 */
export const holdSlots = (work: Pick<Work, 'sql'>, accountIds: readonly string[]): Promise<ReadonlySet<string>> =>
  holdStill(work, 'Account', accountIds)

/** An account's weekly slots, in the order of the week from Sunday. */
export const listSlots = query({
  can: 'account.read',
  input: z.object({ accountId: z.string() }),
  async run(ctx, { accountId }): Promise<Result<readonly Slot[]>> {
    const account = await ctx.db.account.findUnique({
      where: { id: accountId },
      select: { slots: { select: { weekday: true, minute: true }, orderBy: [{ weekday: 'asc' }, { minute: 'asc' }] } },
    })
    return account ? ok(account.slots) : fail(noAccount)
  },
})

/** The instants of weekly slots after `from`, in order. A slot that clocks skip moves forward by as much as they do. */
export function slotInstants(slots: readonly Slot[], timeZone: string, from: Date, weeks: number): readonly Date[] {
  const today = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone).toPlainDate()
  const found = new Map<number, Date>()
  for (let ahead = 0; ahead <= weeks * 7; ahead += 1) {
    const date = today.add({ days: ahead })
    for (const slot of slots) {
      // Temporal's week ends with Sunday as 7, ours begins with it as 0.
      if (slot.weekday !== date.dayOfWeek % 7) continue
      const time = Temporal.PlainTime.from({ hour: Math.floor(slot.minute / 60), minute: slot.minute % 60 })
      const at = instantOfRule({ wallTime: date.toPlainDateTime(time).toString({ smallestUnit: 'minute' }), timeZone })
      if (at.ok && at.value > from) found.set(at.value.getTime(), at.value)
    }
  }
  return [...found.values()].sort((a, b) => a.getTime() - b.getTime())
}

/** The account's next slot that no other post has. Unless its slots are held, another post may have it a moment later. */
export async function firstFreeSlot(
  db: Pick<Work['db'], 'queueSlot' | 'variant'>,
  account: { readonly id: string; readonly handle: string },
  timeZone: string,
  exceptPostId?: string,
): Promise<Result<Date>> {
  const slots = await db.queueSlot.findMany({
    where: { accountId: account.id },
    select: { weekday: true, minute: true },
  })
  if (slots.length === 0)
    return fail({
      code: 'VALIDATION_ERROR',
      message: `${account.handle} has no slots yet. Set its times of the week on the account’s page, or choose a time.`,
      fields: { when: ['this account has no slots'] },
    })
  const from = now()
  const taken = await db.variant.findMany({
    where: {
      accountId: account.id,
      publishAt: { gt: from, lte: inMs((weeksAhead + 1) * 7 * day, from) },
      state: { notIn: ['draft', 'cancelled', 'removed', 'refused'] },
      ...(exceptPostId ? { postId: { not: exceptPostId } } : {}),
    },
    select: { publishAt: true },
  })
  const busy = new Set(taken.map(({ publishAt }) => publishAt?.getTime()))
  const free = slotInstants(slots, timeZone, from, weeksAhead).find((at) => !busy.has(at.getTime()))
  return free
    ? ok(free)
    : fail({
        code: 'SCHEDULE_CONFLICT',
        message: `Every slot of ${account.handle} is taken for ${weeksAhead} weeks. Add slots, or choose a time.`,
      })
}
