'use client'

import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/page'
import type { ReactNode } from 'react'
import { saveFile } from '../save-file'
import { rowsAsCsv } from './left-over'

type Props = {
  readonly rows: readonly { readonly row: number }[]
  readonly file: { readonly name: string; readonly format: string; readonly text: string }
  /** The rows with their reasons. */
  readonly children: ReactNode
}

/** What an import left out, to be corrected: its reasons, and of a table a file of just these rows. */
export function LeftOut({ rows, file: { name, format, text }, children }: Props) {
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
      {children}
    </Section>
  )
}
