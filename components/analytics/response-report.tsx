'use client'

import { Callout } from '@/components/ui/callout'
import { Stat } from '@/components/ui/stat'
import { Table, TableBody, TableHead } from '@/components/ui/table'
import { ZonedTime } from '@/components/ui/time'
import type { ResponseReport, Took } from '@/lib/analytics/schema'
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import { lengthOf } from './durations'

const ReportChart = dynamic(() => import('./report-chart'), {
  ssr: false,
  loading: () => <div className="h-48 rounded-card bg-sunken" />,
})

type Props = { readonly report: ResponseReport; readonly days: number }

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`

/** How people were answered: figures, each with its period and freshness, and charts that can be read as tables. */
export function ResponseReportView({ report, days }: Props) {
  const { asked, answered, answeredByProgram, firstReply, resolution, leads, isSample, timeZone, asOf } = report
  const common = {
    period: `Last ${days} days`,
    asOf: (
      <>
        as of <ZonedTime at={asOf} zone={timeZone} pattern="HH:mm" zoneHidden />
      </>
    ),
  }
  const took = (label: string, { medianMs, p90Ms }: Took) =>
    medianMs === null || p90Ms === null
      ? [{ label, absent: 'None yet' } as const]
      : ([
          { label: `${label}, half within`, value: lengthOf(medianMs) },
          { label: `${label}, nine of ten within`, value: lengthOf(p90Ms) },
        ] as const)
  return (
    <div className="flex flex-col gap-8">
      {isSample && (
        <Callout>
          There is so much that these figures are of the latest {asked.toLocaleString('en-GB')} conversations.
        </Callout>
      )}
      <section aria-label="Figures" className="grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-4">
        <Stat {...common} label="Conversations begun" value={asked.toLocaleString('en-GB')} />
        {asked > 0 ? (
          <Stat {...common} label="Answered by a person" value={percent(answered, asked)} />
        ) : (
          <Stat {...common} label="Answered by a person" absent="Nobody asked" />
        )}
        {[...took('First answer', firstReply), ...took('Done', resolution)].map((stat) => (
          <Stat key={stat.label} {...common} {...stat} />
        ))}
        <Stat {...common} label="Answered by a program first" value={answeredByProgram.toLocaleString('en-GB')} />
        <Stat {...common} label="Leads, score 50 and more" value={leads.toLocaleString('en-GB')} />
      </section>
      <Charted
        title="Sentiment by day, from −1 to 1"
        rows={report.sentiment.map(({ day, average, n }) => ({
          name: day,
          value: Number(average.toFixed(2)),
          note: `${n} messages`,
        }))}
        kind="line"
      />
      <Charted
        title={`Messages by hour of the day, ${timeZone}`}
        rows={report.byHour.map((n, at) => ({ name: `${String(at).padStart(2, '0')}:00`, value: n, note: '' }))}
        kind="bar"
      />
      <Titled title="Who answers">
        {report.people.length === 0 ? (
          <p className="text-table text-text-2">Nobody answered in this time, and nothing is assigned to anyone.</p>
        ) : (
          <Rows
            label="Who answers"
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
  readonly rows: readonly { readonly name: string; readonly value: number; readonly note: string }[]
}

function Charted({ title, rows, kind }: Charting) {
  return (
    <Titled title={title}>
      {rows.length === 0 ? (
        <p className="text-table text-text-2">Nothing was said in this time.</p>
      ) : (
        <>
          <ReportChart title={title} rows={rows} kind={kind} />
          <details className="text-table">
            <summary className="w-fit cursor-pointer rounded-control text-text-2 hover:text-text touch:min-h-11">
              Read it as a table
            </summary>
            <Rows
              label={title}
              heads={['When', 'Value', 'Of']}
              rows={rows.map(({ name, value, note }) => ({ key: name, cells: [name, value, note] }))}
            />
          </details>
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
