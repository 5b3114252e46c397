'use client'

import { Ban, CircleCheck, CopyCheck, MessageCircleWarning } from 'lucide-react'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { StatusBadge, type StatusLooks } from '@/components/ui/status-badge'
import { Table } from '@/components/ui/table'
import type { ImportedRow } from '@/lib/posts/schema'
import { ImportHead, wide } from './import-head'

const looks: StatusLooks<ImportedRow['state']> = {
  ready: { label: 'Ready', icon: CircleCheck, tone: 'published' },
  doubtful: { label: 'Would be refused', icon: MessageCircleWarning, tone: 'review' },
  blocked: { label: 'Skipped', icon: Ban, tone: 'failed' },
  done: { label: 'Imported before', icon: CopyCheck, tone: 'draft' },
}

/** Each post of the file, and what stands against it in words. On a phone everything of a post stands in one cell. */
export function ImportTable({ label, rows }: { readonly label: string; readonly rows: readonly ImportedRow[] }) {
  return (
    <Table label={label}>
      <ImportHead columns={['Row', 'Post', 'When', 'Accounts', 'State']} />
      <tbody>
        {rows.map((row) => (
          <Row key={row.row} row={row} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ row }: { readonly row: ImportedRow }) {
  return (
    <tr className="border-b align-top [&>td]:px-2 [&>td]:py-2">
      <td className="text-text-3 tabular-nums">{row.row}</td>
      <td className="w-full sm:min-w-56">
        <span className="[overflow-wrap:anywhere]">{row.excerpt || 'No text'}</span>
        <ul className="flex flex-col gap-0.5 pt-0.5 text-meta empty:hidden">
          {row.problems.map(({ severity, message }) => (
            <li key={message} className={severity === 'refusal' ? 'text-danger-text' : 'text-text-2'}>
              {message}
            </li>
          ))}
        </ul>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1.5 text-meta text-text-2 sm:hidden">
          <StatusBadge state={row.state} looks={looks} />
          <span className="tabular-nums">{whenOf(row)}</span>
          <Accounts row={row} />
        </span>
      </td>
      <td className={`${wide} whitespace-nowrap tabular-nums`}>
        {whenOf(row)}
        {row.wallTime && <span className="block text-meta text-text-3">{row.timeZone.replaceAll('_', ' ')}</span>}
      </td>
      <td className={wide}>
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          <Accounts row={row} />
        </span>
      </td>
      <td className={wide}>
        <StatusBadge state={row.state} looks={looks} />
      </td>
    </tr>
  )
}

const whenOf = ({ wallTime }: ImportedRow): string => wallTime?.replace('T', ' ') ?? 'Draft'

function Accounts({ row: { accounts } }: { readonly row: ImportedRow }) {
  return accounts.map(({ id, platform, handle }) => (
    <span key={id} className="flex items-center gap-1">
      {/* The column holds PlatformName, and there is a mark for every one. */}
      <NetworkGlyph network={platform as GlyphName} />
      {handle}
    </span>
  ))
}
