/** Addresses of pages, in one place so that no link is written by hand. `workspace` is a slug. */
export const paths = {
  signIn: '/sign-in',
  signUp: '/sign-up',
  forgotPassword: '/forgot-password',
  resetPassword: (token: string) => `/reset-password/${token}`,
  invitation: (token: string) => `/invitations/${token}`,
  outbox: '/outbox',
  newWorkspace: '/new-workspace',
  dashboard: (workspace: string) => `/${workspace}`,
  calendar: (workspace: string) => `/${workspace}/calendar`,
  compose: (workspace: string, query?: { post?: string; at?: string }) => `/${workspace}/compose${query ? `?${new URLSearchParams(query)}` : ''}`,
  posts: (workspace: string) => `/${workspace}/posts`,
  post: (workspace: string, id: string) => `/${workspace}/posts/${id}`,
  accounts: (workspace: string) => `/${workspace}/accounts`,
  account: (workspace: string, id: string) => `/${workspace}/accounts/${id}`,
  settings: (workspace: string) => `/${workspace}/settings`,
  members: (workspace: string) => `/${workspace}/settings/members`,
  sessions: (workspace: string) => `/${workspace}/settings/sessions`,
  audit: (workspace: string) => `/${workspace}/settings/audit`,
  apiKeys: (workspace: string) => `/${workspace}/settings/api-keys`,
  projects: (workspace: string) => `/${workspace}/settings/projects`,
  permissions: (workspace: string) => `/${workspace}/settings/permissions`,
} as const

/** First path segments that are pages of their own, so no workspace may take them as its slug. */
export const reservedSlugs: readonly string[] = ['api', 'sign-in', 'sign-up', 'forgot-password', 'reset-password', 'invitations', 'outbox', 'new-workspace', '_next', 'media', 'public', 'docs', 'health', 'metrics', 'settings', 'admin']
