'use client'

import dynamic from 'next/dynamic'
import { Section } from '@/components/ui/page'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Stat } from '@/components/ui/stat'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import type { AiCallRow, BudgetView } from '@/lib/billing/schema'
import { when } from '@/lib/core/format'
import { BudgetForm } from './budget-form'
import { CallTable } from './call-table'
import { featureLabels } from './feature-labels'
import { money, moneyLeft } from './money'

const SpendChart = dynamic(() => import('./spend-chart'), { ssr: false, loading: () => <div className="h-48" /> })

type Props = {
  readonly slug: string
  readonly budget: BudgetView
  readonly calls: readonly AiCallRow[]
  readonly maySet: boolean
}

/** What AI cost this month, what is left, and what each cent went to. */
export function BudgetPanel({ slug, budget, calls, maySet }: Props) {
  const { period, timeZone, limitMicros, spentMicros, reservedMicros, leftMicros } = budget
  const month = when(new Date(`${period}-15T12:00:00Z`), timeZone, 'MMMM yyyy')
  const asOf = `as of ${when(new Date(budget.asOf), timeZone, 'HH:mm')}`
  const used = limitMicros === 0 ? 1 : (spentMicros + reservedMicros) / limitMicros
  return (
    <Section
      title="Budget"
      description={`US dollars in ${month}, on the clock of ${timeZone}. What a call may cost at most is set aside before it is made, so the limit is never passed.`}
    >
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat label="Spent" value={money(spentMicros)} period={month} asOf={asOf} />
        <Stat label="Set aside" value={money(reservedMicros)} period="Calls under way" asOf={asOf} />
        <Stat label="Left" value={moneyLeft(leftMicros)} period={month} asOf={asOf} />
        <Stat
          label="Limit"
          value={money(limitMicros)}
          period={budget.isDefaultLimit ? 'A month; nobody has set one yet' : 'A month'}
        />
      </div>
      <ProgressBar label={`${Math.round(used * 100)} % of the AI budget used`} done={used} />
      {budget.days.length === 0 ? (
        <p className="text-table text-text-3">
          No calls in {month} yet. Each will be listed here with what it was for.
        </p>
      ) : (
        <>
          <SpendChart days={budget.days} />
          <details className="text-table text-text-2">
            <summary className="cursor-pointer">Spending by day as a table</summary>
            <Table label="Spending by day">
              <TableHead>
                <Column>Day</Column>
                <Column>For</Column>
                <Column numeric>Calls</Column>
                <Column numeric>Spent</Column>
              </TableHead>
              <TableBody>
                {budget.days.map(({ day, feature, calls: count, spentMicros: spent }) => (
                  <Row key={`${day} ${feature}`}>
                    <Cell>{day}</Cell>
                    <Cell>{featureLabels[feature]}</Cell>
                    <Cell numeric>{count}</Cell>
                    <Cell numeric>{money(spent)}</Cell>
                  </Row>
                ))}
              </TableBody>
            </Table>
          </details>
          <Table label="Spending by purpose">
            <TableHead>
              <Column>For</Column>
              <Column numeric>Calls</Column>
              <Column numeric>Answered from memory</Column>
              <Column numeric>Spent</Column>
              <Column numeric>Its own limit</Column>
            </TableHead>
            <TableBody>
              {budget.features.map((one) => (
                <Row key={one.feature}>
                  <Cell>{featureLabels[one.feature]}</Cell>
                  <Cell numeric>{one.calls}</Cell>
                  <Cell numeric>{one.cacheHits}</Cell>
                  <Cell numeric>{money(one.spentMicros)}</Cell>
                  <Cell numeric>{one.limitMicros === null ? 'none' : money(one.limitMicros)}</Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
          <CallTable slug={slug} calls={calls} timeZone={timeZone} />
        </>
      )}
      {maySet && <BudgetForm slug={slug} budget={budget} />}
    </Section>
  )
}
