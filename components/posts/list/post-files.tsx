'use client'

import { CalendarDays, Files, FileUp, Rss, Table2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu'
import { paths } from '@/lib/core/paths'

type Props = {
  readonly workspace: string
  /** The list's filter, as the address has it. */
  readonly query: [string, string][]
  readonly mayWrite: boolean
}

/** Ways in and out for many posts at once. What is exported is what the list shows. */
export function PostFiles({ workspace, query, mayWrite }: Props) {
  const save = (format: 'csv' | 'ics') => () => {
    // A download, not a page to go to.
    window.location.assign(`${paths.posts(workspace)}/export?${new URLSearchParams([...query, ['format', format]])}`)
  }
  return (
    <DropdownMenu trigger={<Button icon={<Files aria-hidden />}>Import and export</Button>}>
      {mayWrite && (
        <MenuItem icon={<FileUp aria-hidden />} href={paths.importPosts(workspace)}>
          Import posts
        </MenuItem>
      )}
      <MenuItem icon={<Rss aria-hidden />} href={paths.feeds(workspace)}>
        Feeds that draft posts
      </MenuItem>
      <MenuItem icon={<Table2 aria-hidden />} onSelect={save('csv')}>
        Export as a table (CSV)
      </MenuItem>
      <MenuItem icon={<CalendarDays aria-hidden />} onSelect={save('ics')}>
        Export as a calendar (ICS)
      </MenuItem>
    </DropdownMenu>
  )
}
