import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { prisma, type Prisma } from '@/lib/core/db'
import { day, hour, inMs, minute, now } from '@/lib/core/clock'
import { reseal, seal, unseal, isSealedWithOldKey } from '@/lib/core/crypto'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { log } from '@/lib/core/log'
import { enqueueFor, type Enqueued } from '@/lib/core/queue'
import { fail, ok } from '@/lib/core/result'
import { deliverMailJob } from './jobs'
import type { Letter } from './letters'
import { upkeepOperation } from './upkeep'

const Body = z.object({ text: z.string(), html: z.string() })

/** Writes a mail in the transaction that `db` is. @returns the job that delivers it, to be queued by the same work. */
export async function writeMail(
  db: Prisma.TransactionClient,
  to: string,
  { subject, text, html }: Letter,
): Promise<Enqueued<typeof deliverMailJob.payload>> {
  const id = newId()
  await db.mail.create({ data: { id, to, subject, bodySealed: seal(JSON.stringify({ text, html }), 'mail') } })
  return { job: deliverMailJob, payload: { mailId: id }, key: id }
}

const openBody = (sealed: string) => Body.parse(JSON.parse(unseal(sealed, 'mail')))

/** True when mail is shown on the outbox page of the demo instead of being sent. */
export const hasOutbox = (): boolean => env().POSTHORN_DEMO && env().SMTP_URL === undefined

/**
 * Hands a mail to the SMTP server. Without SMTP_URL it stays where the outbox page shows it.
 * A mail that was sent is not sent again; a crash between sending and noting it may send it twice.
 * Fails with SERVICE_UNAVAILABLE when the server did not take it: the queue tries again.
 */
export const deliverMail = upkeepOperation({
  can: 'mail.deliver',
  input: deliverMailJob.payload,
  async run({ mailId }) {
    const mail = await prisma.mail.findUnique({ where: { id: mailId } })
    if (!mail || mail.sentAt) return ok({ sent: false })
    const server = env().SMTP_URL
    if (!server) {
      if (!hasOutbox()) log.warn({ mailId }, 'SMTP_URL is not set: mail cannot be delivered')
      return ok({ sent: false })
    }
    const { text, html } = openBody(mail.bodySealed)
    const transport = createTransport(server, {
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
    })
    try {
      await transport.sendMail({
        from: env().MAIL_FROM,
        to: mail.to,
        subject: mail.subject,
        text,
        html,
        messageId: `<${mail.id}@posthorn>`,
      })
    } catch (error) {
      const lastError = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
      await prisma.mail.update({ where: { id: mailId }, data: { lastError } })
      return fail({
        code: 'SERVICE_UNAVAILABLE',
        message: `The mail server did not take the mail: ${lastError}. It will be tried again.`,
      })
    } finally {
      transport.close()
    }
    await prisma.mail.update({ where: { id: mailId }, data: { sentAt: now(), lastError: null } })
    return ok({ sent: true })
  },
})

/** Queues again what was written in the last three days and is still not sent, once an hour at most. */
export const sweepMail = upkeepOperation({
  can: 'mail.deliver',
  input: z.object({}),
  async run() {
    if (!env().SMTP_URL) return ok({ queued: 0 })
    const late = await prisma.mail.findMany({
      where: { sentAt: null, createdAt: { lt: inMs(-10 * minute), gt: inMs(-3 * day) } },
      select: { id: true },
      take: 500,
    })
    const slot = Math.floor(now().getTime() / hour)
    for (const { id } of late)
      await enqueueFor('', { job: deliverMailJob, payload: { mailId: id }, key: `${id}.${slot}` })
    return ok({ queued: late.length })
  },
})

/** Seals again the mail that an older key sealed, 500 at a time. @returns how many were: 0 means that none is left. */
export const resealMail = upkeepOperation({
  can: 'mail.deliver',
  input: z.object({}),
  async run() {
    const current = seal('', 'mail').split('.')[0]
    const old = await prisma.mail.findMany({
      where: { NOT: { bodySealed: { startsWith: `${current}.` } } },
      select: { id: true, bodySealed: true },
      take: 500,
    })
    for (const { id, bodySealed } of old) {
      if (isSealedWithOldKey(bodySealed))
        await prisma.mail.update({ where: { id }, data: { bodySealed: reseal(bodySealed, 'mail') } })
    }
    return ok({ resealed: old.length })
  },
})

export type OutboxMail = { id: string; to: string; subject: string; text: string; html: string; createdAt: Date }

/** The last 100 mails, newest first, for the demo's outbox page. Undefined where there is no such page. */
export async function readOutbox(): Promise<readonly OutboxMail[] | undefined> {
  if (!hasOutbox()) return undefined
  const mails = await prisma.mail.findMany({ orderBy: { id: 'desc' }, take: 100 })
  return mails.map(({ id, to, subject, bodySealed, createdAt }) => ({
    id,
    to,
    subject,
    createdAt,
    ...openBody(bodySealed),
  }))
}
