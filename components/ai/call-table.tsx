import { Link } from '@/components/ui/link'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { ZonedTime } from '@/components/ui/time'
import type { AiCallRow } from '@/lib/billing/schema'
import { paths } from '@/lib/core/paths'
import { featureLabels } from './feature-labels'
import { money } from './money'

type Props = { readonly slug: string; readonly calls: readonly AiCallRow[]; readonly timeZone: string }

function became({ state, outcome, cacheHit }: AiCallRow): string {
  if (cacheHit) return 'Answered from memory'
  if (state === 'reserved') return 'Under way'
  if (state === 'lost') return 'Lost with its worker: counted in full'
  if (outcome === 'unknown') return 'No answer: counted in full'
  if (outcome === 'answered') return 'Answered'
  return outcome === 'unusable' ? 'Answered with something unusable' : 'Refused, cost nothing'
}

/** The latest calls, each with the message it was for. */
export function CallTable({ slug, calls, timeZone }: Props) {
  return (
    <Table label="The latest calls">
      <TableHead>
        <Column>When</Column>
        <Column>For</Column>
        <Column>Model</Column>
        <Column>What became of it</Column>
        <Column numeric>Tokens in / out</Column>
        <Column numeric>Cost</Column>
      </TableHead>
      <TableBody>
        {calls.map((call) => (
          <Row key={call.id}>
            <Cell className="whitespace-nowrap">
              <ZonedTime at={call.at} zone={timeZone} pattern="d MMM, HH:mm" zoneHidden />
            </Cell>
            <Cell>
              {call.conversationId ? (
                <Link className="link" href={`${paths.inbox(slug)}?open=${call.conversationId}`}>
                  {featureLabels[call.feature]}
                </Link>
              ) : (
                featureLabels[call.feature]
              )}
            </Cell>
            <Cell className="font-mono text-meta">{call.model}</Cell>
            <Cell>{became(call)}</Cell>
            <Cell numeric>{call.inputTokens === null ? 'not told' : `${call.inputTokens} / ${call.outputTokens}`}</Cell>
            <Cell numeric>{money(call.state === 'reserved' ? call.reservedMicros : call.costMicros)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
