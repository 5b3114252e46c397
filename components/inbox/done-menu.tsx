'use client'

import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { paths } from '@/lib/core/paths'
import { CircleCheck, Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useInboxPlace } from './inbox-context'

type Props = {
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** With a reason, or null where nobody says why. */
  readonly onDone: (disposition: string | null) => void
  readonly trigger: ReactNode
}

/** Why conversations end. Typing a word finds it. */
export function DoneMenu({ onDone, trigger, ...opening }: Props) {
  const { workspace, dispositions, rights } = useInboxPlace()
  return (
    <DropdownMenu {...opening} trigger={trigger} className="w-56">
      <MenuLabel>Done, because</MenuLabel>
      {dispositions.names.map((name) => (
        <MenuItem key={name} onSelect={() => onDone(name)}>
          {name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<CircleCheck aria-hidden />} onSelect={() => onDone(null)}>
        Done, without a reason
      </MenuItem>
      {rights.manage && (
        <MenuItem icon={<Settings2 aria-hidden />} href={paths.inboxSettings(workspace, 'done')}>
          Change these reasons
        </MenuItem>
      )}
    </DropdownMenu>
  )
}
