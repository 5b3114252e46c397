import { ScrollText, SearchX } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { when } from '@/lib/core/format'
import type { EventRow } from '@/lib/workspace/schema'

type Props = { readonly rows: readonly EventRow[]; readonly timeZone: string; readonly filtered: boolean }

export function AuditTable({ rows, timeZone, filtered }: Props) {
  if (rows.length === 0) {
    return filtered ? (
      <EmptyState
        icon={<SearchX />}
        title="Nothing matches"
        description="Choose another period, or clear the filters."
      />
    ) : (
      <EmptyState icon={<ScrollText />} title="Nothing has happened yet" />
    )
  }
  return (
    <Table label="List of what happened">
      <TableHead>
        <Column>When</Column>
        <Column>What happened</Column>
        <Column className="hidden md:table-cell">Subject</Column>
      </TableHead>
      <TableBody>
        {rows.map(({ id, at, actor, sentence, excerpt, subjectType, subjectId }) => (
          <Row key={id}>
            <Cell className="min-w-28 text-text-2 tabular-nums md:whitespace-nowrap">
              <time dateTime={at.toISOString()}>{when(at, timeZone, 'd MMM yyyy, HH:mm:ss')}</time>
            </Cell>
            <Cell className="py-2">
              <span className="font-medium">{actor}</span> {sentence}
              {excerpt && <Excerpt excerpt={excerpt} />}
            </Cell>
            <Cell className="hidden text-meta whitespace-nowrap text-text-3 md:table-cell">
              {subjectType}{' '}
              <code className="font-mono" title={subjectId}>
                {subjectId.slice(-6)}
              </code>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

/** What an entry is about, in a line. */
function Excerpt({ excerpt }: { readonly excerpt: NonNullable<EventRow['excerpt']> }) {
  if (excerpt === 'erased') return <p className="text-meta text-text-3">Its words were erased.</p>
  return (
    <p dir="auto" title={excerpt.text} className="line-clamp-1 text-meta break-all text-text-3">
      “{excerpt.text}”
    </p>
  )
}
