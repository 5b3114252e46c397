import { Ban, CircleCheck, CopyCheck, MessageCircleWarning } from 'lucide-react'
import { StatusBadge, type StatusLooks } from '@/components/ui/status-badge'
import type { FileRow, Look } from './kind'

const looks: StatusLooks<FileRow['state']> = {
  ready: { label: 'Ready', icon: CircleCheck, tone: 'published' },
  doubtful: { label: 'Would be refused', icon: MessageCircleWarning, tone: 'review' },
  blocked: { label: 'Skipped', icon: Ban, tone: 'failed' },
  done: { label: 'Here already', icon: CopyCheck, tone: 'draft' },
}

/** For cells that a phone shows within the second one. */
export const wide = 'hidden sm:table-cell'

/** One row of a file. On a phone everything of it stands in one cell. */
export function FileLine<Row extends FileRow>({ row, look }: { readonly row: Row; readonly look: Look<Row> }) {
  const badge = <StatusBadge state={row.state} looks={looks} />
  return (
    <tr className="border-b align-top [&>td]:px-2 [&>td]:py-2">
      <td className="text-text-3 tabular-nums">{row.row}</td>
      <td className="w-full [overflow-wrap:anywhere] sm:min-w-56">
        {look.words(row)}
        <ul className="flex flex-col gap-0.5 pt-0.5 text-meta empty:hidden">
          {look.problems(row).map(({ message, isRefusal }) => (
            <li key={message} className={isRefusal ? 'text-danger-text' : 'text-text-2'}>
              {message}
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1.5 text-meta text-text-2 tabular-nums sm:hidden">
          {badge}
          {look.columns.map(({ name, of }) => (
            <span key={name} className="empty:hidden">
              {of(row)}
            </span>
          ))}
        </div>
      </td>
      {look.columns.map(({ name, of }) => (
        <td key={name} className={`${wide} whitespace-nowrap tabular-nums`}>
          {of(row)}
        </td>
      ))}
      <td className={wide}>{badge}</td>
    </tr>
  )
}
