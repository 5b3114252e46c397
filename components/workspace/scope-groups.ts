import { may, scopes, type Permission, type Role } from '@/lib/workspace/schema'

type Noun<P extends Permission = Permission> = P extends `${infer N}.${string}` ? N : never
const groups = ['Posts', 'Media', 'Inbox and contacts', 'Accounts and projects', 'Figures', 'AI', 'Workspace'] as const
type Group = (typeof groups)[number]

const groupOf: Readonly<Record<Noun, Group>> = {
  post: 'Posts',
  feed: 'Posts',
  media: 'Media',
  inbox: 'Inbox and contacts',
  contact: 'Inbox and contacts',
  incoming: 'Inbox and contacts',
  account: 'Accounts and projects',
  project: 'Accounts and projects',
  analytics: 'Figures',
  ai: 'AI',
  budget: 'AI',
  team: 'Workspace',
  session: 'Workspace',
  settings: 'Workspace',
  apiKey: 'Workspace',
  audit: 'Workspace',
  billing: 'Workspace',
  event: 'Workspace',
  mail: 'Workspace',
  webhook: 'Workspace',
}

/** What a key of this role may be given, by what it is about; nothing empty. */
export const scopeGroups = (role: Role): readonly { readonly name: Group; readonly scopes: readonly Permission[] }[] =>
  groups
    .map((name) => ({
      name,
      // A scope begins with its noun.
      scopes: scopes.filter((scope) => groupOf[scope.split('.')[0] as Noun] === name && may(role, scope)),
    }))
    .filter((group) => group.scopes.length > 0)

const reading = (scope: Permission) => /\.(read|view)$/.test(scope) && may('viewer', scope)
const publishing: readonly Permission[] = [
  'post.create',
  'post.update',
  'post.schedule',
  'post.publish',
  'media.upload',
]

/** What most keys are for: chosen by one press, then changed as needed. */
export const presets = (role: Role): readonly { readonly name: string; readonly scopes: readonly Permission[] }[] => [
  { name: 'Read only', scopes: scopes.filter((scope) => reading(scope) && may(role, scope)) },
  {
    name: 'Publish',
    scopes: scopes.filter((scope) => (reading(scope) || publishing.includes(scope)) && may(role, scope)),
  },
]
