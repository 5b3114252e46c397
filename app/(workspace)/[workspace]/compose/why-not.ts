import { may, whomToAsk, type Permission, type Role } from '@/lib/workspace/schema'

/** Why somebody may not, and who can help; undefined where they may. */
export const whyNot = (role: Role, permission: Permission, doing: string): string | undefined =>
  may(role, permission) ? undefined : `Your role, ${role}, may not ${doing}. ${whomToAsk(permission)}`
