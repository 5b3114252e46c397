'use client'

import type { ReactNode } from 'react'
import { useTodoCount } from '@/components/inbox/use-todo-count'
import { Bell } from '@/components/notifications/bell'
import { AppShell } from '@/components/shell/app-shell'
import type { SearchPlace } from '@/components/shell/command-menu'
import type { Command } from '@/components/shell/commands'
import { LiveProvider, LiveStatus } from '@/components/shell/live'
import type { NavItem } from '@/components/shell/nav'
import { Queries } from '@/components/shell/queries'
import { paths } from '@/lib/core/paths'
import { may, type Permission, type Role, type WorkspaceChoice } from '@/lib/workspace/schema'
import { RememberWorkspace } from './remember-workspace'
import { settingsPages } from './settings-pages'
import { signOutTo } from './sign-out'

type Props = {
  readonly workspace: { readonly slug: string; readonly name: string; readonly timeZone: string }
  readonly role: Role
  readonly workspaces: readonly WorkspaceChoice[]
  readonly person: { readonly name: string; readonly email: string }
  /** When the page was made, ISO 8601. */
  readonly madeAt: string
  readonly children: ReactNode
}

const entry = ({ slug, name }: { slug: string; name: string }) => ({ id: slug, name, href: paths.dashboard(slug) })

function navOf(slug: string, role: Role, todo = 0): readonly NavItem[] {
  return [
    { href: paths.dashboard(slug), label: 'Dashboard', icon: 'dashboard', shortcut: 'g d', phone: true, exact: true },
    { href: paths.calendar(slug), label: 'Calendar', icon: 'calendar', shortcut: 'g c', phone: true },
    ...(may(role, 'post.create')
      ? [{ href: paths.compose(slug), label: 'Compose', icon: 'compose', phone: true } as const]
      : []),
    { href: paths.posts(slug), label: 'Posts', icon: 'posts', shortcut: 'g p' },
    {
      href: paths.inbox(slug),
      label: 'Inbox',
      icon: 'inbox',
      shortcut: 'g i',
      phone: true,
      count: todo,
      countLabel: 'to do',
    },
    { href: paths.analytics(slug), label: 'Analytics', icon: 'analytics' },
    { href: paths.contacts(slug), label: 'Contacts', icon: 'contacts', shortcut: 'g o' },
    { href: paths.media(slug), label: 'Media', icon: 'media', shortcut: 'g m' },
    { href: paths.accounts(slug), label: 'Accounts', icon: 'accounts', shortcut: 'g a' },
    { href: paths.settings(slug), label: 'Settings', icon: 'settings', shortcut: 'g s', foot: true },
  ]
}

/** Things to do from anywhere, each with the permission it takes. */
const doings = (slug: string): readonly (Command & { readonly can: Permission })[] => [
  {
    id: 'compose',
    label: 'Write a post',
    group: 'Do',
    shortcut: 'c',
    can: 'post.create',
    href: paths.compose(slug),
    keywords: ['new', 'compose', 'draft'],
  },
  {
    id: 'upload',
    label: 'Upload media',
    group: 'Do',
    can: 'media.upload',
    href: paths.media(slug, { upload: 'true' }),
    keywords: ['picture', 'image', 'video', 'file', 'photo'],
  },
  {
    id: 'connect',
    label: 'Connect an account',
    group: 'Do',
    can: 'account.connect',
    href: `${paths.accounts(slug)}?connect=true`,
    keywords: ['network', 'x', 'linkedin', 'bluesky'],
  },
  {
    id: 'invite',
    label: 'Invite someone',
    group: 'Do',
    can: 'team.invite',
    href: paths.members(slug),
    keywords: ['member', 'team'],
  },
  {
    id: 'new-project',
    label: 'New project',
    group: 'Do',
    can: 'project.manage',
    href: paths.projects(slug),
    keywords: ['brand', 'client'],
  },
  {
    id: 'new-api-key',
    label: 'New API key',
    group: 'Do',
    can: 'apiKey.manage',
    href: paths.apiKeys(slug),
    keywords: ['token'],
  },
  {
    id: 'new-webhook',
    label: 'New webhook',
    group: 'Do',
    can: 'webhook.manage',
    href: paths.webhooks(slug),
    keywords: ['events', 'integration', 'program'],
  },
]

function commandsOf(slug: string, role: Role, workspaces: readonly WorkspaceChoice[]): readonly Command[] {
  const pages = navOf(slug, role).map(({ href, label, shortcut }) => ({
    id: href,
    label,
    group: 'Go to',
    href,
    ...(shortcut && { shortcut }),
  }))
  const settings = settingsPages(slug, role).map(({ href, label }) => ({
    id: `settings ${href}`,
    label: `Settings: ${label}`,
    group: 'Go to',
    href,
  }))
  const others = workspaces.filter((other) => other.slug !== slug)
  return [
    ...doings(slug).filter(({ can }) => may(role, can)),
    ...pages,
    ...settings,
    ...others.map(({ slug: to, name }) => ({
      id: `workspace ${to}`,
      label: `Switch to ${name}`,
      group: 'Workspaces',
      href: paths.dashboard(to),
    })),
    { id: 'new-workspace', label: 'New workspace', group: 'Workspaces', href: paths.newWorkspace },
    { id: 'sign-out', label: 'Sign out', group: 'You', action: () => signOutTo(paths.signIn) },
  ]
}

const placesOf = (slug: string): readonly SearchPlace[] => [
  { id: 'posts', label: 'posts', hrefOf: (q) => paths.posts(slug, { q }) },
  { id: 'inbox', label: 'the inbox', hrefOf: (search) => paths.inbox(slug, { view: 'all', search }) },
]

/** The frame of every page of a workspace, with what this person's role may reach. */
export function WorkspaceFrame(props: Props) {
  const { workspace, person, madeAt } = props
  return (
    <Queries>
      <LiveProvider key={workspace.slug} workspace={workspace.slug} person={person.email} madeAt={madeAt}>
        <Shell {...props} />
      </LiveProvider>
    </Queries>
  )
}

function Shell({ workspace, role, workspaces, person, children }: Props) {
  const { slug, timeZone } = workspace
  const todo = useTodoCount(slug)
  return (
    <AppShell
      current={entry(workspace)}
      workspaces={workspaces.map(entry)}
      newWorkspaceHref={paths.newWorkspace}
      person={person}
      items={navOf(slug, role, todo)}
      commands={commandsOf(slug, role, workspaces)}
      places={placesOf(slug)}
      accountLinks={[{ label: 'Your sessions', href: paths.sessions(slug) }]}
      signOut={() => signOutTo(paths.signIn)}
      beside={
        <>
          <LiveStatus />
          <span className="hidden text-meta text-text-3 sm:inline" title={`Times are on the clock of ${timeZone}`}>
            {timeZone.replaceAll('_', ' ')}
          </span>
          <Bell workspace={slug} timeZone={timeZone} />
        </>
      }
    >
      <RememberWorkspace slug={slug} />
      {children}
    </AppShell>
  )
}
