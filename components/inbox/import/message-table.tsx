'use client'

import { Ban, CircleCheck, CopyCheck } from 'lucide-react'
import { useState } from 'react'
import { ImportHead, wide } from '@/components/posts/import/import-head'
import { Button } from '@/components/ui/button'
import { StatusBadge, type StatusLooks } from '@/components/ui/status-badge'
import { Table } from '@/components/ui/table'
import { ZonedTime } from '@/components/ui/time'
import type { ImportedMessageRow } from '@/lib/inbox/schema'
import { kindLabel } from '../inbox-looks'

const looks: StatusLooks<ImportedMessageRow['state']> = {
  ready: { label: 'Ready', icon: CircleCheck, tone: 'published' },
  blocked: { label: 'Skipped', icon: Ban, tone: 'failed' },
  done: { label: 'Here already', icon: CopyCheck, tone: 'draft' },
}

/** A browser is slow with thousands of rows. */
const shownAtOnce = 100

type Props = { readonly label: string; readonly timeZone: string; readonly rows: readonly ImportedMessageRow[] }

/** Each message of the file, and what stands against it in words: what is skipped first, as it is what there is to do. */
export function MessageTable({ label, timeZone, rows }: Props) {
  const [most, setMost] = useState(shownAtOnce)
  const sorted = [...rows.filter(isBlocked), ...rows.filter((row) => !isBlocked(row))]
  const hidden = rows.length - most
  return (
    <div className="flex flex-col items-start gap-3">
      <Table label={label}>
        <ImportHead columns={['Row', 'Message', 'When', 'State']} />
        <tbody>
          {sorted.slice(0, most).map((row) => (
            <MessageRow key={row.row} row={row} timeZone={timeZone} />
          ))}
        </tbody>
      </Table>
      {hidden > 0 && (
        <Button onClick={() => setMost(most + shownAtOnce)}>
          {hidden > shownAtOnce ? `Show ${shownAtOnce} more of ${hidden}` : `Show ${hidden} more`}
        </Button>
      )}
    </div>
  )
}

const isBlocked = ({ state }: ImportedMessageRow): boolean => state === 'blocked'
function MessageRow({ row, timeZone }: { readonly row: ImportedMessageRow; readonly timeZone: string }) {
  const { written, message, problems } = row
  const when = message ? <ZonedTime at={message.at} zone={timeZone} zoneHidden /> : written.at
  return (
    <tr className="border-b align-top [&>td]:px-2 [&>td]:py-2">
      <td className="text-text-3 tabular-nums">{row.row}</td>
      <td className="w-full sm:min-w-56">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium [overflow-wrap:anywhere]">
            {message?.own ? 'We' : written.author || 'Nobody'}
          </span>
          {message && <span className="text-meta text-text-3">{kindLabel(message.kind)}</span>}
        </span>
        <span className="block [overflow-wrap:anywhere]">{written.text || 'No text'}</span>
        <ul className="flex flex-col gap-0.5 pt-0.5 text-meta text-danger-text empty:hidden">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1.5 text-meta text-text-2 sm:hidden">
          <StatusBadge state={row.state} looks={looks} />
          <span>{when}</span>
        </span>
      </td>
      <td className={`${wide} whitespace-nowrap tabular-nums`}>{when}</td>
      <td className={wide}>
        <StatusBadge state={row.state} looks={looks} />
      </td>
    </tr>
  )
}
