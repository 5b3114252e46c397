import type { Role } from '@/lib/workspace/schema'

/** Why somebody may not, and who can help. */
export const whyNot = (role: Role, doing: string): string =>
  `Your role, ${role}, may not ${doing}. Ask an owner or admin of this workspace.`
