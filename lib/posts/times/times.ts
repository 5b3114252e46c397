import type { z } from 'zod'
import { inMs, now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { wallOf } from '@/lib/core/wall'
import type { Ctx, Work } from '@/lib/workspace'
import type { LockedPost } from '../publish/lock'
import type { KeptTimes, When } from '../schema'
import { farthestMs } from './farthest'
import { firstFreeSlot, holdSlots } from './slots'
import { instantOf, sayWall, type Wall } from './wall-time'

/** When a post goes out: for each account, and on the wall for the earliest. */
export type Times = { readonly byAccount: ReadonlyMap<string, Date>; readonly publishAt: Date } & Wall

type Asked = z.output<typeof When>
type Account = { readonly id: string; readonly handle: string }

const sameFor = (accounts: readonly Account[], publishAt: Date, wall: Wall): Times => ({
  ...wall,
  publishAt,
  byAccount: new Map(accounts.map(({ id }) => [id, publishAt])),
})

/** Where a post stands in time, so that it can be put back there. Null while it has none. */
export function keptTimes(ctx: Ctx, { publishAt, wallTime, timeZone, variants }: LockedPost): KeptTimes | null {
  if (!publishAt) return null
  const zone = timeZone ?? ctx.workspace.timeZone
  return {
    publishAt: publishAt.toISOString(),
    wallTime: wallTime ?? wallOf(publishAt, zone),
    timeZone: zone,
    byAccount: Object.fromEntries(
      variants.flatMap((variant) => (variant.publishAt ? [[variant.accountId, variant.publishAt.toISOString()]] : [])),
    ),
  }
}

/** Refuses the past, and what is more than ten years ahead. */
export function mustBeAhead(at: Date, wall: Wall): Result<Date> {
  const present = now()
  if (at > inMs(farthestMs, present))
    return fail({
      code: 'VALIDATION_ERROR',
      message: `${sayWall(wall)}, is more than ten years ahead. Choose an earlier time.`,
      fields: { when: ['is more than ten years ahead'] },
    })
  if (at > present) return ok(at)
  return fail({
    code: 'VALIDATION_ERROR',
    message: `${sayWall(wall)}, has passed. Choose a later time, or publish now.`,
    fields: { when: ['has passed'] },
  })
}

/** Turns what was asked for into instants. Refuses the past, and times that do not exist. */
export async function timesFor(
  ctx: Ctx,
  work: Pick<Work, 'db' | 'sql'>,
  accounts: readonly Account[],
  when: Asked,
  exceptPostId?: string,
): Promise<Result<Times>> {
  const { timeZone } = ctx.workspace
  switch (when.kind) {
    case 'now': {
      const at = now()
      return ok(sameFor(accounts, at, { timeZone, wallTime: wallOf(at, timeZone) }))
    }
    case 'instant': {
      const wall = { timeZone, wallTime: wallOf(when.at, timeZone) }
      const ahead = mustBeAhead(when.at, wall)
      return ahead.ok ? ok(sameFor(accounts, when.at, wall)) : ahead
    }
    case 'at': {
      const wall = { wallTime: when.wallTime, timeZone: when.timeZone }
      const at = instantOf({ ...wall, fold: when.fold })
      if (!at.ok) return at
      const ahead = mustBeAhead(at.value, wall)
      return ahead.ok ? ok(sameFor(accounts, at.value, wall)) : ahead
    }
    case 'next_slot':
      return slotsFor(work, accounts, timeZone, exceptPostId)
  }
}

async function slotsFor(
  work: Pick<Work, 'db' | 'sql'>,
  accounts: readonly Account[],
  timeZone: string,
  exceptPostId: string | undefined,
): Promise<Result<Times>> {
  const byAccount = new Map<string, Date>()
  await holdSlots(
    work,
    accounts.map(({ id }) => id),
  )
  for (const account of accounts) {
    const slot = await firstFreeSlot(work.db, account, timeZone, exceptPostId)
    if (!slot.ok) return slot
    byAccount.set(account.id, slot.value)
  }
  const publishAt = new Date(Math.min(...[...byAccount.values()].map((at) => at.getTime())))
  return ok({ byAccount, publishAt, timeZone, wallTime: wallOf(publishAt, timeZone) })
}
