'use client'

import { Split } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Problems } from '@/components/ui/field'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { RelativeTime } from '@/components/ui/time'
import { deleteRuleAction, orderRulesAction } from '@/lib/routing/actions'
import type { RuleCard } from '@/lib/routing/schema'
import { momentLabels, type Choices } from './choices'
import { DeleteButton, MoveButtons } from './row-buttons'
import { RuleDialog } from './rule-dialog'
import { actWords, conditionWords, vainWords } from './rule-words'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly rules: readonly RuleCard[]
  readonly choices: Choices
  readonly mayManage: boolean
}

export function RuleList({ slug, timeZone, rules, choices, mayManage }: Props) {
  if (rules.length === 0)
    return (
      <EmptyState
        icon={<Split />}
        title="No rules yet"
        description="Without rules every conversation waits for somebody to take it."
        action={mayManage && <NewRule slug={slug} choices={choices} />}
      />
    )
  const ids = rules.map(({ id }) => id)
  return (
    <Table label="List of rules">
      <TableHead>
        <Column>Rule</Column>
        <Column numeric className="hidden md:table-cell">
          Fired
        </Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {rules.map((rule) => (
          <Row key={rule.id}>
            <Cell>
              <span className="flex flex-wrap items-center gap-2 font-medium">
                {rule.name} {!rule.enabled && <Badge>not in force</Badge>}{' '}
                {rule.stops && <Badge>last to be asked</Badge>}
              </span>
              <span className="block text-pretty text-text-2">
                {[momentLabels[rule.moment], ...conditionWords(rule.conditions, choices)].join(' · ')} →{' '}
                {rule.actions.map((action) => actWords(action, choices)).join(' · ')}
              </span>
              <Problems problems={vainWords(rule.actions, choices)} />
              <span className="flex gap-2 pt-1 md:hidden">
                Fired <Fired rule={rule} timeZone={timeZone} />
              </span>
            </Cell>
            <Cell numeric className="hidden align-top whitespace-nowrap md:table-cell">
              <Fired rule={rule} timeZone={timeZone} />
            </Cell>
            <Cell className="w-24 text-right align-top md:whitespace-nowrap">
              {mayManage && (
                <>
                  <MoveButtons
                    id={rule.id}
                    name={rule.name}
                    ids={ids}
                    order={(moved) => orderRulesAction(slug, { ids: moved })}
                  />
                  <RuleDialog
                    slug={slug}
                    rule={rule}
                    choices={choices}
                    trigger={
                      <Button size="small" variant="ghost" aria-label={`Change ${rule.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <DeleteButton
                    name={rule.name}
                    what="rule"
                    lost="What it did stays done; the count of how often it fired goes."
                    run={() => deleteRuleAction(slug, { id: rule.id })}
                  />
                </>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function Fired({ rule: { fired, lastFiredAt }, timeZone }: { readonly rule: RuleCard; readonly timeZone: string }) {
  return (
    <>
      <span>
        {fired.toLocaleString('en')} {fired === 1 ? 'time' : 'times'}
      </span>
      {lastFiredAt && (
        <span className="block text-meta text-text-3">
          last <RelativeTime at={lastFiredAt} zone={timeZone} />
        </span>
      )}
    </>
  )
}

export const NewRule = ({ slug, choices }: Pick<Props, 'slug' | 'choices'>) => (
  <RuleDialog slug={slug} choices={choices} trigger={<Button variant="primary">New rule</Button>} />
)
