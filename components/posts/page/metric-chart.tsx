'use client'

import { when } from '@/lib/core/format'
import type { VariantDetail } from '@/lib/posts/schema'
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

type Props = {
  readonly samples: VariantDetail['metrics']
  readonly metric: string
  readonly label: string
  readonly timeZone: string
}

/** One figure over time. The table beside it says the same in words. */
export default function MetricChart({ samples, metric, label, timeZone }: Props) {
  const points = samples.flatMap(({ takenAt, values }) => {
    const value = values[metric]
    return value === undefined ? [] : [{ at: new Date(takenAt).getTime(), value }]
  })
  const say = (at: number, pattern: string) => when(new Date(at), timeZone, pattern)
  const spanMs = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)
  const tick = { fill: 'var(--text-3)', fontSize: 12 }
  return (
    <figure className="flex flex-col gap-1">
      <ResponsiveContainer width="100%" height={192}>
        <LineChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            tickFormatter={(at: number) => say(at, spanMs > 86_400_000 ? 'd MMM' : 'HH:mm')}
            tick={tick}
            stroke="var(--line-strong)"
            minTickGap={48}
          />
          <YAxis allowDecimals={false} width={44} tick={tick} stroke="var(--line-strong)" />
          <Tooltip
            labelFormatter={(at) => say(Number(at), 'd MMM yyyy, HH:mm')}
            contentStyle={{
              background: 'var(--surface)',
              border: '1px solid var(--line)',
              borderRadius: 8,
              color: 'var(--text-1)',
            }}
          />
          <Line
            dataKey="value"
            name={label}
            stroke="var(--accent-text)"
            strokeWidth={2}
            dot={points.length < 20}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
      <figcaption className="sr-only">
        {label} over time, {points.length} readings. Choose “Table” to read them.
      </figcaption>
    </figure>
  )
}
