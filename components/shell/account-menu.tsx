'use client'

import { Avatar } from '@/components/ui/avatar'
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import { Keyboard, LogOut } from 'lucide-react'
import { DensityChoice, ThemeChoice } from './appearance'

export type Person = { readonly name: string; readonly email: string; readonly avatarUrl?: string | null }
export type AccountLink = { readonly label: string; readonly href: string }

type Props = {
  readonly person: Person
  readonly links?: readonly AccountLink[]
  readonly signOut: () => void | Promise<void>
  readonly onShortcuts: () => void
}

/** Who is signed in, and how they like it here. */
export function AccountMenu({ person, links = [], signOut, onShortcuts }: Props) {
  return (
    <DropdownMenu
      className="w-60"
      trigger={
        <button type="button" className="grid size-8 place-items-center rounded-full touch:size-11">
          <Avatar name={person.name} src={person.avatarUrl} decorative />
          <span className="sr-only">Your account, {person.name}</span>
        </button>
      }
    >
      <div className="flex flex-col px-2 py-1.5">
        <span className="truncate text-table font-medium">{person.name}</span>
        <span className="truncate text-meta text-text-3">{person.email}</span>
      </div>
      <MenuSeparator />
      <ThemeChoice />
      <DensityChoice />
      <MenuSeparator />
      {links.map((link) => (
        <MenuItem key={link.href} href={link.href}>
          {link.label}
        </MenuItem>
      ))}
      <MenuItem icon={<Keyboard aria-hidden />} shortcut="?" onSelect={onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </DropdownMenu>
  )
}
