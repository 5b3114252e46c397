'use client'

import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { ZonedTime } from '@/components/ui/time'
import { when } from '@/lib/core/format'
import type { VariantDetail } from '@/lib/posts/schema'
import dynamic from 'next/dynamic'
import { useState } from 'react'

const MetricChart = dynamic(() => import('./metric-chart'), {
  ssr: false,
  loading: () => <div className="h-48" />,
})

const labels: Readonly<Record<string, string>> = {
  impressions: 'Impressions',
  likes: 'Likes',
  comments: 'Comments',
  shares: 'Shares',
  quotes: 'Quotes',
  saves: 'Saves',
  clicks: 'Clicks',
}

type Props = {
  readonly samples: VariantDetail['metrics']
  readonly network: string
  readonly timeZone: string
  readonly publishedAt: string
  /** What the network tells of posts of this account; empty when it tells nothing. */
  readonly offered: readonly string[]
}

/** How a post does at one account: the last figures, and their course since publication. */
export function Metrics({ samples, network, timeZone, publishedAt, offered }: Props) {
  if (offered.length === 0)
    return <p className="text-table text-text-3">Figures are not offered by {network} for this kind of account.</p>
  const last = samples.at(-1)
  if (!last)
    return (
      <p className="text-table text-text-3">
        No figures yet. {network} is asked some minutes after publication, then ever less often.
      </p>
    )
  const say = (at: string) => when(new Date(at), timeZone, 'd MMM, HH:mm')
  return (
    <section aria-label={`Figures from ${network}`} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h4 className="text-table font-semibold text-text-2">Figures</h4>
        <span className="text-meta text-text-3 tabular-nums">
          From {say(publishedAt)}, as of {say(last.takenAt)}
        </span>
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        {Object.entries(labels).map(([name, label]) => {
          const value = offered.includes(name) ? last.values[name] : undefined
          return (
            <div key={name} className="flex flex-col">
              <dt className="text-meta text-text-2">{label}</dt>
              <dd className={value === undefined ? 'text-table text-text-3' : 'text-lead font-semibold tabular-nums'}>
                {value === undefined ? `not offered by ${network}` : value.toLocaleString('en-GB')}
              </dd>
            </div>
          )
        })}
      </dl>
      {samples.length > 1 && <Course samples={samples} network={network} timeZone={timeZone} offered={offered} />}
    </section>
  )
}

/** One figure over time, as a line or as a table. A single reading has no course. */
function Course({ samples, network, timeZone, offered }: Omit<Props, 'publishedAt'>) {
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const told = offered.filter((name) => samples.some(({ values }) => name in values))
  const [chosen, setChosen] = useState<string>()
  const metric = chosen && told.includes(chosen) ? chosen : (told[0] ?? 'likes')
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Select
          aria-label="Figure to show"
          className="w-40"
          value={metric}
          onChange={setChosen}
          options={told.map((name) => ({ value: name, label: labels[name] ?? name }))}
        />
        <SegmentedControl
          label="Show as"
          value={view}
          onChange={setView}
          segments={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </div>
      {view === 'chart' ? (
        <MetricChart samples={samples} metric={metric} label={labels[metric] ?? metric} timeZone={timeZone} />
      ) : (
        <Table label={`${labels[metric] ?? metric} over time`}>
          <TableHead>
            <Column>Taken</Column>
            <Column numeric>{labels[metric] ?? metric}</Column>
          </TableHead>
          <TableBody>
            {samples.map(({ takenAt, values }) => (
              <Row key={takenAt}>
                <Cell>
                  <ZonedTime at={takenAt} zone={timeZone} />
                </Cell>
                <Cell numeric>{values[metric]?.toLocaleString('en-GB') ?? `not offered by ${network}`}</Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}
