'use client'

import { Download } from 'lucide-react'
import { rowsAsCsv } from '@/components/posts/import/left-over'
import { saveFile } from '@/components/posts/save-file'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/page'
import type { ImportedMessageRow } from '@/lib/inbox/schema'
import { MessageTable } from './message-table'

type Props = {
  readonly rows: readonly ImportedMessageRow[]
  readonly timeZone: string
  readonly file: { readonly name: string; readonly format: 'csv' | 'json'; readonly text: string }
}

/** What an import left out, to be corrected: its reasons, and of a table a file of just these rows. */
export function MessagesLeftOut({ rows, timeZone, file: { name, format, text } }: Props) {
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
      <MessageTable label="Messages left out" timeZone={timeZone} rows={rows} />
    </Section>
  )
}
