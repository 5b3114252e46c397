import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { must } from '@/lib/accounts/connected.fixture'
import type { Incoming, PlatformName } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { makeCtx } from '@/lib/workspace/context'
import type { MemberRole } from '@/lib/workspace/permissions'
import { systemIn } from '@/lib/workspace/testing'
import { receive } from './hear/receive'

/** A workspace of its own with people and accounts, for tests of the inbox. */
export async function newDesk(timeZone = 'Europe/Zurich') {
  const id = newId()
  const workspace = await prisma.workspace.create({ data: { id, slug: `inbox-${id}`, name: 'The inbox', timeZone } })
  const as = async (role: MemberRole, name = `Ada the ${role}`): Promise<Ctx> => {
    const userId = newId()
    await prisma.user.create({ data: { id: userId, name, email: `${userId}@desk.test`, passwordHash: 'none' } })
    const member = await prisma.member.create({ data: { id: newId(), workspaceId: id, userId, role } })
    return makeCtx(workspace, { kind: 'member', id: member.id, userId, sessionId: 'none', name }, role)
  }
  const account = async (platform: PlatformName = 'x'): Promise<string> => {
    const accountId = newId()
    await prisma.account.create({
      data: {
        id: accountId,
        workspaceId: id,
        platform,
        method: 'default',
        kind: 'person',
        externalId: accountId,
        handle: `@ada-${platform}`,
        displayName: 'Ada',
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

// Networks let a message be answered for a few days only, whenever a test runs.
const begun = Date.now() - 12 * 3_600_000
/** ISO of so many minutes after what is said here began: half a day ago, so minutes are few. */
export const saidAt = (minutes: number): string => new Date(begun + minutes * 60_000).toISOString()

let heardMs = 0
/** Lets somebody say something to an account, under one post of ours unless `more` has it otherwise. @returns the message. */
export async function hears(
  { system }: { readonly system: Ctx },
  accountId: string,
  name: string,
  text: string,
  more: Partial<Incoming> = {},
) {
  // Each a little later than the one before, and none in the future.
  heardMs += 1
  const item: Incoming = {
    externalId: newId(),
    kind: 'comment',
    change: 'new',
    text,
    at: new Date(Date.now() - 60_000 + heardMs).toISOString(),
    author: { externalId: `u-${name}`, handle: `@${name.toLowerCase()}`, displayName: name },
    own: false,
    conversation: 'post',
    media: [],
    ref: {},
    ...more,
  }
  must(await receive(system, { accountId, items: [item], via: 'webhook' }))
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: item.externalId } })
}

export async function closeDesk(): Promise<void> {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
}
