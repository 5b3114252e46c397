'use client'

import { Avatar } from '@/components/ui/avatar'
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { Check, ChevronsUpDown, Plus } from 'lucide-react'

export type Workspace = {
  readonly id: string
  readonly name: string
  readonly href: string
  readonly avatarUrl?: string | null
}

type Props = {
  readonly current: Workspace
  readonly workspaces: readonly Workspace[]
  readonly newHref?: string | undefined
}

/** Which workspace this is, and the way to the others. */
export function WorkspaceSwitcher({ current, workspaces, newHref }: Props) {
  return (
    <DropdownMenu
      align="start"
      className="w-60"
      trigger={
        <button
          type="button"
          className="flex h-10 w-full min-w-0 items-center gap-2 rounded-control px-2 text-left transition-colors hover:bg-hover md:collapsed:w-10 touch:h-11"
        >
          <Avatar name={current.name} src={current.avatarUrl} size="small" square decorative />
          <span className="min-w-0 flex-1 truncate font-semibold md:collapsed:sr-only">{current.name}</span>
          <span className="sr-only">Switch workspace</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-text-3 md:collapsed:hidden" />
        </button>
      }
    >
      <MenuLabel>Workspaces</MenuLabel>
      {workspaces.map((workspace) => (
        <MenuItem
          key={workspace.id}
          href={workspace.href}
          icon={<Avatar name={workspace.name} src={workspace.avatarUrl} size="small" square decorative />}
        >
          <span className="flex items-center justify-between gap-2">
            <span className="truncate">{workspace.name}</span>
            {workspace.id === current.id && <Check aria-label="current" className="text-text-3" />}
          </span>
        </MenuItem>
      ))}
      {newHref && (
        <>
          <MenuSeparator />
          <MenuItem href={newHref} icon={<Plus aria-hidden />}>
            New workspace
          </MenuItem>
        </>
      )}
    </DropdownMenu>
  )
}
