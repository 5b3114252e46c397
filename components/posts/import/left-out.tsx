'use client'

import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/page'
import type { ImportedRow } from '@/lib/posts/schema'
import { saveFile } from '../save-file'
import { ImportTable } from './import-table'
import { rowsAsCsv } from './left-over'

type Props = {
  readonly rows: readonly ImportedRow[]
  readonly file: { readonly name: string; readonly format: 'csv' | 'ics'; readonly text: string }
}

/** What an import left out, to be corrected: its reasons, and of a table a file of just these rows. */
export function LeftOut({ rows, file: { name, format, text } }: Props) {
  const save = () =>
    saveFile({
      name: `left-out-${name}`,
      type: 'text/csv;charset=utf-8',
      text: rowsAsCsv(
        text,
        rows.map(({ row }) => row),
      ),
    })
  return (
    <Section
      title="Left out"
      description="Correct these and choose the corrected file: what is in already is not imported twice."
      action={
        format === 'csv' && (
          <Button icon={<Download aria-hidden />} onClick={save}>
            Save these as CSV
          </Button>
        )
      }
    >
      <ImportTable label="Posts left out" rows={rows} />
    </Section>
  )
}
