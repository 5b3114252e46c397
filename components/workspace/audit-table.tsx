import { ScrollText, SearchX } from 'lucide-react'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { when } from '@/lib/core/format'
import { paths } from '@/lib/core/paths'
import type { EventRow } from '@/lib/workspace/schema'
import { Link } from '@/components/ui/link'

type Props = {
  readonly rows: readonly EventRow[]
  readonly workspace: string
  readonly timeZone: string
  readonly filtered: boolean
}

/** Where what happened is seen as it is now; it may be gone since. */
const pageOf: Readonly<Record<string, ((workspace: string, id: string) => string) | undefined>> = {
  account: paths.account,
  contact: paths.contact,
  conversation: (workspace, open) => paths.inbox(workspace, { view: 'all', open }),
  media: (workspace, file) => paths.media(workspace, { file }),
  post: paths.post,
  webhook: paths.webhook,
}

/** What happened, the latest first: when, who, about what. */
export function AuditTable({ rows, workspace, timeZone, filtered }: Props) {
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
              <Subject type={subjectType} id={subjectId} href={pageOf[subjectType]?.(workspace, subjectId)} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

type SubjectProps = { readonly type: string; readonly id: string; readonly href: string | undefined }

function Subject({ type, id, href }: SubjectProps) {
  const name = (
    <>
      {type}{' '}
      <code className="font-mono" title={id}>
        {id.slice(-6)}
      </code>
    </>
  )
  return href ? (
    <Link href={href} className="rounded-control text-accent-text hover:underline">
      {name}
    </Link>
  ) : (
    name
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
