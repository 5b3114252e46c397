'use client'

import { Ban, CircleCheck, CopyCheck } from 'lucide-react'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { StatusBadge, type StatusLooks } from '@/components/ui/status-badge'
import { Table } from '@/components/ui/table'
import type { ImportedRow, ImportPreview } from '@/lib/posts/schema'

const looks: StatusLooks<ImportedRow['state']> = {
  ready: { label: 'Ready', icon: CircleCheck, tone: 'published' },
  blocked: { label: 'Skipped', icon: Ban, tone: 'failed' },
  done: { label: 'Imported before', icon: CopyCheck, tone: 'draft' },
}

/** Each post of the file, and what stands against it in words. */
export function ImportTable({ preview }: { readonly preview: ImportPreview }) {
  return (
    <Table label="Posts of the file">
      <thead>
        <tr className="border-b text-meta text-text-3 [&>th]:px-2 [&>th]:py-1.5 [&>th]:font-medium">
          <th scope="col">Row</th>
          <th scope="col">Post</th>
          <th scope="col">When</th>
          <th scope="col">Accounts</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {preview.rows.map((row) => (
          <Row key={row.row} row={row} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ row: { row, state, excerpt, wallTime, timeZone, accounts, problems } }: { readonly row: ImportedRow }) {
  return (
    <tr className="border-b align-top [&>td]:px-2 [&>td]:py-2">
      <td className="text-text-3 tabular-nums">{row}</td>
      <td className="min-w-56">
        <span className="[overflow-wrap:anywhere]">{excerpt || 'No text'}</span>
        <ul className="flex flex-col gap-0.5 pt-0.5 text-meta empty:hidden">
          {problems.map(({ severity, message }) => (
            <li key={message} className={severity === 'refusal' ? 'text-danger-text' : 'text-text-2'}>
              {message}
            </li>
          ))}
        </ul>
      </td>
      <td className="whitespace-nowrap tabular-nums">
        {wallTime ? (
          <>
            {wallTime.replace('T', ' ')}
            <span className="block text-meta text-text-3">{timeZone.replaceAll('_', ' ')}</span>
          </>
        ) : (
          'Draft'
        )}
      </td>
      <td>
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          {accounts.map(({ id, platform, handle }) => (
            <span key={id} className="flex items-center gap-1">
              {/* The column holds PlatformName, and there is a mark for every one. */}
              <NetworkGlyph network={platform as GlyphName} />
              {handle}
            </span>
          ))}
        </span>
      </td>
      <td>
        <StatusBadge state={state} looks={looks} />
      </td>
    </tr>
  )
}
