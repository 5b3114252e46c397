import { z } from 'zod'
import { day, inMs } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { ok } from '@/lib/core/result'
import { keptMs } from './idempotency'
import { upkeepOperation } from './upkeep'

/** How long mail is kept that was sent or given up: long enough to look for one that did not arrive. */
const mailMs = 30 * day

/** Forgets what nobody will ask for again: old mail, answers kept for an `Idempotency-Key`, and lines that nobody holds. */
export const tidyUp = upkeepOperation({
  can: 'mail.deliver',
  input: z.object({}),
  async run() {
    const mails = await prisma.mail.deleteMany({ where: { createdAt: { lt: inMs(-mailMs) } } })
    const answers = await prisma.idempotentRequest.deleteMany({ where: { createdAt: { lt: inMs(-keptMs) } } })
    const lines = await prisma.sharedLine.deleteMany({ where: { until: { lt: inMs(-day) } } })
    return ok({ mails: mails.count, answers: answers.count, lines: lines.count })
  },
})
