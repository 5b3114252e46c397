import { z } from 'zod'
import { prisma } from '@/lib/core/db'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Ctx } from './context'
import { deviceOf } from './device'
import { operation, query } from './operation'
import { recordForPerson } from './person'
import { SessionId, type SessionRow } from './schema'
import { transactUnscoped } from './transact'

const notAPerson = { code: 'FORBIDDEN', message: 'Sessions belong to people. Sign in to see yours.' } as const
const absent = {
  code: 'NOT_FOUND',
  message: 'You have no such open session. It may have ended: reload the page.',
} as const

const personOf = ({ actor }: Ctx) => (actor.kind === 'member' ? actor : undefined)

/** One's own open sessions, in whatever workspace they are, the latest used first. */
export const listSessions = query({
  can: 'session.manage',
  input: z.object({}),
  async run(ctx) {
    const person = personOf(ctx)
    if (!person) return fail(notAPerson)
    const open = { userId: person.userId, revokedAt: null, expiresAt: { gt: now() } }
    const rows = await prisma.session.findMany({ where: open, orderBy: { lastSeenAt: 'desc' }, take: 200 })
    return ok(
      rows.map(({ id, userAgent, ip, createdAt, lastSeenAt }): SessionRow => ({
        id,
        device: deviceOf(userAgent),
        ip,
        createdAt,
        lastSeenAt,
        isThis: id === person.sessionId,
      })),
    )
  },
})

/** Ends one of one's own sessions; from its next request on, that browser is signed out. */
export const endSession = operation({
  can: 'session.manage',
  input: SessionId,
  async run(ctx, { sessionId }) {
    const person = personOf(ctx)
    if (!person) return fail(notAPerson)
    return transactUnscoped(async ({ db, record }) => {
      const ended = await db.session.updateMany({
        where: { id: sessionId, userId: person.userId, revokedAt: null },
        data: { revokedAt: now() },
      })
      if (ended.count === 0) return fail(absent)
      await recordForPerson({ db, record }, person.userId, {
        type: 'session.revoked',
        subject: { type: 'session', id: sessionId },
      })
      return ok({ sessionId })
    })
  },
})

/** Ends all of one's own sessions but the one that asks. */
export const endOtherSessions = operation({
  can: 'session.manage',
  input: z.object({}),
  async run(ctx) {
    const person = personOf(ctx)
    if (!person) return fail(notAPerson)
    return transactUnscoped(async ({ db, record }) => {
      const others = { userId: person.userId, id: { not: person.sessionId }, revokedAt: null }
      const ended = await db.session.updateManyAndReturn({
        where: others,
        data: { revokedAt: now() },
        select: { id: true },
      })
      for (const { id } of ended)
        await recordForPerson({ db, record }, person.userId, {
          type: 'session.revoked',
          subject: { type: 'session', id },
        })
      return ok({ ended: ended.length })
    })
  },
})
