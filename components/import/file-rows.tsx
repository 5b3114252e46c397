'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Table } from '@/components/ui/table'
import { FileLine, wide } from './file-line'
import type { FileRow, Look } from './kind'

/** A browser is slow with thousands of rows. */
const shownAtOnce = 100

type Props<Row> = {
  readonly label: string
  /** What a row is. */
  readonly thing: string
  readonly look: Look<Row>
  readonly rows: readonly Row[]
}

/** Each row of a file, and what stands against it in words: what is skipped first, as it is what there is to do. */
export function FileRows<Row extends FileRow>({ label, thing, look, rows }: Props<Row>) {
  const [most, setMost] = useState(shownAtOnce)
  const sorted = [...rows.filter(isBlocked), ...rows.filter((row) => !isBlocked(row))]
  const hidden = rows.length - most
  return (
    <div className="flex flex-col items-start gap-3">
      <Table label={label}>
        <thead>
          <tr className="border-b text-meta text-text-3 [&>th]:px-2 [&>th]:py-1.5 [&>th]:font-medium">
            {['Row', thing, ...look.columns.map(({ name }) => name), 'State'].map((name, place) => (
              <th key={name} scope="col" className={place > 1 ? wide : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, most).map((row) => (
            <FileLine key={row.row} row={row} look={look} />
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

const isBlocked = ({ state }: FileRow): boolean => state === 'blocked'
