import { prisma } from '@/lib/core/db'
import { hour, inMs, now } from '@/lib/core/clock'
import { newToken, sha256 } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { forgive, pass } from '@/lib/core/rate'
import { fail, ok } from '@/lib/core/result'
import { passwordChangedLetter, resetLetter } from './letters'
import { sendsMail, writeMail } from './mail'
import { hashPassword } from './password'
import { recordForPerson } from './person'
import { RequestPasswordReset, ResetPassword } from './schema'
import { transactUnscoped } from './transact'
import { countsOf, visitorOperation } from './visitor'

/** Without it nobody but the one who asks could be told the link, and they have yet to prove who they are. */
const noMail = {
  code: 'SERVICE_UNAVAILABLE',
  message:
    'This Posthorn sends no mail, so it cannot send you a link. Ask whoever runs it to set SMTP_URL, and then try again.',
} as const

/**
 * Mails a link that works once, for an hour. The answer is the same whether or not anyone has that address, and whether
 * or not it got its mails of this hour already.
 */
export const requestPasswordReset = visitorOperation({
  door: 'resetPassword',
  input: RequestPasswordReset,
  async run(_, { email }) {
    if (!sendsMail()) return fail(noMail)
    const user = await prisma.user.findUnique({ where: { email }, select: { id: true, name: true } })
    // However many ask, from wherever: one address gets so many mails, and nobody learns whether it did.
    if (user && (await pass('resetMail', sha256(email))).open) {
      const token = newToken()
      await transactUnscoped(async ({ db, record, enqueue }) => {
        await db.passwordReset.create({
          data: { id: newId(), userId: user.id, tokenHash: sha256(token), expiresAt: inMs(hour) },
        })
        await recordForPerson({ db, record }, user.id, {
          type: 'passwordReset.requested',
          subject: { type: 'user', id: user.id },
        })
        enqueue(await writeMail(db, email, resetLetter(user.name, token)))
      })
    }
    return ok({ asked: true })
  },
})

const spent = {
  code: 'INVALID_TOKEN',
  message: 'This link was used already, or was never ours. Ask for a new one.',
} as const
const expired = { code: 'TOKEN_EXPIRED', message: 'This link is older than an hour. Ask for a new one.' } as const

/** Sets a new password with a mailed token, ends every session of the person, and spends all their tokens. */
export const resetPassword = visitorOperation({
  door: 'resetPassword',
  input: ResetPassword,
  async run(visitor, { token, password }) {
    const reset = await prisma.passwordReset.findUnique({
      where: { tokenHash: sha256(token) },
      include: { user: { select: { id: true, name: true, email: true } } },
    })
    if (!reset || reset.usedAt) return fail(spent)
    if (reset.expiresAt < now()) return fail(expired)
    const passwordHash = await hashPassword(password)
    const { id: userId, name, email } = reset.user
    const changed = await transactUnscoped(async ({ db, record, enqueue }) => {
      const at = now()
      // Two requests may have read the token: only one of them may spend it.
      const mine = await db.passwordReset.updateMany({ where: { id: reset.id, usedAt: null }, data: { usedAt: at } })
      if (mine.count === 0) return fail(spent)
      await db.passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: at } })
      await db.user.update({ where: { id: userId }, data: { passwordHash } })
      await db.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: at } })
      await recordForPerson({ db, record }, userId, { type: 'password.changed', subject: { type: 'user', id: userId } })
      enqueue(await writeMail(db, email, passwordChangedLetter(name)))
      return ok({ email })
    })
    // Whoever had a good token was not guessing at one.
    if (changed.ok) for (const [door, key] of countsOf('resetPassword', visitor)) await forgive(door, key)
    return changed
  },
})
