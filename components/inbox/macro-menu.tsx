'use client'

import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { paths } from '@/lib/core/paths'
import type { MacroCard } from '@/lib/routing/schema'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useInboxPlace } from './inbox-context'
import { useMacros } from './use-inbox'

type Props = {
  readonly onChoose: (macro: MacroCard) => void
  readonly trigger: ReactNode
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

/** Several changes at one touch. Typing a name finds one. */
export function MacroMenu({ onChoose, trigger, ...opening }: Props) {
  const { workspace, rights } = useInboxPlace()
  const macros = useMacros(workspace).data
  return (
    <DropdownMenu align="start" className="w-60" trigger={trigger} {...opening}>
      {macros?.length === 0 && (
        <MenuLabel>
          {rights.manage
            ? 'There are no macros yet.'
            : 'There are no macros yet. Owners, admins and managers make them.'}
        </MenuLabel>
      )}
      {macros?.map((macro) => (
        <MenuItem key={macro.id} onSelect={() => onChoose(macro)}>
          {macro.name}
        </MenuItem>
      ))}
      {rights.manage && (
        <>
          {macros && macros.length > 0 && <MenuSeparator />}
          <MenuItem icon={<Plus aria-hidden />} href={paths.inboxSettings(workspace, 'replies')}>
            {macros && macros.length > 0 ? 'Change macros' : 'Make the first macro'}
          </MenuItem>
        </>
      )}
    </DropdownMenu>
  )
}
