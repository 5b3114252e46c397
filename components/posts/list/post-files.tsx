'use client'

import { CalendarDays, Files, FileUp, Rss, Table2 } from 'lucide-react'
import { useState } from 'react'
import { read } from '@/components/shell/queries'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu'
import { toast } from '@/components/ui/toast'
import { paths } from '@/lib/core/paths'
import type { ExportedPosts } from '@/lib/posts/schema'
import { saveFile } from '@/components/ui/save-file'

type Props = {
  readonly workspace: string
  /** The list's filter, as the address has it. */
  readonly query: [string, string][]
  readonly mayWrite: boolean
}

/** Ways in and out for many posts at once. What is exported is what the list shows. */
export function PostFiles({ workspace, query, mayWrite }: Props) {
  const [lacking, setLacking] = useState<ExportedPosts>()
  const save = (format: 'csv' | 'ics') => async () => {
    try {
      const asked = new URLSearchParams([...query, ['format', format]])
      const file = await read<ExportedPosts>(`${paths.posts(workspace)}/export?${asked}`)
      saveFile(file)
      if (file.leftOut.length > 0) setLacking(file)
      else toast.done(`${counted(file)} exported, with all they say.`)
    } catch (failure) {
      toast.failed(failure instanceof Error ? failure.message : String(failure))
    }
  }
  return (
    <>
      <DropdownMenu trigger={<Button icon={<Files aria-hidden />}>Import and export</Button>}>
        {mayWrite && (
          <MenuItem icon={<FileUp aria-hidden />} href={paths.importPosts(workspace)}>
            Import posts
          </MenuItem>
        )}
        <MenuItem icon={<Rss aria-hidden />} href={paths.feeds(workspace)}>
          Feeds that draft posts
        </MenuItem>
        <MenuItem icon={<Table2 aria-hidden />} onSelect={() => void save('csv')()}>
          Export as a table (CSV)
        </MenuItem>
        <MenuItem icon={<CalendarDays aria-hidden />} onSelect={() => void save('ics')()}>
          Export as a calendar (ICS)
        </MenuItem>
      </DropdownMenu>
      <Dialog
        open={lacking !== undefined}
        onOpenChange={(open) => !open && setLacking(undefined)}
        title={lacking ? `${counted(lacking)} exported` : ''}
        description="The file was saved. It cannot hold:"
        footer={
          <DialogClose asChild>
            <Button variant="primary">Close</Button>
          </DialogClose>
        }
      >
        <ul className="flex list-disc flex-col gap-2 pl-5 text-table">
          {lacking?.leftOut.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Dialog>
    </>
  )
}

const counted = ({ posts }: ExportedPosts): string => (posts === 1 ? '1 post' : `${posts} posts`)
