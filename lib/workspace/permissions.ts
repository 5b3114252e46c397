export const roles = ['owner', 'admin', 'manager', 'editor', 'viewer'] as const
export type MemberRole = (typeof roles)[number]
/** `system` is the worker acting for the workspace, with no person behind it. */
export type Role = MemberRole | 'system'

const everyone = ['owner', 'admin', 'manager', 'editor', 'viewer', 'system'] as const
const writers = ['owner', 'admin', 'manager', 'editor'] as const
const publishers = ['owner', 'admin', 'manager'] as const
const admins = ['owner', 'admin'] as const

/** Who may do what, on one page. */
export const permissions = {
  'post.read': everyone,
  'post.create': writers,
  'post.update': writers,
  'post.schedule': publishers,
  'post.publish': publishers,
  'post.delete': admins,
  'post.send': ['system'],
  'feed.manage': publishers,
  'feed.check': ['system'],
  'media.read': everyone,
  // The worker brings pictures of what a feed tells.
  'media.upload': [...writers, 'system'],
  'media.organise': writers,
  'media.edit': writers,
  'media.delete': admins,
  'media.work': ['system'],
  'account.read': everyone,
  'account.connect': admins,
  'account.use': ['system'],
  'project.read': everyone,
  'project.manage': publishers,
  'analytics.view': everyone,
  'analytics.export': admins,
  'analytics.collect': ['system'],
  'team.read': everyone,
  'team.invite': publishers,
  'team.manage': ['owner'],
  'session.manage': ['owner', 'admin', 'manager', 'editor', 'viewer'],
  'settings.view': ['owner', 'admin', 'system'],
  'settings.update': admins,
  'apiKey.manage': admins,
  'audit.read': admins,
  'audit.seal': ['system'],
  'billing.view': ['owner'],
  'billing.manage': ['owner'],
  'event.deliver': ['system'],
  'mail.deliver': ['system'],
  'incoming.handle': ['system'],
  'inbox.read': everyone,
  'inbox.triage': writers,
  'inbox.draft': writers,
  'inbox.reply': publishers,
  'inbox.send': ['system'],
  'contact.read': everyone,
  'contact.update': writers,
  // The worker ends what somebody began who erased a person.
  'contact.erase': [...admins, 'system'],
  'inbox.import': publishers,
  'ai.use': ['owner', 'admin', 'manager', 'editor', 'system'],
  'ai.manage': admins,
  'budget.read': publishers,
  'budget.manage': ['owner'],
  'inbox.manage': publishers,
  'webhook.manage': admins,
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof permissions

/** What each permission lets a person do, for the permission page and for refusals. */
export const permissionLabels: Record<Permission, string> = {
  'post.read': 'See posts and the calendar',
  'post.create': 'Write drafts',
  'post.update': 'Edit posts that are not scheduled',
  'post.schedule': 'Schedule and move posts, and change what is scheduled',
  'post.publish': 'Publish posts now',
  'post.delete': 'Delete posts, also at the network',
  'post.send': 'Send due posts (the worker)',
  'feed.manage': 'Follow feeds',
  'feed.check': 'Draft posts from feeds (the worker)',
  'media.read': 'See media',
  'media.upload': 'Upload media',
  'media.organise': 'Sort media into folders and by tags',
  'media.edit': 'Cut, turn and convert media',
  'media.delete': 'Delete media',
  'media.work': 'Draw stills, trim and convert videos (the worker)',
  'account.read': 'See connected accounts',
  'account.connect': 'Connect and disconnect accounts',
  'account.use': 'Use an account’s token (the worker)',
  'project.read': 'See projects',
  'project.manage': 'Create and archive projects',
  'analytics.view': 'See figures',
  'analytics.export': 'Export figures',
  'analytics.collect': 'Collect figures (the worker)',
  'team.read': 'See who is in the team',
  'team.invite': 'Invite people',
  'team.manage': 'Change roles and remove people',
  'session.manage': 'See and end one’s own sessions',
  'settings.view': 'See settings',
  'settings.update': 'Change settings',
  'apiKey.manage': 'Create and revoke API keys',
  'audit.read': 'Read the audit trail',
  'audit.seal': 'Seal the audit trail (the worker)',
  'billing.view': 'See billing',
  'billing.manage': 'Change billing',
  'event.deliver': 'Tell events to those who listen (the worker)',
  'mail.deliver': 'Deliver mail (the worker)',
  'incoming.handle': 'Handle what networks report (the worker)',
  'inbox.read': 'Read the inbox',
  'inbox.triage': 'Assign, label, snooze and end conversations',
  'inbox.draft': 'Write answers for approval',
  'inbox.reply': 'Answer people, and approve answers',
  'inbox.send': 'Send answers (the worker)',
  'contact.read': 'See contacts, and export what we keep of one',
  'contact.update': 'Edit, tag, merge and separate contacts',
  'contact.erase': 'Erase everything of a contact',
  'inbox.import': 'Bring in messages from elsewhere',
  'ai.use': 'Have AI read messages and draft answers',
  'ai.manage': 'Set up AI: key, models, voice, knowledge and policy',
  'budget.read': 'See what AI costs',
  'budget.manage': 'Set how much AI may cost',
  'inbox.manage': 'Set up rules, teams, labels, promises and saved replies',
  'webhook.manage': 'Have other programs told of events (webhooks)',
}

export const may = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role)

/** Whom to ask for what a role may not, as a sentence: “Ask an owner, admin or manager of Northwind.” */
export function whomToAsk(permission: Permission, where = 'this workspace'): string {
  const able = roles.filter((role) => may(role, permission))
  if (able.length === 0) return 'Only Posthorn itself does this.'
  return `Ask an ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(able)} of ${where}.`
}

/** How high a role stands: an owner is 0. Nobody gives a role higher than their own. */
export const isAtMost = (role: MemberRole, limit: Role): boolean =>
  limit !== 'system' && roles.indexOf(role) >= roles.indexOf(limit)
