import { prisma } from '@/lib/core/db'
import { day, inMs, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { forgive } from '@/lib/core/rate'
import { fail, ok } from '@/lib/core/result'
import { isPassword } from './password'
import { recordForPerson } from './person'
import { SignIn } from './schema'
import { transactUnscoped } from './transact'
import { countsOf, visitorOperation, type Visitor } from './visitor'

const sessionMs = 30 * day

/**
 * Checks an email and a password, and opens a session of 30 days.
 * An unknown address and a wrong password get the same answer after the same work.
 */
export const openSession = visitorOperation({
  door: 'signIn',
  input: SignIn,
  anywhere: { door: 'signInAnywhere', by: ({ email }) => email },
  async run(visitor, { email, password }) {
    const user = await prisma.user.findUnique({ where: { email } })
    if (!(await isPassword(user?.passwordHash, password)) || !user) {
      return fail({
        code: 'UNAUTHORIZED',
        message: 'This email and password do not belong together. Check both, or reset your password.',
      })
    }
    for (const [door, key] of countsOf('signIn', visitor, ['signInAnywhere', email])) await forgive(door, key)
    return ok({ userId: user.id, sessionId: await beginSession(user.id, visitor) })
  },
})

async function beginSession(userId: string, { ip, userAgent }: Visitor): Promise<string> {
  const id = newId()
  await transactUnscoped(async ({ db, record }) => {
    await db.session.create({
      data: { id, userId, ip, userAgent: userAgent.slice(0, 300), expiresAt: inMs(sessionMs, now()) },
    })
    await recordForPerson({ db, record }, userId, { type: 'session.opened', subject: { type: 'session', id } })
  })
  return id
}

/** Ends a session at sign-out. One that ended before stays as it was. */
export async function closeSession(sessionId: string): Promise<void> {
  await transactUnscoped(async ({ db, record }) => {
    const session = await db.session.findUnique({ where: { id: sessionId } })
    if (!session || session.revokedAt) return
    await db.session.update({ where: { id: sessionId }, data: { revokedAt: now() } })
    await recordForPerson({ db, record }, session.userId, {
      type: 'session.closed',
      subject: { type: 'session', id: sessionId },
    })
  })
}
