import { afterAll, beforeEach, expect, test } from 'vitest'
import { day, inMs, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { must } from '@/lib/accounts/connected.fixture'
import { receive, setState } from '@/lib/inbox'
import { closeDesk, newDesk } from '@/lib/inbox/desk.fixture'
import type { Ctx } from '@/lib/workspace'
import { responseReport } from './response-report'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('telegram')
})
afterAll(() => closeDesk())

const begun = inMs(-2 * day)
let count = 0
const said = (ms: number, text: string, more: object = {}) => ({
  externalId: `m-${(count += 1)}`,
  kind: 'dm' as const,
  text,
  at: inMs(ms, begun).toISOString(),
  author: { externalId: 'u-rosa', handle: '@rosa', displayName: 'Rosa' },
  own: false,
  conversation: 'rosa',
  ref: null,
  ...more,
})
const ours = (ms: number, text: string) =>
  said(ms, text, { own: true, author: { externalId: 'us', handle: '@us', displayName: 'Us' } })
const hear = async (...items: readonly object[]) =>
  must(await receive(desk.system, { accountId, items: [...items], via: 'poll' }))
const chat = () => prisma.conversation.findFirstOrThrow({ where: { accountId } })
const done = async () => must(await setState(owner, { conversationIds: [(await chat()).id], state: 'done' }))
const report = async () => must(await responseReport(owner, { days: 28 }))

test('who comes back to a chat that was answered and done long ago asks anew', async () => {
  await hear(said(-40 * day, 'Do you open on Sundays?'), ours(-40 * day + minute, 'We do.'))
  await done()
  await hear(said(0, 'My parcel never arrived! Where is it?'))
  expect(await report()).toMatchObject({ asked: 1, answered: 0, resolution: { n: 0 } })
  await hear(ours(60 * minute, 'It comes tomorrow.'))
  expect(await report()).toMatchObject({ asked: 1, answered: 1, firstReply: { medianMs: 60 * minute, n: 1 } })
})

test('what is said before an answer is one question, and what is said after it is the next', async () => {
  await hear(
    said(0, 'Hello'),
    said(minute, 'How much is the blue one?'),
    ours(10 * minute, 'It is 20.'),
    said(20 * minute, 'And the red one?'),
    ours(25 * minute, 'The same.'),
    said(30 * minute, 'Then I want to buy two.'),
  )
  expect(await report()).toMatchObject({
    asked: 3,
    answered: 2,
    firstReply: { medianMs: 5 * minute, p90Ms: 10 * minute },
  })
})

test('who goes on with what they asked before the period asks nothing new in it', async () => {
  await hear(said(-40 * day, 'Where is my order?'), said(0, 'I still wait.'))
  expect(await report()).toMatchObject({ asked: 0 })
  await hear(ours(minute, 'On its way.'), said(2 * minute, 'When does it come?'))
  expect(await report()).toMatchObject({ asked: 1, answered: 0 })
})

test('what was done without an answer is not answered by what is said to the next question', async () => {
  await hear(said(0, 'Do you have a shop?'), ours(minute, 'In Bern.'), said(2 * minute, 'Thank you!'))
  await done()
  await hear(said(day, 'My grinder is broken.'), ours(day + 5 * minute, 'Send it to us.'))
  await done()
  await hear(said(day + 60 * minute, 'Thanks'))
  await done()
  const { asked, answered, firstReply, resolution } = await report()
  expect([asked, answered]).toEqual([4, 2])
  expect(firstReply).toEqual({ medianMs: minute, p90Ms: 5 * minute, n: 2 })
  expect(resolution.n).toBe(4)
})

test('a program’s answer ends no question, and a chat that was opened again is not done', async () => {
  await hear(said(0, 'Where is my order?'))
  const { id: messageId, conversationId } = await prisma.message.findFirstOrThrow({ where: { accountId } })
  const auto = ours(minute, 'We will be with you soon.')
  await prisma.reply.create({
    data: {
      id: `auto-${messageId}`,
      workspaceId: desk.workspace.id,
      conversationId,
      accountId,
      messageId,
      contentHash: 'auto',
      text: auto.text,
      intent: {},
      state: 'sent',
      sendAt: begun,
      sentAt: begun,
      authorKind: 'ai',
      authorId: 'a draft',
      externalId: auto.externalId,
    },
  })
  await hear(auto, said(2 * minute, 'Hello?'))
  expect(await report()).toMatchObject({ asked: 1, answered: 0, answeredByProgram: 1 })
  await done()
  expect((await report()).resolution.n).toBe(1)
  must(await setState(owner, { conversationIds: [conversationId], state: 'todo' }))
  expect((await report()).resolution.n).toBe(0)
})
