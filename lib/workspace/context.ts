import type { MemberRole, Permission, Role } from './permissions'
import { scopedTo, type ScopedDb } from './tenant'

declare const sealed: unique symbol

export type Actor =
  | {
      readonly kind: 'member'
      readonly id: string
      readonly userId: string
      readonly sessionId: string
      readonly name: string
    }
  | { readonly kind: 'api_key'; readonly id: string; readonly name: string; readonly scopes: readonly Permission[] }
  | { readonly kind: 'system'; readonly id: string }

/** Who is acting, in which workspace, with a database that can see nothing else. Only this room can make one. */
export type Ctx = {
  readonly workspaceId: string
  readonly workspace: {
    readonly slug: string
    readonly name: string
    readonly timeZone: string
    readonly lateAfterMinutes: number
    readonly weekStartsOn: number
  }
  readonly actor: Actor
  readonly role: Role
  readonly db: ScopedDb
  readonly [sealed]: true
}

export const makeCtx = (workspace: { id: string } & Ctx['workspace'], actor: Actor, role: MemberRole | 'system'): Ctx =>
  // The seal is a type only: nothing outside this room can name it.
  ({
    workspaceId: workspace.id,
    workspace: {
      slug: workspace.slug,
      name: workspace.name,
      timeZone: workspace.timeZone,
      lateAfterMinutes: workspace.lateAfterMinutes,
      weekStartsOn: workspace.weekStartsOn,
    },
    actor,
    role,
    db: scopedTo(workspace.id),
  }) as Ctx
