import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact } from '@/lib/workspace'
import { most, whyFull } from './bound'
import { isInReach } from './business-time'
import { markClocks } from './mark-clocks'
import { whoUses } from './references'
import { orSameName } from './same-name'
import { ById, Holidays, SaveCalendar, Week, type CalendarCard } from './schema'

const noSuchCalendar: Failure = { code: 'NOT_FOUND', message: 'There are no such hours here. Reload the page.' }

/** All business hours, by name. */
export const listCalendars = query({
  can: 'inbox.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly CalendarCard[]>> {
    const rows = await db.businessCalendar.findMany({ orderBy: { name: 'asc' }, take: most.calendars })
    return ok(
      rows.map(({ id, name, timeZone, week, holidays }) => ({
        id,
        name,
        timeZone,
        week: Week.parse(week),
        holidays: Holidays.parse(holidays),
      })),
    )
  },
})

/**
 * Keeps business hours. Clocks that run by them follow within moments; what was told of one already stays told.
 */
export const saveCalendar = operation({
  can: 'inbox.manage',
  input: SaveCalendar,
  run: (ctx, { id, name, timeZone, week, holidays }): Promise<Result<{ id: string }>> =>
    orSameName('calendar', () =>
      transact(ctx, async (work) => {
        const { db, record } = work
        const data = { name, timeZone, week, holidays }
        const calendarId = id ?? newId()
        const full = id ? undefined : whyFull('calendars', await db.businessCalendar.count())
        if (full) return fail(full)
        const policies = await db.slaPolicy.findMany({
          where: { calendarId },
          select: { id: true, name: true, firstReplyMinutes: true, resolutionMinutes: true },
        })
        const tooFar = policies.find(
          (policy) => !isInReach({ week }, Math.max(policy.firstReplyMinutes ?? 0, policy.resolutionMinutes ?? 0)),
        )
        if (tooFar)
          return fail({
            code: 'CONFLICT',
            message: `In these hours the promise “${tooFar.name}” would take more than ten years. Keep longer hours, or promise less time first.`,
          })
        if (!id)
          await db.businessCalendar.create({
            data: { id: calendarId, workspaceId: ctx.workspaceId, ...data },
            select: { id: true },
          })
        else if ((await db.businessCalendar.updateMany({ where: { id }, data })).count === 0)
          return fail(noSuchCalendar)
        else
          await markClocks(
            work,
            policies.map((policy) => policy.id),
          )
        record({
          type: id ? 'calendar.changed' : 'calendar.created',
          subject: { type: 'calendar', id: calendarId },
          particulars: { name },
        })
        return ok({ id: calendarId })
      }),
    ),
})

export const deleteCalendar = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const used = await whoUses(db, 'This calendar', { calendarId: id })
      if (used) return fail(used)
      const policy = await db.slaPolicy.findFirst({ where: { calendarId: id }, select: { name: true } })
      if (policy)
        return fail({
          code: 'CONFLICT',
          message: `This calendar is used by the promise “${policy.name}”. Change that first.`,
        })
      const { count } = await db.businessCalendar.deleteMany({ where: { id } })
      if (count === 0) return fail(noSuchCalendar)
      record({ type: 'calendar.deleted', subject: { type: 'calendar', id } })
      return ok({ deleted: true })
    }),
})
