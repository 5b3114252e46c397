import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { inviteMember } from './invite'
import { joinAsNew } from './join'
import { isSignUpOpen, signUp } from './sign-up'
import { codeOf, newVisitor, newWorkspace } from './testing'

// Settings are read once. No mail is sent, so that an invitation gives its link back.
process.env.SIGN_UP = 'invited'
afterAll(() => Promise.all([closeQueues(), closeDoors(), closeRealtime(), prisma.$disconnect()]))

const password = 'correct horse battery'
const person = () => ({
  name: 'Ada',
  email: `${newId()}@example.com`,
  password,
  workspaceName: 'Engines',
  timeZone: 'Europe/Zurich',
})

test('of those who would be the first of an empty installation, at the same moment, one is', async () => {
  expect([await prisma.user.count(), await isSignUpOpen()]).toEqual([0, true])
  const made = await Promise.all([1, 2, 3, 4].map(() => signUp(newVisitor(), person())))
  expect(made.map(codeOf).toSorted()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok'])
  expect([await prisma.user.count(), await prisma.workspace.count()]).toEqual([1, 1])
})

test('after that nobody makes an account by coming, and is told whom to ask', async () => {
  expect(await isSignUpOpen()).toBe(false)
  expect(await signUp(newVisitor(), person())).toMatchObject({
    error: { code: 'FORBIDDEN', message: expect.stringContaining('Ask someone in your team for an invitation') },
  })
})

test('who was invited makes an account all the same', async () => {
  const { owner, workspaceId } = await newWorkspace('Engines')
  const email = `${newId()}@example.com`
  const invited = await inviteMember(owner, { email, role: 'editor' })
  const link = invited.ok ? invited.value.link : undefined
  const token = /\/invitations\/([\w-]+)$/.exec(link ?? '')?.[1] ?? ''
  expect(codeOf(await joinAsNew(newVisitor(), { token, name: 'Bo', password }))).toBe('ok')
  expect(await prisma.member.count({ where: { workspaceId, user: { email } } })).toBe(1)
})
