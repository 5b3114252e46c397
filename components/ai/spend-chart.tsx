'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { aiFeatures, type BudgetView } from '@/lib/billing/schema'
import { featureLabels } from './feature-labels'
import { money } from './money'

const inks = { draft: 'var(--accent-text)', triage: 'var(--text-3)' } as const

/** What was spent, day by day, by what it was for. The table under it says the same in words. */
export default function SpendChart({ days }: { readonly days: BudgetView['days'] }) {
  const points = [...Map.groupBy(days, ({ day }) => day)].map(([day, of]) => ({
    day: day.slice(8),
    ...Object.fromEntries(of.map(({ feature, spentMicros }) => [feature, spentMicros])),
  }))
  const tick = { fill: 'var(--text-3)', fontSize: 12 }
  return (
    <figure className="flex flex-col gap-1">
      <ResponsiveContainer width="100%" height={192}>
        <BarChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="day" tick={tick} stroke="var(--line-strong)" />
          <YAxis width={72} tick={tick} stroke="var(--line-strong)" tickFormatter={(micros: number) => money(micros)} />
          <Tooltip
            formatter={(micros) => money(Number(micros))}
            cursor={{ fill: 'var(--hover)' }}
            contentStyle={{
              background: 'var(--surface)',
              border: '1px solid var(--line)',
              borderRadius: 8,
              color: 'var(--text)',
            }}
          />
          {aiFeatures.map((feature) => (
            <Bar
              key={feature}
              dataKey={feature}
              name={featureLabels[feature]}
              stackId="spent"
              fill={inks[feature]}
              maxBarSize={28}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
      <figcaption className="text-meta text-text-3">
        US dollars by day of the month. Blue: drafting answers; grey: reading messages.
      </figcaption>
    </figure>
  )
}
