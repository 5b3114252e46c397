import { z } from 'zod'
import { day, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { ok } from '@/lib/core/result'
import { keptMs } from './idempotency'
import { upkeepOperation } from './upkeep'

/** How long mail is kept that was sent or given up: long enough to look for one that did not arrive. */
const mailMs = 30 * day
/** How long it is kept that somebody was signed in, or might have set a new password. */
const endedMs = 30 * day
/** How long the list of invitations shows those that ran out. */
const invitationMs = 90 * day

/** Most rows that one statement takes away: a table that was never tidied must not be locked for minutes. */
const atOnce = 1_000

async function inParts(forget: () => PromiseLike<{ count: number }>): Promise<number> {
  for (let forgotten = 0; ;) {
    const { count } = await forget()
    forgotten += count
    if (count < atOnce) return forgotten
  }
}

/**
 * Forgets what nobody will ask for again: old mail, answers kept for an `Idempotency-Key`, lines that nobody holds,
 * and sessions, ways to a new password and invitations that ended long ago.
 */
export const tidyUp = upkeepOperation({
  can: 'mail.deliver',
  input: z.object({}),
  async run() {
    const before = (ms: number) => ({ lt: inMs(-ms) })
    const limit = atOnce
    return ok({
      mails: await inParts(() => prisma.mail.deleteMany({ where: { createdAt: before(mailMs) }, limit })),
      answers: await inParts(() =>
        prisma.idempotentRequest.deleteMany({ where: { createdAt: before(keptMs) }, limit }),
      ),
      lines: await inParts(() => prisma.sharedLine.deleteMany({ where: { until: before(day) }, limit })),
      sessions: await inParts(() => prisma.session.deleteMany({ where: { expiresAt: before(endedMs) }, limit })),
      resets: await inParts(() => prisma.passwordReset.deleteMany({ where: { expiresAt: before(endedMs) }, limit })),
      invitations: await inParts(() =>
        prisma.invitation.deleteMany({ where: { expiresAt: before(invitationMs) }, limit }),
      ),
    })
  },
})
