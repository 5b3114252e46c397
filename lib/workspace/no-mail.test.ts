import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { closeQueues } from '@/lib/core/queue'
import { closeDoors } from '@/lib/core/rate'
import { closeRealtime } from '@/lib/core/realtime'
import { inviteMember, listInvitations, resendInvitation } from './invite'
import { joinAsNew, readInvitation } from './join'
import { requestPasswordReset } from './reset-password'
import { codeOf, newMember, newVisitor, newWorkspace } from './testing'

// As the settings of the tests have it: neither a mail server nor the demo's outbox.
afterAll(() => Promise.all([closeQueues(), closeDoors(), closeRealtime(), prisma.$disconnect()]))

const tokenIn = (link: string | undefined) => /^http.*\/invitations\/([\w-]+)$/.exec(link ?? '')?.[1] ?? ''

test('who invites where no mail is sent gets the link to hand over; a second makes the first stop working', async () => {
  const { owner, workspaceId } = await newWorkspace('Engines')
  const email = `${newId()}@example.com`
  const invited = await inviteMember(owner, { email, role: 'editor' })
  if (!invited.ok) throw new Error(invited.error.message)
  const first = tokenIn(invited.value.link)
  expect(await readInvitation(newVisitor(), { token: first })).toMatchObject({ value: { email, role: 'editor' } })

  // Its button says what it gives.
  expect(await listInvitations(owner, {})).toMatchObject({ value: [{ email, handedOver: true }] })
  const again = await resendInvitation(owner, { invitationId: invited.value.invitationId })
  if (!again.ok) throw new Error(again.error.message)
  const given = { name: 'New', password: 'correct horse battery' }
  expect(codeOf(await joinAsNew(newVisitor(), { token: first, ...given }))).toBe('INVALID_TOKEN')
  expect(codeOf(await joinAsNew(newVisitor(), { token: tokenIn(again.value.link), ...given }))).toBe('ok')
  expect(await prisma.member.count({ where: { workspaceId, user: { email } } })).toBe(1)
  // Nothing lies about to be sent on the day a mail server is set.
  expect(await prisma.mail.count({ where: { to: email } })).toBe(0)
})

test('who forgot a password where no mail is sent is told whom to ask, whether or not anyone has the address', async () => {
  const { workspaceId } = await newWorkspace('Engines')
  const email = `${newId()}@example.com`
  await newMember(workspaceId, 'viewer', { email })
  const told = await requestPasswordReset(newVisitor(), { email })
  expect(told).toMatchObject({
    error: { code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('Ask whoever runs it to set SMTP_URL') },
  })
  expect(await requestPasswordReset(newVisitor(), { email: `${newId()}@example.com` })).toEqual(told)
  expect(await prisma.passwordReset.count({ where: { user: { email } } })).toBe(0)
})
