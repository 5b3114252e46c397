'use client'

import { Bar, CartesianGrid, ComposedChart, Legend, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'

type Props = {
  readonly title: string
  readonly kind: 'line' | 'bar'
  /** Of the values, and of those beside them. */
  readonly names: readonly string[]
  /** A value that is null is a gap. */
  readonly rows: readonly { readonly name: string; readonly value: number | null; readonly also?: number }[]
}

/** One row of values, or two. The table below it says the same in words. */
export default function ReportChart({ title, kind, names, rows }: Props) {
  const [first = title, second = ''] = names
  const tick = { fill: 'var(--text-3)', fontSize: 12 }
  return (
    <figure className="flex flex-col gap-1">
      <ResponsiveContainer width="100%" height={192}>
        <ComposedChart data={[...rows]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="name" tick={tick} stroke="var(--line-strong)" minTickGap={32} />
          <YAxis
            width={44}
            tick={tick}
            stroke="var(--line-strong)"
            allowDecimals={kind === 'line'}
            domain={kind === 'line' ? [-1, 1] : [0, 'auto']}
          />
          <Tooltip
            contentStyle={{
              background: 'var(--surface)',
              border: '1px solid var(--line)',
              borderRadius: 8,
              color: 'var(--text-1)',
            }}
          />
          {kind === 'line' ? (
            <Line
              dataKey="value"
              name={first}
              stroke="var(--accent-text)"
              strokeWidth={2}
              // A day between two gaps has no line, only its dot.
              dot={{ r: 2 }}
              isAnimationActive={false}
            />
          ) : (
            <Bar dataKey="value" name={first} fill="var(--accent-text)" isAnimationActive={false} />
          )}
          {rows.some(({ also }) => also !== undefined) && (
            <>
              {/* Told apart by shape as well as by colour. */}
              <Line
                dataKey="also"
                name={second}
                stroke="var(--text-2)"
                strokeWidth={2}
                strokeDasharray="5 3"
                dot={{ r: 3, strokeDasharray: '0' }}
                isAnimationActive={false}
              />
              <Legend wrapperStyle={{ fontSize: 12 }} />
            </>
          )}
        </ComposedChart>
      </ResponsiveContainer>
      <figcaption className="sr-only">{title}. Open the table below it to read the values.</figcaption>
    </figure>
  )
}
