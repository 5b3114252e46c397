/** What a report is about: all accounts where none is named, and the first business hours where no calendar is. */
export type ReportAsked = {
  readonly days: number
  readonly hours?: string | undefined
  readonly accounts?: readonly string[]
}
const reportQuery = ({ days, hours, accounts = [] }: ReportAsked): URLSearchParams =>
  new URLSearchParams({
    days: String(days),
    ...(hours ? { hours } : {}),
    // As the filter on the page keeps them there.
    ...(accounts.length > 0 ? { account: accounts.join(',') } : {}),
  })

/** Addresses of pages, in one place so that no link is written by hand. `workspace` is a slug. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  /** Sign in, then go on to `next`. */
  signInThen: (next: string, email?: string) =>
    `/sign-in?${new URLSearchParams({ next, ...(email ? { email } : {}) })}`,
  signUp: '/sign-up',
  forgotPassword: '/forgot-password',
  resetPassword: (token: string) => `/reset-password/${token}`,
  invitation: (token: string) => `/invitations/${token}`,
  outbox: '/outbox',
  newWorkspace: '/new-workspace',
  dashboard: (workspace: string) => `/${workspace}`,
  calendar: (workspace: string) => `/${workspace}/calendar`,
  compose: (workspace: string, query?: { post?: string; at?: string }) =>
    `/${workspace}/compose${query ? `?${new URLSearchParams(query)}` : ''}`,
  /** What the composer reads while it is open. */
  composeRead: (workspace: string, what: 'choices' | 'check') => `/${workspace}/compose/read/${what}`,
  analytics: (workspace: string, asked?: ReportAsked) =>
    `/${workspace}/analytics${asked ? `?${reportQuery(asked)}` : ''}`,
  /** The same as a table, for other programs. */
  analyticsExport: (workspace: string, asked: ReportAsked) => `/${workspace}/analytics/export?${reportQuery(asked)}`,
  posts: (workspace: string, query?: { q?: string }) =>
    `/${workspace}/posts${query ? `?${new URLSearchParams(query)}` : ''}`,
  importPosts: (workspace: string) => `/${workspace}/posts/import`,
  feeds: (workspace: string) => `/${workspace}/posts/feeds`,
  post: (workspace: string, id: string) => `/${workspace}/posts/${id}`,
  inbox: (workspace: string, query?: { open?: string; view?: string; search?: string }) =>
    `/${workspace}/inbox${query ? `?${new URLSearchParams(query)}` : ''}`,
  inboxRead: (
    workspace: string,
    what:
      | 'list'
      | 'counts'
      | 'todo'
      | 'conversation'
      | 'messages'
      | 'templates'
      | 'labels'
      | 'macros'
      | 'replies'
      | 'understood'
      | 'views'
      | 'answered'
      | 'noted',
  ) => `/${workspace}/inbox/read/${what}`,
  /** What one was told, for the bell. */
  notifications: (workspace: string) => `/${workspace}/notifications`,
  contacts: (workspace: string) => `/${workspace}/contacts`,
  contactsRead: (workspace: string) => `/${workspace}/contacts/read`,
  contact: (workspace: string, id: string) => `/${workspace}/contacts/${id}`,
  contactExport: (workspace: string, id: string) => `/${workspace}/contacts/${id}/export`,
  media: (workspace: string, query?: { file?: string; upload?: string }) =>
    `/${workspace}/media${query ? `?${new URLSearchParams(query)}` : ''}`,
  accounts: (workspace: string) => `/${workspace}/accounts`,
  account: (workspace: string, id: string) => `/${workspace}/accounts/${id}`,
  examination: (workspace: string, id: string) => `/${workspace}/accounts/${id}/examination`,
  settings: (workspace: string) => `/${workspace}/settings`,
  members: (workspace: string) => `/${workspace}/settings/members`,
  sessions: (workspace: string) => `/${workspace}/settings/sessions`,
  notificationSettings: (workspace: string) => `/${workspace}/settings/notifications`,
  audit: (workspace: string) => `/${workspace}/settings/audit`,
  apiDescription: () => '/api/openapi.json',
  apiKeys: (workspace: string) => `/${workspace}/settings/api-keys`,
  webhooks: (workspace: string) => `/${workspace}/settings/webhooks`,
  webhook: (workspace: string, id: string) => `/${workspace}/settings/webhooks/${id}`,
  projects: (workspace: string) => `/${workspace}/settings/projects`,
  /** Where a draft by AI is asked for. */
  inboxDraft: (workspace: string) => `/${workspace}/inbox/draft`,
  /** Where one answer to many is looked over before it is sent. */
  inboxAlike: (workspace: string) => `/${workspace}/inbox/alike`,
  ai: (workspace: string) => `/${workspace}/settings/ai`,
  permissions: (workspace: string) => `/${workspace}/settings/permissions`,
  inboxSettings: (
    workspace: string,
    part?: 'promises' | 'teams' | 'labels' | 'replies' | 'triage' | 'done' | 'import',
  ) => `/${workspace}/settings/inbox${part ? `/${part}` : ''}`,
} as const

/** A page of ours that an address asks to go to next; anything else, which could lead to another site, is `otherwise`. */
export function ownPath(given: string | undefined, otherwise: string): string {
  if (!given?.startsWith('/')) return otherwise
  const base = 'http://own.invalid'
  const url = URL.canParse(given, base) ? new URL(given, base) : undefined
  // “/.//site” comes out as “//site”, which is another site's address.
  return url?.origin === base && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : otherwise
}

/** First path segments that are pages of their own, so no workspace may take them as its slug. */
export const reservedSlugs: readonly string[] = [
  'api',
  'sign-in',
  'sign-up',
  'forgot-password',
  'reset-password',
  'invitations',
  'outbox',
  'new-workspace',
  '_next',
  'media',
  'public',
  'docs',
  'health',
  'metrics',
  'settings',
  'admin',
]

/** The browser's note of which workspace it showed last. */
export const lastWorkspaceCookie = 'posthorn.workspace'
