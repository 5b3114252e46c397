import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { getServerSession } from 'next-auth'
import { prisma } from '@/lib/core/db'
import { cleanText } from '@/lib/core/clean'
import { fail, ok, type Result } from '@/lib/core/result'
import { inMs, minute, now } from '@/lib/core/clock'
import { addressOf } from './address'
import { authOptions } from './auth'
import { makeCtx, type Ctx } from './context'
import type { WorkspaceChoice } from './schema'
import type { Visitor } from './visitor'

export type SignedIn = {
  readonly userId: string
  readonly sessionId: string
  readonly name: string
  readonly email: string
}

/** The person behind the request, or undefined. A revoked or expired session is nobody's. */
export const whoIsIt = cache(async (): Promise<SignedIn | undefined> => {
  const claims = await getServerSession(authOptions)
  if (!claims?.sid) return undefined
  const at = now()
  const session = await prisma.session.findUnique({
    where: { id: claims.sid },
    include: { user: { select: { id: true, name: true, email: true } } },
  })
  if (!session || session.revokedAt || session.expiresAt < at) return undefined
  // A write a minute at most: enough for "last seen", cheap enough for every request.
  if (session.lastSeenAt < inMs(-minute, at))
    await prisma.session.update({ where: { id: session.id }, data: { lastSeenAt: at } })
  return { userId: session.user.id, sessionId: session.id, name: session.user.name, email: session.user.email }
})

/** The signed-in member's context for the workspace in the address. Others' workspaces are not told from absent ones. */
export const enter = cache(async (slug: string): Promise<Result<Ctx>> => {
  const person = await whoIsIt()
  if (!person)
    return fail({ code: 'UNAUTHORIZED', message: 'You are signed out. Sign in again; what you wrote is still here.' })
  const member = await prisma.member.findFirst({
    // Whoever calls an action by hand may send anything.
    where: { userId: person.userId, workspace: { slug: cleanText(String(slug)) } },
    include: { workspace: true },
  })
  if (!member)
    return fail({
      code: 'NOT_FOUND',
      message: 'There is no such workspace, or you are not in it. Choose one of yours.',
    })
  return ok(
    makeCtx(
      member.workspace,
      { kind: 'member', id: member.id, userId: person.userId, sessionId: person.sessionId, name: person.name },
      member.role,
    ),
  )
})

/** The workspaces a person is in, by name: what the switcher shows. */
export async function workspacesOf(userId: string): Promise<readonly WorkspaceChoice[]> {
  const rows = await prisma.member.findMany({
    where: { userId },
    select: { role: true, workspace: { select: { slug: true, name: true } } },
    orderBy: { workspace: { name: 'asc' } },
  })
  return rows.map(({ role, workspace }) => ({ ...workspace, role }))
}

/** Who is at the door, for pages and actions that need no workspace. */
export async function visitor(): Promise<Visitor> {
  const [given, person] = [await headers(), await whoIsIt()]
  return {
    ip: addressOf(given),
    userAgent: given.get('user-agent') ?? 'unknown',
    ...(person ? { userId: person.userId, sessionId: person.sessionId } : {}),
  }
}

/** Whether the person of a context is still signed in and still a member: for what stays open long after `enter`. */
export async function isStillIn({ actor, workspaceId }: Ctx): Promise<boolean> {
  if (actor.kind !== 'member') return false
  const [session, member] = await Promise.all([
    prisma.session.findUnique({ where: { id: actor.sessionId }, select: { revokedAt: true, expiresAt: true } }),
    prisma.member.count({ where: { id: actor.id, workspaceId } }),
  ])
  return session !== null && session.revokedAt === null && session.expiresAt > now() && member === 1
}
