import { afterAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { hour, inMs } from '@/lib/core/clock'
import { sha256, unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors, doors, pass } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { createWorkspace, slugOf } from './create-workspace'
import { hashPassword } from './password'
import { requestPasswordReset, resetPassword } from './reset-password'
import { closeSession, openSession } from './sign-in'
import { signUp } from './sign-up'
import { codeOf, newVisitor } from './testing'

// Settings are read once. Nobody delivers the mail here.
process.env.SMTP_URL = 'smtp://127.0.0.1:9'
afterAll(() => Promise.all([closeQueues(), closeDoors(), closeRealtime(), prisma.$disconnect()]))

const password = 'correct horse battery'
const person = () => ({
  name: 'Ada',
  email: `${newId()}@Example.com`,
  password,
  workspaceName: 'Engines',
  timeZone: 'Europe/Zurich',
})

async function signedUp() {
  const given = person()
  expect(codeOf(await signUp(newVisitor(), given))).toBe('ok')
  return given
}
const tokenFor = async (email: string) => {
  const mail = await prisma.mail.findFirstOrThrow({
    where: { to: email.toLowerCase(), subject: { contains: 'Reset' } },
    orderBy: { id: 'desc' },
  })
  return /reset-password\/([\w-]+)/.exec(unseal(mail.bodySealed, 'mail'))?.[1] ?? ''
}

describe('signing up', () => {
  test('makes a person, a workspace at an address of its own, its owner and an event, all at once', async () => {
    const given = await signedUp()
    const user = await prisma.user.findUniqueOrThrow({
      where: { email: given.email.toLowerCase() },
      include: { members: { include: { workspace: true } } },
    })
    expect(user.passwordHash).toMatch(/^\$argon2id\$/)
    expect(user.members.map(({ role, workspace }) => [role, workspace.timeZone])).toEqual([['owner', 'Europe/Zurich']])
    const [member] = user.members
    const events = await prisma.event.findMany({ where: { workspaceId: member?.workspaceId ?? '' } })
    expect(events.map(({ type, actorId }) => [type, actorId])).toEqual([['workspace.created', member?.id]])
  })

  test('gives each of many workspaces of one name an address of its own, even at the same moment', async () => {
    const workspaceName = `Same ${newId().slice(-6)}`
    const made = await Promise.all([1, 2, 3, 4].map(() => signUp(newVisitor(), { ...person(), workspaceName })))
    const slugs = made.map((result) => (result.ok ? result.value.slug : result.error.code))
    expect(new Set(slugs).size).toBe(4)
    expect(slugs.every((slug) => slug.startsWith('same-'))).toBe(true)
  })

  test('an address of one of our pages is given to no workspace', () => {
    expect(['API', 'Sign in', 'Outbox', 'settings', '日本'].map(slugOf)).toEqual([
      'api-workspace',
      'sign-in-workspace',
      'outbox-workspace',
      'settings-workspace',
      'my-workspace',
    ])
  })

  test('says in words, at the field, what is wrong, and makes nothing', async () => {
    const given = await signedUp()
    const twice = await signUp(newVisitor(), given)
    expect(twice).toMatchObject({
      ok: false,
      error: { code: 'ALREADY_EXISTS', fields: { email: [expect.stringContaining('Sign in')] } },
    })
    const short = await signUp(newVisitor(), { ...person(), password: 'short', timeZone: '+01:00' })
    expect(short).toMatchObject({
      ok: false,
      error: {
        code: 'VALIDATION_ERROR',
        fields: { password: ['Use at least 12 characters'], timeZone: [expect.stringContaining('time zone')] },
      },
    })
  })

  test('making another workspace takes a person', async () => {
    expect(codeOf(await createWorkspace(newVisitor(), { name: 'More', timeZone: 'UTC' }))).toBe('UNAUTHORIZED')
  })
})

describe('signing in', () => {
  test('opens a session of thirty days and notes it in the audit trail', async () => {
    const { email } = await signedUp()
    const opened = await openSession(newVisitor(), { email: ` ${email.toUpperCase()} `, password })
    if (!opened.ok) throw new Error(opened.error.message)
    const session = await prisma.session.findUniqueOrThrow({ where: { id: opened.value.sessionId } })
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBeGreaterThan(29.9 * 24 * hour)
    expect(await prisma.event.count({ where: { type: 'session.opened', subjectId: session.id } })).toBe(1)
    await closeSession(session.id)
    await closeSession(session.id)
    expect((await prisma.session.findUniqueOrThrow({ where: { id: session.id } })).revokedAt).not.toBeNull()
    expect(await prisma.event.count({ where: { type: 'session.closed', subjectId: session.id } })).toBe(1)
  })

  test('answers an unknown address as it answers a wrong password', async () => {
    const { email } = await signedUp()
    const wrong = await openSession(newVisitor(), { email, password: 'not the password' })
    const unknown = await openSession(newVisitor(), { email: 'nobody@example.com', password: 'not the password' })
    expect(wrong).toEqual(unknown)
    expect(codeOf(wrong)).toBe('UNAUTHORIZED')
  })

  test('is closed to whoever guesses at one account, and not to the person whose it is', async () => {
    const { email } = await signedUp()
    const guesser = newVisitor()
    const guesses: string[] = []
    for (let n = 0; n <= doors.signIn.points; n++)
      guesses.push(codeOf(await openSession(guesser, { email, password: `guess ${n}` })))
    expect(guesses.at(-2)).toBe('UNAUTHORIZED')
    expect(guesses.at(-1)).toBe('RATE_LIMIT_EXCEEDED')
    expect(codeOf(await openSession(newVisitor(), { email, password }))).toBe('ok')
  })

  test('is closed to very many guesses at one account, wherever they come from', async () => {
    const { email } = await signedUp()
    // The last ones of an hour: each takes a password’s worth of work.
    for (let n = 1; n < doors.signInAnywhere.points; n++) await pass('signInAnywhere', sha256(email.toLowerCase()))
    const guess = async () => codeOf(await openSession(newVisitor(), { email, password: 'a guess at it' }))
    expect([await guess(), await guess()]).toEqual(['UNAUTHORIZED', 'RATE_LIMIT_EXCEEDED'])
  })

  test('is closed to an address that guesses at many accounts', async () => {
    const visitor = newVisitor()
    const guesses: string[] = []
    for (let n = 0; n <= doors.signIn.points; n++)
      guesses.push(codeOf(await openSession(visitor, { email: `${n}@example.com`, password })))
    expect(guesses.at(-1)).toBe('RATE_LIMIT_EXCEEDED')
  })

  test('does not count those who knew their password', async () => {
    const { email } = await signedUp()
    const visitor = newVisitor()
    for (let n = 0; n <= doors.signIn.points; n++)
      expect(codeOf(await openSession(visitor, { email, password }))).toBe('ok')
  })
})

describe('resetting a password', () => {
  test('mails one address so often an hour, whoever asks, and never says whether it did', async () => {
    const { email } = await signedUp()
    const ask = (to: string) => requestPasswordReset(newVisitor(), { email: to })
    const answers = await Promise.all(Array.from({ length: doors.resetMail.points + 3 }, () => ask(email)))
    for (const answer of [...answers, await ask('nobody@example.com')])
      expect(answer).toEqual({ ok: true, value: { asked: true } })
    expect(await prisma.mail.count({ where: { to: email.toLowerCase(), subject: { contains: 'Reset' } } })).toBe(
      doors.resetMail.points,
    )
  })

  test('works once: the token is spent, every session ends, and the old password is wrong', async () => {
    const { email } = await signedUp()
    const opened = await openSession(newVisitor(), { email, password })
    await requestPasswordReset(newVisitor(), { email })
    const token = await tokenFor(email)
    expect(codeOf(await resetPassword(newVisitor(), { token, password: 'an entirely new one' }))).toBe('ok')
    expect(codeOf(await resetPassword(newVisitor(), { token, password: 'an entirely other one' }))).toBe(
      'INVALID_TOKEN',
    )
    const session = await prisma.session.findUniqueOrThrow({ where: { id: opened.ok ? opened.value.sessionId : '' } })
    expect(session.revokedAt).not.toBeNull()
    expect(codeOf(await openSession(newVisitor(), { email, password }))).toBe('UNAUTHORIZED')
    expect(codeOf(await openSession(newVisitor(), { email, password: 'an entirely new one' }))).toBe('ok')
  })

  test('is done once when a token is replayed at the same moment', async () => {
    const { email } = await signedUp()
    await requestPasswordReset(newVisitor(), { email })
    const token = await tokenFor(email)
    const tries = await Promise.all(
      [1, 2, 3].map((n) => resetPassword(newVisitor(), { token, password: `the new password ${n}` })),
    )
    expect(tries.map(codeOf).toSorted()).toEqual(['INVALID_TOKEN', 'INVALID_TOKEN', 'ok'])
  })

  test('spends older links too, and refuses one older than an hour', async () => {
    const { email } = await signedUp()
    await requestPasswordReset(newVisitor(), { email })
    const first = await tokenFor(email)
    await requestPasswordReset(newVisitor(), { email })
    const second = await tokenFor(email)
    await prisma.passwordReset.update({ where: { tokenHash: sha256(first) }, data: { expiresAt: inMs(-1) } })
    expect(codeOf(await resetPassword(newVisitor(), { token: first, password: 'an entirely new one' }))).toBe(
      'TOKEN_EXPIRED',
    )
    expect(codeOf(await resetPassword(newVisitor(), { token: second, password: 'an entirely new one' }))).toBe('ok')
    expect(codeOf(await resetPassword(newVisitor(), { token: first, password: 'an entirely new one' }))).toBe(
      'INVALID_TOKEN',
    )
  })

  test('gives the same answer whether or not anyone has the address', async () => {
    const { email } = await signedUp()
    expect(await requestPasswordReset(newVisitor(), { email })).toEqual(
      await requestPasswordReset(newVisitor(), { email: `${newId()}@example.com` }),
    )
  })

  test('keeps no token and no readable mail in the database', async () => {
    const { email } = await signedUp()
    await requestPasswordReset(newVisitor(), { email })
    const token = await tokenFor(email)
    const mail = await prisma.mail.findFirstOrThrow({ where: { to: email.toLowerCase() }, orderBy: { id: 'desc' } })
    expect(JSON.stringify(mail)).not.toContain(token)
    expect(await prisma.passwordReset.count({ where: { tokenHash: token } })).toBe(0)
  })
})

test('a password takes the same kind of hash for everyone, with a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword(password), hashPassword(password)])
  expect(one).not.toBe(two)
  expect(one).toContain('m=19456,t=2,p=1')
})
