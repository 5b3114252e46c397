import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { prisma, type Prisma } from '@/lib/core/db'
import { day, hour, inMs, minute, now } from '@/lib/core/clock'
import { currentKeyId, isSealedWithOldKey, reseal, seal, unseal } from '@/lib/core/crypto'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { log } from '@/lib/core/log'
import type { Enqueued } from '@/lib/core/queue'
import { fail, ok, type Result } from '@/lib/core/result'
import { deliverMailJob } from './jobs'
import { compose, type Letter, type Parts } from './letters'
import type { OutboxMail } from './schema'
import type { Sweep } from './system'
import type { Work } from './transact'
import { upkeepOperation } from './upkeep'
import { visitorOperation } from './visitor'

const Body = z.object({ text: z.string(), html: z.string() })

const sealedMail = (to: string, { subject, text, html }: Letter) => ({
  id: newId(),
  to,
  subject,
  bodySealed: seal(JSON.stringify({ text, html }), 'mail'),
})

/** Writes a mail in the transaction that `db` is. @returns the job that delivers it, to be queued by the same work. */
export async function writeMail(
  db: Prisma.TransactionClient,
  to: string,
  letter: Letter,
): Promise<Enqueued<typeof deliverMailJob.payload>> {
  const data = sealedMail(to, letter)
  await db.mail.create({ data })
  return delivery(data.id)
}

const delivery = (id: string) => ({ job: deliverMailJob, payload: { mailId: id }, key: id })

type Raw = { $executeRaw(strings: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<number> }

/** Writes a mail to a member in the caller's own transaction; nothing for somebody who is no member of its workspace. */
export async function writeToMember({ db, enqueue }: Work, memberId: string, parts: Parts): Promise<void> {
  const member = await db.member.findUnique({ where: { id: memberId }, select: { user: { select: { email: true } } } })
  if (!member) return
  const { id, to, subject, bodySealed } = sealedMail(member.user.email, compose(parts))
  // A room's transaction can do it, though its type does not say so: mail belongs to no workspace.
  await (db as unknown as Raw).$executeRaw`
    insert into "Mail" (id, "to", subject, "bodySealed", "createdAt") values (${id}, ${to}, ${subject}, ${bodySealed}, ${now()}::timestamp(3))`
  enqueue(delivery(id))
}

const openBody = (sealed: string) => Body.parse(JSON.parse(unseal(sealed, 'mail')))

/** True when mail is shown on the outbox page of the demo instead of being sent. */
const hasOutbox = (): boolean => env().POSTHORN_DEMO && env().SMTP_URL === undefined

/** False where mail reaches nobody: then screens must not say that it was sent. */
export const sendsMail = (): boolean => env().SMTP_URL !== undefined || hasOutbox()

const leaseMs = 2 * minute
const longestWaitMs = hour
/** A mail that could not be sent for this long is given up: its links have expired. */
const patienceMs = 3 * day

/**
 * Hands a mail to the SMTP server. Without SMTP_URL it stays where the outbox page shows it.
 * Only one worker at a time holds a mail, and one that was sent is not sent again; a crash between sending and noting
 * it may send it twice. When the server says no, it is tried again after 1, 2, 4… minutes, at most an hour apart.
 */
export const deliverMail = upkeepOperation({
  can: 'mail.deliver',
  input: deliverMailJob.payload,
  async run({ mailId }) {
    const server = env().SMTP_URL
    if (!server) {
      if (!hasOutbox()) log.warn({ mailId }, 'SMTP_URL is not set: mail cannot be delivered')
      return ok({ sent: false })
    }
    const at = now()
    const [mail] = await prisma.mail.updateManyAndReturn({
      where: { id: mailId, sentAt: null, OR: [{ notBefore: null }, { notBefore: { lte: at } }] },
      data: { notBefore: inMs(leaseMs, at), tries: { increment: 1 } },
    })
    if (!mail) return ok({ sent: false })
    const problem = await send(server, mail)
    if (problem === undefined) {
      await prisma.mail.update({ where: { id: mailId }, data: { sentAt: now(), lastError: null } })
      return ok({ sent: true })
    }
    const waitMs = Math.min(longestWaitMs, minute * 2 ** (mail.tries - 1))
    await prisma.mail.update({ where: { id: mailId }, data: { lastError: problem, notBefore: inMs(waitMs) } })
    return fail({
      code: 'SERVICE_UNAVAILABLE',
      message: `The mail server did not take the mail: ${problem}. It is tried again at ${inMs(waitMs).toISOString()}.`,
    })
  },
})

type Written = { readonly id: string; readonly to: string; readonly subject: string; readonly bodySealed: string }

/** @returns what the mail server said when it did not take the mail. */
async function send(server: string, { id, to, subject, bodySealed }: Written): Promise<string | undefined> {
  const transport = createTransport(server, {
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  })
  try {
    await transport.sendMail({
      from: env().MAIL_FROM,
      to,
      subject,
      ...openBody(bodySealed),
      messageId: `<${id}@posthorn>`,
    })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 500) : 'it did not say why'
  } finally {
    transport.close()
  }
}

/** Mail that the queue lost, or whose next try is due. */
export const unsentMail: Sweep = {
  name: 'workspace.unsentMail',
  find: (at) => ({
    model: 'mail',
    where: env().SMTP_URL
      ? {
          sentAt: null,
          createdAt: { gt: inMs(-patienceMs, at) },
          OR: [{ notBefore: { lte: at } }, { notBefore: null, createdAt: { lt: inMs(-minute, at) } }],
        }
      : { id: { in: [] } },
  }),
}

/** Seals again the mail that an older key sealed, 500 at a time. @returns how many were: 0 means that none is left. */
export const resealMail = upkeepOperation({
  can: 'mail.deliver',
  input: z.object({}),
  async run() {
    const old = await prisma.mail.findMany({
      where: { NOT: { bodySealed: { startsWith: `${currentKeyId()}.` } } },
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

/** The last 100 mails, newest first, for the demo's outbox page. Elsewhere there is no such page. */
export const readOutbox = visitorOperation({
  door: 'outbox',
  input: z.object({}),
  async run(): Promise<Result<readonly OutboxMail[]>> {
    if (!hasOutbox()) return fail({ code: 'NOT_FOUND', message: 'There is no outbox here: mail is sent to people.' })
    const mails = await prisma.mail.findMany({ orderBy: { id: 'desc' }, take: 100 })
    return ok(
      mails.map(({ id, to, subject, bodySealed, createdAt }) => ({
        id,
        to,
        subject,
        createdAt,
        text: openBody(bodySealed).text,
      })),
    )
  },
})
