'use client'

import { Callout } from '@/components/ui/callout'
import { Stat } from '@/components/ui/stat'
import { Table, TableBody, TableHead } from '@/components/ui/table'
import { ZonedTime } from '@/components/ui/time'
import type { ResponseReport, Took } from '@/lib/analytics/schema'
import { when } from '@/lib/core/format'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { lengthOf } from './durations'
import { everyDay } from './every-day'

const ReportChart = dynamic(() => import('./report-chart'), {
  ssr: false,
  loading: () => <div className="h-48 rounded-card bg-sunken" />,
})

type Props = { readonly report: ResponseReport; readonly days: number; readonly hours: ReactNode }

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`
const number = (n: number): string => n.toLocaleString('en-GB')
const grid = 'grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-4'

type Figure = { readonly label: string } & ({ readonly value: string } | { readonly absent: string })

const took = (label: string, { medianMs, p90Ms }: Took, absent: string): readonly Figure[] =>
  medianMs === null || p90Ms === null
    ? [{ label, absent }]
    : [
        { label: `${label}, half within`, value: lengthOf(medianMs) },
        { label: `${label}, nine of ten within`, value: lengthOf(p90Ms) },
      ]

const kept = (label: string, { kept: good, broken }: ResponseReport['promises']['resolution']): Figure =>
  good + broken === 0
    ? { label, absent: 'None was kept or broken' }
    : { label: `${label}, ${number(good)} of ${number(good + broken)}`, value: percent(good, good + broken) }

/** How people were answered: figures, each with its period and freshness, and charts that can be read as tables. */
export function ResponseReportView({ report, days, hours }: Props) {
  const { asked, answered, answeredByProgram, firstReply, resolution, leads, isSample, timeZone, asOf } = report
  const { promises, businessHours } = report
  const common = {
    period: `Last ${days} days`,
    asOf: (
      <>
        as of <ZonedTime at={asOf} zone={timeZone} pattern="HH:mm" zoneHidden />
      </>
    ),
  }
  const shown = (figures: readonly Figure[]) =>
    figures.map((figure) => <Stat key={figure.label} {...common} {...figure} />)
  return (
    <div className="flex flex-col gap-8">
      {isSample && <Callout>There is so much that these figures are of the latest {number(asked)} questions.</Callout>}
      <section aria-label="Figures" className={grid}>
        {shown([
          { label: 'Questions', value: number(asked) },
          {
            label: 'Response rate, by people',
            ...(asked > 0 ? { value: percent(answered, asked) } : { absent: 'Nobody asked' }),
          },
          ...took('First answer', firstReply, 'None yet'),
          ...took('Until done', resolution, 'None yet'),
          { label: 'Leads, score 50 and more', value: number(leads) },
        ])}
      </section>
      <p className="text-table text-text-2">
        A question is what one person begins to say in one thread: under a post, each who comments asks one, and an
        answer to somebody else is none to them. In a chat whoever writes after your answer, or after it was done, asks
        anew. Spam is left out.
      </p>
      <Titled title="In business hours">
        {hours}
        {businessHours ? (
          <>
            <div className={grid}>
              {shown([
                ...took('First answer', businessHours.firstReply, 'None yet'),
                ...took('Until done', businessHours.resolution, 'None yet'),
              ])}
            </div>
            <p className="text-table text-text-2">
              Time outside these hours does not count: what came and was answered within one night took 0 s.
            </p>
          </>
        ) : (
          <p className="text-table text-text-2">No business hours are set up, so times are of the clock on the wall.</p>
        )}
      </Titled>
      <Titled title="Promises kept">
        <div className={grid}>
          {shown([
            kept('Answered in time', promises.firstReply),
            { label: 'Ended without an answer', value: number(promises.firstReply.unanswered) },
            kept('Done in time', promises.resolution),
            { label: 'Still owed, not late', value: number(promises.firstReply.owed + promises.resolution.owed) },
          ])}
        </div>
        <p className="text-table text-text-2">
          A promise of an answer is kept by a person’s answer. What ended in time without one, set to Done or taken back
          by whoever asked, is neither kept nor broken.
        </p>
      </Titled>
      <Titled title="Answered by a program first">
        <div className={grid}>
          {shown([
            { label: 'Questions', value: number(answeredByProgram) },
            ...took('Its first answer', report.programReply, 'None'),
          ])}
        </div>
      </Titled>
      <Charted
        title="Sentiment by day, from −1 to 1"
        heads={['Day', 'Average', 'Messages read']}
        absent="Nothing was said in this time whose feeling could be read."
        note="Taken of messages whose words are read. Likes, pictures without words, spam and languages that are not read have no feeling here, rather than a neutral one. Days without any are gaps."
        rows={everyDay(report).map(({ day, average, n }) => ({
          name: when(new Date(day), 'UTC', 'd MMM'),
          value: average === null ? null : Number(average.toFixed(2)),
          note: number(n),
        }))}
        kind="line"
      />
      <Charted
        title={`Load by hour of the day, ${timeZone}`}
        heads={['Hour', 'Messages to us', 'Messages from us']}
        note="To us counts what wants an answer: no likes, no reposts without words, no spam."
        rows={report.byHour.map((n, at) => ({
          name: `${String(at).padStart(2, '0')}:00`,
          value: n,
          note: number(report.answersByHour[at] ?? 0),
          also: report.answersByHour[at] ?? 0,
        }))}
        kind="bar"
      />
      <Titled title="Load by person">
        {report.people.length === 0 ? (
          <p className="text-table text-text-2">Nobody answered in this time, and nothing is assigned to anyone.</p>
        ) : (
          <Rows
            label="Load by person"
            heads={['Person', 'Answers', 'Open now']}
            rows={report.people.map(({ memberId, name, answers, open }) => ({
              key: memberId,
              cells: [name, answers, open],
            }))}
          />
        )}
      </Titled>
    </div>
  )
}

const Titled = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title} className="flex flex-col gap-3">
    <h2 className="font-semibold">{title}</h2>
    {children}
  </section>
)

type Charting = {
  readonly title: string
  readonly kind: 'line' | 'bar'
  /** What is said where there is nothing. */
  readonly absent?: string
  /** What the figures are of. */
  readonly note?: string
  readonly heads: readonly string[]
  readonly rows: readonly {
    readonly name: string
    /** Null: nothing was measured there. */
    readonly value: number | null
    readonly note: string
    readonly also?: number
  }[]
}

function Charted({ title, rows, kind, heads, absent = 'Nothing was said in this time.', note }: Charting) {
  const measured = rows.flatMap(({ name, value, note: more }) =>
    value === null ? [] : [{ key: name, cells: [name, value, more] }],
  )
  return (
    <Titled title={title}>
      {measured.length === 0 ? (
        <p className="text-table text-text-2">{absent}</p>
      ) : (
        <>
          <ReportChart title={title} names={heads.slice(1)} rows={rows} kind={kind} />
          <details className="text-table">
            <summary className="w-fit cursor-pointer rounded-control text-text-2 hover:text-text touch:min-h-11">
              Read it as a table
            </summary>
            <Rows label={title} heads={heads} rows={measured} />
          </details>
          {note && <p className="text-table text-text-2">{note}</p>}
        </>
      )}
    </Titled>
  )
}

type Listed = {
  readonly label: string
  readonly heads: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly (string | number)[] }[]
}

const Rows = ({ label, heads, rows }: Listed) => (
  <Table label={label}>
    <TableHead>
      {heads.map((head) => (
        <th key={head} scope="col" className="py-2 pr-4 text-meta font-medium text-text-3">
          {head}
        </th>
      ))}
    </TableHead>
    <TableBody>
      {rows.map(({ key, cells }) => (
        <tr key={key} className="border-b">
          {cells.map((cell, n) => (
            <td key={heads[n]} className="py-2 pr-4 tabular-nums">
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </TableBody>
  </Table>
)
