import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { PlatformName } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'
import type { MemberRole } from '@/lib/workspace/permissions'
import { systemIn } from '@/lib/workspace/testing'
import type { VariantState } from './schema'

/** A workspace of its own with people and accounts, for one test. */
export async function newDesk(timeZone = 'Europe/Zurich') {
  const id = newId()
  const workspace = await prisma.workspace.create({ data: { id, slug: `desk-${id}`, name: 'The desk', timeZone } })
  const as = async (role: MemberRole, name = `Ada the ${role}`): Promise<Ctx> => {
    const userId = newId()
    await prisma.user.create({ data: { id: userId, name, email: `${userId}@desk.test`, passwordHash: 'none' } })
    const member = await prisma.member.create({ data: { id: newId(), workspaceId: id, userId, role } })
    return makeCtx(workspace, { kind: 'member', id: member.id, userId, sessionId: 'none', name }, role)
  }
  const account = async (platform: PlatformName = 'x', handle = `ada-${platform}`): Promise<string> => {
    const accountId = newId()
    await prisma.account.create({
      data: {
        id: accountId,
        workspaceId: id,
        platform,
        method: 'default',
        kind: 'person',
        externalId: accountId,
        handle,
        displayName: handle,
        profileUrl: 'https://network.test/ada',
        scopes: [],
        credentialsSealed: 'none',
        tokenIssuedAt: new Date(),
      },
    })
    return accountId
  }
  const system = await systemIn(id)
  return { workspace, as, account, system }
}

/** Puts a post's variants into a state, as the sending side would. */
export async function putInto(
  postId: string,
  state: VariantState,
  reason?: { kind: string; message: string },
): Promise<void> {
  await prisma.variant.updateMany({ where: { postId }, data: { state, ...(reason ? { reason } : {}) } })
  await prisma.post.update({ where: { id: postId }, data: { state } })
}

export const variantsOf = (postId: string) => prisma.variant.findMany({ where: { postId }, orderBy: { id: 'asc' } })

/** What an operation gave back; throws its failure, so that a test need not ask each time. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string; message: string } }): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export async function closeAll(): Promise<void> {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
}

const start = Math.ceil(Date.now() / 60_000) * 60_000
/** An instant so many hours after the tests began, to the minute; the same one each time. */
export const hoursAhead = (hours: number): Date => new Date(start + hours * 3_600_000)
