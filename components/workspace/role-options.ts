import { roles, type MemberRole, type Role } from '@/lib/workspace/schema'

const labels: Readonly<Record<MemberRole, { readonly label: string; readonly hint: string }>> = {
  owner: { label: 'Owner', hint: 'Everything, members and billing included' },
  admin: { label: 'Admin', hint: 'Everything but changing roles and billing' },
  manager: { label: 'Manager', hint: 'Schedules, publishes and invites' },
  editor: { label: 'Editor', hint: 'Writes drafts' },
  viewer: { label: 'Viewer', hint: 'Looks, changes nothing' },
}

export const roleLabel = (role: MemberRole): string => labels[role].label

/** The roles one may give: those no higher than one's own. */
export const roleOptions = (own: Role) =>
  roles
    .filter((_, rank) => own !== 'system' && rank >= roles.indexOf(own))
    .map((role) => ({ value: role, ...labels[role] }))
