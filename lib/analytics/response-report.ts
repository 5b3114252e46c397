import { day, inMs, now } from '@/lib/core/clock'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { openTimes } from '@/lib/routing'
import { Holidays, Week, type Calendar } from '@/lib/routing/schema'
import { query, type Ctx } from '@/lib/workspace'
import { answersTo, mostAsked, type Asked } from './answers'
import { loadOf, messagesByHour, promisesOf, sentimentBy } from './load'
import { ReportOn, type ResponseReport } from './schema'
import { tookOf } from './took'

/** From what lead score somebody looks like business. */
const leadFrom = 50

const noSuchHours: Failure = {
  code: 'NOT_FOUND',
  message: 'There are no such business hours. Leave them out, or name some that stand in the settings.',
}

/** How people were answered within the last days, each in each thread. Times are taken of at most 20,000 questions. */
export const responseReport = query({
  can: 'analytics.view',
  input: ReportOn,
  async run(ctx, { days, accountIds, calendarId }): Promise<Result<ResponseReport>> {
    const to = now()
    const period = { from: inMs(-days * day, to), to, accountIds }
    const [asked, sentiment, hours, people, promises, office] = await Promise.all([
      answersTo(ctx, period),
      sentimentBy(ctx, period),
      messagesByHour(ctx, period),
      loadOf(ctx, period),
      promisesOf(ctx, period),
      officeOf(ctx, calendarId),
    ])
    if (calendarId && !office) return fail(noSuchHours)
    const open = office && openTimes(office.calendar, period.from, to)
    const byProgram = asked.filter(({ programAt, repliedAt }) => programAt && (!repliedAt || programAt < repliedAt))
    return ok({
      from: period.from.toISOString(),
      to: to.toISOString(),
      asOf: to.toISOString(),
      timeZone: ctx.workspace.timeZone,
      asked: asked.length,
      answered: asked.filter(({ repliedAt }) => repliedAt).length,
      answeredByProgram: byProgram.length,
      firstReply: spent(asked, ({ repliedAt }) => repliedAt, onTheClock),
      resolution: spent(asked, ({ resolvedAt }) => resolvedAt, onTheClock),
      programReply: spent(byProgram, ({ programAt }) => programAt, onTheClock),
      businessHours:
        office && open
          ? {
              id: office.id,
              name: office.name,
              firstReply: spent(asked, ({ repliedAt }) => repliedAt, open),
              resolution: spent(asked, ({ resolvedAt }) => resolvedAt, open),
            }
          : null,
      promises,
      isSample: asked.length === mostAsked,
      leads: asked.filter(({ leadScore }) => (leadScore ?? 0) >= leadFrom).length,
      sentiment,
      ...hours,
      people,
    })
  },
})

type Passed = (begin: Date, end: Date) => number
const onTheClock: Passed = (begin, end) => end.getTime() - begin.getTime()

/** How long it took from somebody’s first word until then, of those where it came to it. */
const spent = (asked: readonly Asked[], until: (row: Asked) => Date | null, passed: Passed) =>
  tookOf(
    asked.flatMap((row) => {
      const end = until(row)
      return end ? [passed(row.askedAt, end)] : []
    }),
  )

type Office = { readonly id: string; readonly name: string; readonly calendar: Calendar }

/** The business hours that are asked for, or else the first by name; undefined where there are none. */
async function officeOf({ db }: Ctx, calendarId: string | undefined): Promise<Office | undefined> {
  const row = await db.businessCalendar.findFirst({
    where: calendarId ? { id: calendarId } : {},
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  return row
    ? {
        id: row.id,
        name: row.name,
        calendar: { timeZone: row.timeZone, week: Week.parse(row.week), holidays: Holidays.parse(row.holidays) },
      }
    : undefined
}
