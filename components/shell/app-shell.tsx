'use client'

import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { undoNewest } from '@/components/ui/undos'
import { PanelLeft, Search } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { AccountMenu, type AccountLink, type Person } from './account-menu'
import { CommandMenu, type SearchPlace } from './command-menu'
import type { Command } from './commands'
import { SideNav, type NavItem } from './nav'
import { usePreference } from './preferences'
import { ShortcutSheet } from './shortcut-sheet'
import { useShortcut, useShortcutListener } from './shortcuts'
import { TabBar } from './tab-bar'
import { WorkspaceSwitcher, type Workspace } from './workspace-switcher'

type Props = {
  readonly current: Workspace
  readonly workspaces: readonly Workspace[]
  /** Where a new workspace is made; absent for those who may not. */
  readonly newWorkspaceHref?: string
  readonly person: Person
  readonly items: readonly NavItem[]
  readonly commands: readonly Command[]
  readonly places: readonly SearchPlace[]
  readonly accountLinks?: readonly AccountLink[]
  readonly signOut: () => void | Promise<void>
  /** In the top bar: the project picker, the workspace's time zone, a live light. */
  readonly beside?: ReactNode
  /** Above every page: something the whole workspace should know. */
  readonly notice?: ReactNode
  readonly children: ReactNode
}

/** The frame around every page of a workspace. */
export function AppShell({
  current,
  workspaces,
  newWorkspaceHref,
  person,
  items,
  commands,
  places,
  accountLinks,
  signOut,
  beside,
  notice,
  children,
}: Props) {
  const [searching, setSearching] = useState(false)
  const [listing, setListing] = useState(false)
  const [sidebar, setSidebar] = usePreference('sidebar')
  const [keys] = usePreference('keys')
  const toggle = () => setSidebar(sidebar === 'open' ? 'collapsed' : 'open')
  useShortcutListener(keys === 'on')
  useShortcut({ keys: 'z', label: 'Undo what was just done', group: 'Everywhere' }, () => void undoNewest())
  useShortcut({ keys: '[', label: 'Fold or unfold the sidebar', group: 'Everywhere' }, toggle)

  return (
    <div className="flex min-h-dvh">
      <aside
        aria-label="Sidebar"
        className="sticky top-0 hidden h-dvh w-sidebar shrink-0 flex-col border-r bg-sunken md:flex"
      >
        <div className="px-2 pt-1 pb-3">
          <WorkspaceSwitcher current={current} workspaces={workspaces} newHref={newWorkspaceHref} />
        </div>
        <div className="flex min-h-0 flex-1 flex-col justify-between gap-4 overflow-x-hidden overflow-y-auto px-2 py-0.5">
          <SideNav label="Main" items={items.filter(({ foot }) => !foot)} />
          <SideNav label="Workspace" items={items.filter(({ foot }) => foot)} />
        </div>
        <div className="p-2">
          <IconButton
            label={sidebar === 'open' ? 'Fold the sidebar' : 'Unfold the sidebar'}
            icon={<PanelLeft />}
            shortcut="["
            side="right"
            aria-expanded={sidebar === 'open'}
            onClick={toggle}
          />
        </div>
      </aside>
      <div className="flex min-w-0 flex-1 flex-col pb-tab-bar">
        <header className="sticky top-0 z-(--z-nav) flex h-top-bar shrink-0 items-center gap-2 border-b bg-canvas px-2 md:px-6">
          <div className="min-w-0 flex-1 md:hidden">
            <WorkspaceSwitcher current={current} workspaces={workspaces} newHref={newWorkspaceHref} />
          </div>
          <Button
            variant="ghost"
            icon={<Search aria-hidden />}
            onClick={() => setSearching(true)}
            className="hidden w-64 justify-start px-2 font-normal text-text-3 md:inline-flex"
          >
            <span className="flex-1 text-left">Search or jump to…</span>
            <Kbd keys="mod+k" />
          </Button>
          <div className="flex items-center gap-2 md:ml-auto">
            {beside}
            <IconButton
              label="Search and commands"
              icon={<Search />}
              onClick={() => setSearching(true)}
              className="md:hidden"
            />
            <AccountMenu
              person={person}
              {...(accountLinks && { links: accountLinks })}
              signOut={signOut}
              onShortcuts={() => setListing(true)}
            />
          </div>
        </header>
        {notice}
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      <TabBar items={items} />
      <CommandMenu commands={commands} places={places} open={searching} onOpenChange={setSearching} />
      <ShortcutSheet open={listing} onOpenChange={setListing} />
    </div>
  )
}
