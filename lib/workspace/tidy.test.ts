import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { newWorkspace } from './testing'
import { tidyUp } from './tidy'

afterAll(async () => {
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

test('old mail, answers whose day is over and lines of nobody are forgotten, whoever asked for them; the rest stays', async () => {
  const { workspaceId } = await newWorkspace()
  const mail = (subject: string, createdAt: Date) =>
    prisma.mail.create({ data: { id: newId(), to: 'a@example.com', subject, bodySealed: 'x', createdAt } })
  const answer = (key: string, createdAt: Date) =>
    prisma.idempotentRequest.create({
      data: { id: newId(), workspaceId, apiKeyId: newId(), key, requestHash: 'x', createdAt },
    })
  await mail('old', daysAgo(31))
  await mail('young', daysAgo(29))
  await answer('old', daysAgo(2))
  await answer('young', daysAgo(0))
  const line = (id: string, until: Date) => prisma.sharedLine.create({ data: { id, holder: 'worker:1', until } })
  await line('old', daysAgo(2))
  await line('young', daysAgo(0))
  expect(await tidyUp({})).toMatchObject({ ok: true, value: { mails: 1, answers: 1, lines: 1 } })
  expect((await prisma.sharedLine.findMany()).map(({ id }) => id)).toEqual(['young'])
  expect((await prisma.mail.findMany()).map(({ subject }) => subject)).toEqual(['young'])
  expect((await prisma.idempotentRequest.findMany()).map(({ key }) => key)).toEqual(['young'])
})

test('sessions, ways to a new password and invitations that ended long ago are forgotten, in parts; the rest stays', async () => {
  const { workspaceId } = await newWorkspace()
  const userId = newId()
  await prisma.user.create({ data: { id: userId, email: `${userId}@example.com`, name: 'Ada', passwordHash: 'none' } })
  const ids = { old: newId(), young: newId() }
  const ends = [
    [ids.old, daysAgo(91)],
    [ids.young, daysAgo(29)],
  ] as const
  await prisma.session.createMany({
    data: [
      ...ends.map(([id, expiresAt]) => ({ id, userId, userAgent: 'x', ip: 'x', expiresAt })),
      ...Array.from({ length: 1_500 }, () => ({
        id: newId(),
        userId,
        userAgent: 'x',
        ip: 'x',
        expiresAt: daysAgo(31),
      })),
    ],
  })
  await prisma.passwordReset.createMany({
    data: ends.map(([id, expiresAt]) => ({ id, userId, tokenHash: newId(), expiresAt })),
  })
  await prisma.invitation.createMany({
    data: ends.map(([id, expiresAt]) => ({
      id,
      workspaceId,
      email: `${id}@example.com`,
      role: 'viewer' as const,
      tokenHash: newId(),
      invitedById: newId(),
      expiresAt,
    })),
  })
  expect(await tidyUp({})).toMatchObject({ ok: true, value: { sessions: 1_501, resets: 1, invitations: 1 } })
  const left = await Promise.all([
    prisma.session.findMany({ where: { userId } }),
    prisma.passwordReset.findMany({ where: { userId } }),
    prisma.invitation.findMany({ where: { workspaceId } }),
  ])
  expect(left.map((rows) => rows.map(({ id }) => id))).toEqual([[ids.young], [ids.young], [ids.young]])
})
