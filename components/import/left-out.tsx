'use client'

import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/page'
import type { ReactNode } from 'react'
import { saveFile } from '@/components/ui/save-file'
import type { Chosen } from './kind'
import { rowsAsCsv } from './left-over'

type Props = {
  readonly rows: readonly { readonly row: number }[]
  readonly file: Chosen
  readonly isTable: boolean
  /** The rows with their reasons. */
  readonly children: ReactNode
}

/** What an import left out, to be corrected: its reasons, and of a table a file of just these rows. */
export function LeftOut({ rows, file: { name, text }, isTable, children }: Props) {
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
        isTable && (
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
