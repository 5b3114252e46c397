import { z } from 'zod'
import { permissions, roles, type Permission, type Role } from './permissions'

export {
  may,
  permissionLabels,
  permissions,
  roles,
  whomToAsk,
  type MemberRole,
  type Permission,
  type Role,
} from './permissions'

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'This address is too long to be one')
  .pipe(z.email('Enter an email address, like ada@example.com'))

/** The one rule for passwords, said wherever one is chosen. */
export const passwordRule = 'At least 12 characters. A few unrelated words work well.'
const newPassword = z
  .string()
  .min(12, 'Use at least 12 characters')
  // argon2 reads all of it: without a bound one request could be made arbitrarily dear.
  .max(200, 'Use at most 200 characters')

const name = (what: string, max: number) =>
  z.string().trim().min(1, `Enter ${what}`).max(max, `Use at most ${max} characters`)
const personName = name('your name', 100)
const workspaceName = name('a name for the workspace', 60)
const projectName = name('a name for the project', 60)

/** True for names of the IANA time zone database that this machine knows; offsets like +01:00 are not names. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0
  } catch {
    // The only way Intl says no.
    return false
  }
}
const timeZone = z.string().refine(isTimeZone, 'Choose a time zone from the list, like Europe/Zurich')

const token = z.string().min(1).max(200)
const id = z.string().min(1).max(100)

export const SignIn = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .min(1, 'Enter your email address')
    .max(254, 'This address is too long to be one'),
  password: z.string().min(1, 'Enter your password').max(200, 'Use at most 200 characters'),
})
export const SignUp = z.object({ name: personName, email, password: newPassword, workspaceName, timeZone })
export const RequestPasswordReset = z.object({ email })
export const ResetPassword = z.object({ token, password: newPassword })

export const CreateWorkspace = z.object({ name: workspaceName, timeZone })
export const UpdateWorkspace = z.object({
  name: workspaceName,
  timeZone,
  weekStartsOn: z.union([z.literal(0), z.literal(1), z.literal(6)], 'Choose Saturday, Sunday or Monday'),
  lateAfterMinutes: z
    .number('Enter a number of minutes')
    .int('Enter whole minutes')
    .min(1, 'At least 1 minute')
    .max(10_080, 'At most 10,080 minutes, which is a week'),
})

export const InviteMember = z.object({ email, role: z.enum(roles, 'Choose a role') })
export const InvitationId = z.object({ invitationId: id })
export const ReadInvitation = z.object({ token })
export const JoinAsNew = z.object({ token, name: personName, password: newPassword })
export const JoinAsMyself = z.object({ token })

export const ChangeRole = z.object({ memberId: id, role: z.enum(roles, 'Choose a role') })
export const MemberId = z.object({ memberId: id })
export const SessionId = z.object({ sessionId: id })
export const ProjectName = z.object({ name: projectName })
export const RenameProject = z.object({ projectId: id, name: projectName })
export const ProjectId = z.object({ projectId: id })
export const ListProjects = z.object({ archived: z.boolean().default(false) })

/** A page of a list: what follows `after`, the id of the last row seen. */
export const Page = z.object({ after: id.optional(), take: z.number().int().min(1).max(100).default(50) })
export type Paged<T> = {
  readonly rows: readonly T[]
  /** Where the next page begins, when there is one. */ readonly next?: string
}

/** What a key may never do: act as a person, or make and unmake people and keys. */
const personal: readonly Permission[] = [
  'session.manage',
  'apiKey.manage',
  'team.manage',
  'team.invite',
  'billing.manage',
]
/** The permissions an API key can be given. */
export const scopes = (Object.keys(permissions) as Permission[]).filter(
  (permission) =>
    !personal.includes(permission) && (permissions[permission] as readonly Role[]).some((role) => role !== 'system'),
)
export const keyLifetimes = { days30: 30, days90: 90, year: 365, forever: undefined } as const
export const CreateApiKey = z.object({
  name: name('what the key is for', 60),
  scopes: z.array(z.enum(scopes as [Permission, ...Permission[]])).min(1, 'Choose at least one thing the key may do'),
  lifetime: z.enum(['days30', 'days90', 'year', 'forever'], 'Choose how long the key works'),
})
export const ApiKeyId = z.object({ apiKeyId: id })

const day = z.iso.date('Enter a date, like 2026-11-21')
/** `from` and `to` are days on the workspace's wall clock, both included. */
export const ListEvents = Page.extend({
  type: z.string().max(100).optional(),
  actor: z.string().max(100).optional(),
  from: day.optional(),
  to: day.optional(),
})

export type MemberRow = {
  id: string
  name: string
  email: string
  role: (typeof roles)[number]
  joinedAt: Date
  isYou: boolean
}
/** Who a member is, where one is chosen or named. */
export type MemberName = Pick<MemberRow, 'id' | 'name' | 'role'>
export type InvitationRow = {
  id: string
  email: string
  role: (typeof roles)[number]
  invitedBy: string
  createdAt: Date
  expiresAt: Date
  expired: boolean
  /** No mail is sent here: inviting again gives a link to hand over. */
  handedOver: boolean
}
export type SessionRow = { id: string; device: string; ip: string; createdAt: Date; lastSeenAt: Date; isThis: boolean }
export type ProjectRow = { id: string; name: string; archivedAt: Date | null }
export type ApiKeyRow = {
  id: string
  name: string
  prefix: string
  scopes: readonly Permission[]
  createdBy: string
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date | null
  state: 'active' | 'expired' | 'revoked'
}
export type EventRow = {
  id: string
  at: Date
  type: string
  actor: string
  sentence: string
  /** The first words of what it is about; `erased` where they were, and null where it is about none. */
  excerpt: { text: string } | 'erased' | null
  subjectType: string
  subjectId: string
  requestId: string
}
export type WorkspaceChoice = { slug: string; name: string; role: (typeof roles)[number] }
export type InvitationNote = {
  workspace: string
  invitedBy: string
  email: string
  role: (typeof roles)[number]
  hasAccount: boolean
}
export type OutboxMail = { id: string; to: string; subject: string; text: string; createdAt: Date }
