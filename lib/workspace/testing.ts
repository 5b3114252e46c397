import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import { makeCtx, type Ctx } from './context'
import type { MemberRole } from './permissions'
import { asSystem } from './system'
import type { Visitor } from './visitor'

/** For tests: a workspace with an owner, in the test's own database. */
export async function newWorkspace(name = 'Test'): Promise<{ workspaceId: string; slug: string; owner: Ctx }> {
  const workspaceId = newId()
  const slug = `w-${workspaceId}`
  await prisma.workspace.create({ data: { id: workspaceId, slug, name, timeZone: 'Europe/Zurich' } })
  return { workspaceId, slug, owner: await newMember(workspaceId, 'owner') }
}

/** For tests: Posthorn itself, acting in a workspace that was just made. */
export async function systemIn(workspaceId: string): Promise<Ctx> {
  const system = await asSystem(workspaceId, 'test')
  if (!system) throw new Error(`There is no workspace ${workspaceId}`)
  return system
}

/** For tests: a new person with this role, acting. */
export async function newMember(
  workspaceId: string,
  role: MemberRole,
  given: { userId?: string; email?: string } = {},
): Promise<Ctx> {
  const userId = given.userId ?? newId()
  const id = newId()
  if (!given.userId) {
    await prisma.user.create({
      data: {
        id: userId,
        email: given.email ?? `${userId}@example.com`,
        name: `${role} ${userId.slice(-4)}`,
        passwordHash: 'none',
      },
    })
  }
  await prisma.member.create({ data: { id, workspaceId, userId, role } })
  const workspace = await prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } })
  const { name } = await prisma.user.findUniqueOrThrow({ where: { id: userId } })
  return makeCtx(workspace, { kind: 'member', id, userId, sessionId: newId(), name }, role)
}

/** For tests: the same member after something about them or their workspace changed. */
export async function again(ctx: Ctx): Promise<Ctx> {
  if (ctx.actor.kind !== 'member') throw new Error('Only members come again')
  const member = await prisma.member.findUniqueOrThrow({ where: { id: ctx.actor.id }, include: { workspace: true } })
  return makeCtx(member.workspace, ctx.actor, member.role)
}

/** For tests: someone at the door, from an address nobody else has. */
export const newVisitor = (more: Partial<Visitor> = {}): Visitor => ({ ip: newId(), userAgent: 'a test', ...more })

/** For tests: `ok`, or the failure's code. */
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)
