'use client'

import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { Stat } from '@/components/ui/stat'
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
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const [chosen, setChosen] = useState<string>()
  if (offered.length === 0)
    return <p className="text-table text-text-3">Figures are not offered by {network} for this kind of account.</p>
  const last = samples.at(-1)
  if (!last)
    return (
      <p className="text-table text-text-3">
        No figures yet. {network} is asked some minutes after publication, then ever less often.
      </p>
    )
  const metric = chosen && offered.includes(chosen) ? chosen : (offered.find((name) => name in last.values) ?? 'likes')
  const period = `Since ${when(new Date(publishedAt), timeZone, 'd MMM, HH:mm')}`
  const asOf = `as of ${when(new Date(last.takenAt), timeZone, 'd MMM, HH:mm')}`
  return (
    <section aria-label={`Figures from ${network}`} className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 md:grid-cols-4">
        {Object.entries(labels).map(([name, label]) => {
          const value = last.values[name]
          return value === undefined || !offered.includes(name) ? (
            <Stat key={name} label={label} absent={`Not offered by ${network}`} period={period} />
          ) : (
            <Stat key={name} label={label} value={value.toLocaleString('en-GB')} period={period} asOf={asOf} />
          )
        })}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Select
          aria-label="Figure to show"
          className="w-40"
          value={metric}
          onChange={setChosen}
          options={offered.map((name) => ({ value: name, label: labels[name] ?? name }))}
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
    </section>
  )
}
