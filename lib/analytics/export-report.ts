import { when } from '@/lib/core/format'
import { ok, type Result } from '@/lib/core/result'
import { writeTable } from '@/lib/core/table'
import { query } from '@/lib/workspace'
import { responseReport } from './response-report'
import { ReportOn, type ResponseReport, type Took } from './schema'

type Written = { readonly name: string; readonly text: string }
/** A figure: of what, in which unit, over how many. */
type Line = readonly [figure: string, part: string, value: number | null, unit: string, of: number | null]

const columns = ['figure', 'part', 'value', 'unit', 'of', 'from', 'to', 'as of']

/** The response report as a table: each figure with its unit, how many it was taken from, its period and when it was true. */
export const exportReport = query({
  can: 'analytics.export',
  input: ReportOn,
  async run(ctx, asked): Promise<Result<Written>> {
    const report = await responseReport(ctx, asked)
    if (!report.ok) return report
    const { from, to, asOf, timeZone } = report.value
    const text = writeTable(
      columns,
      linesOf(report.value).map((line) => [...line, from, to, asOf]),
    )
    return ok({ name: `${ctx.workspace.slug}-responses-${when(new Date(to), timeZone, 'yyyy-MM-dd')}.csv`, text })
  },
})

const took = (figure: string, part: string, { medianMs, p90Ms, n }: Took): readonly Line[] => [
  [`${figure}, median`, part, medianMs, 'ms', n],
  [`${figure}, 90th percentile`, part, p90Ms, 'ms', n],
]

const kept = (
  figure: string,
  { kept: good, broken, owed, unanswered }: ResponseReport['promises']['resolution'] & { readonly unanswered?: number },
): readonly Line[] => {
  const all = good + broken + owed + (unanswered ?? 0)
  return [
    [figure, 'kept', good, 'promises', all],
    [figure, 'broken', broken, 'promises', all],
    ...(unanswered === undefined ? [] : [[figure, 'ended without an answer', unanswered, 'promises', all] as const]),
    [figure, 'still owed', owed, 'promises', all],
  ]
}

const hourly = (figure: string, hours: readonly number[]): readonly Line[] =>
  hours.map((n, hour) => [figure, `${String(hour).padStart(2, '0')}:00`, n, 'messages', null])

function linesOf(report: ResponseReport): readonly Line[] {
  const { asked, answered, businessHours: office } = report
  return [
    ['Questions', 'one person in one thread', asked, 'questions', null],
    ['Answered by a person', '', answered, 'questions', asked],
    ['Response rate', '', asked === 0 ? null : answered / asked, 'share', asked],
    ['Answered by a program first', '', report.answeredByProgram, 'questions', asked],
    ...took('First answer', 'wall clock', report.firstReply),
    ...took('Until done', 'wall clock', report.resolution),
    ...took('First answer of a program', 'wall clock', report.programReply),
    ...(office
      ? [...took('First answer', office.name, office.firstReply), ...took('Until done', office.name, office.resolution)]
      : []),
    ...kept('Promise of an answer', report.promises.firstReply),
    ...kept('Promise of a solution', report.promises.resolution),
    ['Leads', 'score 50 and more', report.leads, 'questions', asked],
    ...report.sentiment.map(({ day, average, n }): Line => ['Sentiment', day, average, '-1 to 1', n]),
    ...hourly('Messages to us', report.byHour),
    ...hourly('Messages from us', report.answersByHour),
    ...report.people.flatMap(({ name, answers, open }): readonly Line[] => [
      ['Answers', name, answers, 'answers', null],
      ['Open now', name, open, 'conversations', null],
    ]),
  ]
}
