import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { hour, inMs, minute, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { invitationLetter } from './letters'
import { deliverMail, unsentMail, writeMail } from './mail'
import { findEverywhere } from './system'

type Received = { readonly from: string; readonly to: readonly string[]; readonly raw: string }
const received: Received[] = []
let refusing = false

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_, __, done) => (refusing ? done(new Error('Mailbox is full')) : done()),
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope
      received.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks).toString(),
      })
      done()
    })
  },
})

beforeAll(async () => {
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.env.SMTP_URL = `smtp://127.0.0.1:${address.port}`
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()))
  await Promise.all([closeQueues(), closeDoors(), closeRealtime(), prisma.$disconnect()])
})
beforeEach(() => {
  received.length = 0
  refusing = false
})

// Called late: the settings are read once, and the mail server's address is known only when it listens.
const letter = () =>
  invitationLetter({ workspace: 'Engines & <Co>', invitedBy: 'Ada', role: 'editor', token: 'a-token' })
async function written(to = `${newId()}@example.com`) {
  const { payload } = await prisma.$transaction((db) => writeMail(db, to, letter()))
  return { to, mailId: payload.mailId }
}
const found = async (at: Date) => (await findEverywhere(unsentMail, at, 500)).map(({ id }) => id)

describe('mail', () => {
  test('arrives at the mail server as text and as HTML, with the link, and once', async () => {
    const { to, mailId } = await written()
    expect(await deliverMail({ mailId })).toEqual({ ok: true, value: { sent: true } })
    expect(await deliverMail({ mailId })).toEqual({ ok: true, value: { sent: false } })
    expect(received.map((mail) => mail.to)).toEqual([[to]])
    const raw = received[0]?.raw.replaceAll('=\r\n', '') ?? ''
    expect(raw).toContain('multipart/alternative')
    expect(raw.match(/invitations\/a-token/g)?.length).toBeGreaterThanOrEqual(2)
    expect(raw).toContain('Engines &amp; &lt;Co&gt;')
    expect((await prisma.mail.findUniqueOrThrow({ where: { id: mailId } })).sentAt).not.toBeNull()
  })

  test('is sent once when two workers take it at the same moment', async () => {
    const { mailId } = await written()
    const sent = await Promise.all([1, 2, 3].map(() => deliverMail({ mailId })))
    expect(sent.filter((one) => one.ok && one.value.sent)).toHaveLength(1)
    expect(received).toHaveLength(1)
  })

  test('that the server refuses is kept with the reason, and tried again when it is due', async () => {
    const { mailId } = await written()
    refusing = true
    expect(await deliverMail({ mailId })).toMatchObject({
      ok: false,
      error: { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('Mailbox is full') },
    })
    const mail = await prisma.mail.findUniqueOrThrow({ where: { id: mailId } })
    expect(mail).toMatchObject({ sentAt: null, tries: 1, lastError: expect.stringContaining('Mailbox is full') })
    refusing = false
    expect(await deliverMail({ mailId })).toEqual({ ok: true, value: { sent: false } })
    expect(await found(now())).not.toContain(mailId)
    expect(await found(inMs(2 * minute))).toContain(mailId)
    await prisma.mail.update({ where: { id: mailId }, data: { notBefore: inMs(-1) } })
    expect(await deliverMail({ mailId })).toEqual({ ok: true, value: { sent: true } })
    expect(await found(inMs(hour))).not.toContain(mailId)
  })

  test('that the queue lost is found by the sweep', async () => {
    const { mailId } = await written()
    expect(await found(now())).not.toContain(mailId)
    expect(await found(inMs(2 * minute))).toContain(mailId)
  })

  test('has a subject of one line, whatever a workspace is called', () => {
    const { subject } = invitationLetter({
      workspace: 'A\r\nBcc: all@example.com',
      invitedBy: 'Eve',
      role: 'viewer',
      token: 't',
    })
    expect(subject).not.toMatch(/[\r\n]/)
  })
})
