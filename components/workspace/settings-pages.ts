import { paths } from '@/lib/core/paths'
import { may, type Permission, type Role } from '@/lib/workspace/schema'

type SettingsPage = { readonly label: string; readonly href: string; readonly hasParts?: boolean }

const all: readonly (Omit<SettingsPage, 'href'> & {
  readonly path: (slug: string) => string
  readonly can: Permission
})[] = [
  { label: 'Workspace', path: paths.settings, can: 'settings.view' },
  { label: 'Members', path: paths.members, can: 'team.read' },
  { label: 'Projects', path: paths.projects, can: 'project.read' },
  { label: 'Inbox', path: (slug) => paths.inboxSettings(slug), can: 'inbox.read', hasParts: true },
  { label: 'AI', path: paths.ai, can: 'budget.read' },
  { label: 'API keys', path: paths.apiKeys, can: 'apiKey.manage' },
  { label: 'Webhooks', path: paths.webhooks, can: 'webhook.manage', hasParts: true },
  { label: 'Permissions', path: paths.permissions, can: 'team.read' },
  { label: 'Audit trail', path: paths.audit, can: 'audit.read' },
  { label: 'Notifications', path: paths.notificationSettings, can: 'session.manage' },
  { label: 'Your sessions', path: paths.sessions, can: 'session.manage' },
]

/** The pages of the settings that a role may see, in their order. */
export const settingsPages = (slug: string, role: Role): readonly SettingsPage[] =>
  all
    .filter(({ can }) => may(role, can))
    .map(({ label, path, hasParts }) => ({ label, href: path(slug), ...(hasParts && { hasParts }) }))
