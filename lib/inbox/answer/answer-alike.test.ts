import { afterAll, beforeEach, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { holdConversation } from '../desk/hold'
import { closeDesk, newDesk } from '../desk.fixture'
import { receive } from '../hear/receive'
import { defaultFactors } from '../triage/score'
import { checkAlike } from './alike-desk'
import { answerAlike } from './answer-alike'
import { cancelReplies } from './decide-reply'
import { writeReply } from './write-reply'

afterAll(() => closeDesk())

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

let desk: Awaited<ReturnType<typeof newDesk>>
let manager: Ctx
let bluesky = ''
beforeEach(async () => {
  desk = await newDesk()
  manager = await desk.as('manager')
  bluesky = await desk.account('bluesky')
  await prisma.triageSettings.create({
    data: { workspaceId: desk.workspace.id, factors: defaultFactors, undoSeconds: 60 },
  })
})

const outage = 'Your shop is down again and I paid for order'
const words = 'Hello {{contact.first_name|there}}, we are back.'

/** Somebody says nearly what everybody says. @returns the message. */
async function complains(name: string, more: Partial<Incoming> & { readonly accountId?: string } = {}) {
  const { accountId = bluesky, ...rest } = more
  const externalId = newId()
  const item: Incoming = {
    externalId,
    kind: 'mention',
    change: 'new',
    text: `${outage} #${Math.floor(Math.random() * 90_000) + 10_000}. Where is my gift box?`,
    at: new Date().toISOString(),
    author: { externalId: `u-${externalId}`, handle: `@${name.toLowerCase()}`, displayName: `${name} Moor` },
    own: false,
    conversation: externalId,
    media: [],
    ref: {},
    ...rest,
  }
  must(await receive(desk.system, { accountId, items: [item], via: 'webhook' }))
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId } })
}
const repliesIn = (conversationIds: readonly string[]) =>
  prisma.reply.findMany({ where: { conversationId: { in: [...conversationIds] } }, orderBy: { createdAt: 'asc' } })
const outcomes = (report: { readonly items: readonly { readonly name: string; readonly outcome: string }[] }) =>
  Object.fromEntries(report.items.map(({ name, outcome }) => [name.split(' ')[0], outcome]))

test('everybody who says nearly the same gets an answer in their own words, and goes out at one time', async () => {
  const said = [await complains('Ann'), await complains('Bea'), await complains('Cem')]
  await complains('Dan', { text: 'Do you open on Sunday?' })
  const [first] = said
  const report = must(await answerAlike(manager, { conversationId: first?.conversationId ?? '', text: words }))
  expect(outcomes(report)).toEqual({ Ann: 'queued', Bea: 'queued', Cem: 'queued' })
  const replies = await prisma.reply.findMany({ where: { workspaceId: desk.workspace.id } })
  expect(replies.map(({ text }) => text).toSorted()).toEqual(
    ['Ann', 'Bea', 'Cem'].map((name) => `Hello ${name}, we are back.`),
  )
  expect(new Set(replies.map(({ messageId }) => messageId))).toEqual(new Set(said.map(({ id }) => id)))
  expect(replies.map(({ state, sendAt }) => [state, sendAt.toISOString()])).toEqual(
    replies.map(() => ['queued', report.sendAt]),
  )
})

test('pressed twice, by two people at once, or again after a rename, each conversation still has one answer', async () => {
  const said = [await complains('Ann'), await complains('Bea'), await complains('Cem')]
  const conversationId = said[0]?.conversationId ?? ''
  const colleague = await desk.as('manager')
  const reports = await Promise.all(
    [manager, colleague, manager].map((ctx) => answerAlike(ctx, { conversationId, text: words })),
  )
  expect(reports.map((report) => report.ok)).toEqual([true, true, true])
  await prisma.contact.updateMany({ where: { workspaceId: desk.workspace.id }, data: { name: 'Somebody else' } })
  const again = must(await answerAlike(manager, { conversationId, text: words }))
  expect(again.items.map(({ outcome }) => outcome)).toEqual(['known', 'known', 'known'])
  const replies = await repliesIn(said.map((message) => message.conversationId))
  expect(replies.map((reply) => reply.conversationId).toSorted()).toEqual(
    said.map((message) => message.conversationId).toSorted(),
  )
})

test('who cannot be answered is known before anything is sent, with the reason, and is left out', async () => {
  const [ann, bea, cem, dan, eve] = [
    await complains('Ann'),
    await complains('Bea'),
    await complains('Cem'),
    await complains('Dan'),
    await complains('Eve', {
      accountId: await desk.account('whatsapp'),
      kind: 'dm',
      at: new Date(Date.now() - 30 * 3_600_000).toISOString(),
    }),
  ]
  const colleague = await desk.as('manager')
  must(await writeReply(colleague, { messageId: bea.id, text: 'We look into it.' }))
  must(await holdConversation(colleague, { conversationId: cem.conversationId }))
  const gone = await desk.account('bluesky')
  const finn = await complains('Finn', { accountId: gone })
  await prisma.account.update({ where: { id: gone }, data: { state: 'needs_reconnect' } })
  await prisma.contact.update({
    where: { id: (await prisma.conversation.findUniqueOrThrow({ where: { id: dan.conversationId } })).contactId ?? '' },
    data: { name: 'D'.repeat(400) },
  })

  const before = must(await checkAlike(manager, { conversationId: ann.conversationId }))
  const problem = (list: typeof before, id: string) => list.items.find((one) => one.conversationId === id)?.problem
  expect(problem(before, ann.conversationId)).toBeNull()
  expect(problem(before, bea.conversationId)).toContain('on its way already')
  expect(problem(before, cem.conversationId)).toContain('Somebody else is answering this')
  expect(problem(before, eve.conversationId)).toContain('24 hours')
  expect(problem(before, finn.conversationId)).toContain('must be reconnected')
  expect(problem(before, dan.conversationId)).toBeNull()
  const written = must(await checkAlike(manager, { conversationId: ann.conversationId, text: words }))
  expect(problem(written, dan.conversationId)).toContain('Bluesky counts')
  expect(written.items.find((one) => one.conversationId === ann.conversationId)?.text).toBe('Hello Ann, we are back.')

  const report = must(await answerAlike(manager, { conversationId: ann.conversationId, text: words }))
  expect(report.items.flatMap((item) => (item.outcome === 'queued' ? [item.name] : []))).toEqual(['Ann Moor'])
  expect(report.items.filter(({ outcome }) => outcome === 'left_out')).toHaveLength(5)
  expect((await repliesIn([bea.conversationId])).map(({ text }) => text)).toEqual(['We look into it.'])
})

test('all can be taken back at once while they wait, and the same words said again', async () => {
  const said = [await complains('Ann'), await complains('Bea')]
  const asked = { conversationId: said[0]?.conversationId ?? '', text: words }
  const report = must(await answerAlike(manager, asked))
  const replyIds = report.items.flatMap((item) => (item.outcome === 'queued' ? [item.replyId] : []))
  expect(must(await cancelReplies(manager, { replyIds }))).toEqual({ cancelled: 2, tooLate: 0 })
  expect(must(await cancelReplies(manager, { replyIds }))).toEqual({ cancelled: 0, tooLate: 2 })
  expect(outcomes(must(await answerAlike(manager, asked)))).toEqual({ Ann: 'queued', Bea: 'queued' })
})

test('only those that were chosen are answered, and of them only those that say nearly the same', async () => {
  const [ann, bea] = [await complains('Ann'), await complains('Bea')]
  const other = await complains('Dan', { text: 'Do you open on Sunday?' })
  const report = must(
    await answerAlike(manager, {
      conversationId: ann.conversationId,
      conversationIds: [bea.conversationId, other.conversationId],
      text: words,
    }),
  )
  expect(report.items).toMatchObject([
    { conversationId: bea.conversationId, outcome: 'queued' },
    { conversationId: other.conversationId, outcome: 'left_out', message: 'It no longer says nearly the same.' },
  ])
  expect(await repliesIn([ann.conversationId, other.conversationId])).toEqual([])
})

test('a variable that there is none of is refused by its name, and another workspace’s conversation is not found', async () => {
  const { conversationId } = await complains('Ann')
  const wrong = await answerAlike(manager, { conversationId, text: 'Hello {{nobody}}' })
  expect(wrong).toMatchObject({ ok: false, error: { message: expect.stringContaining('{{nobody}}') } })
  const stranger = await (await newDesk()).as('manager')
  expect(await answerAlike(stranger, { conversationId, text: words })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  })
  const editor = await desk.as('editor')
  expect(await answerAlike(editor, { conversationId, text: words })).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  })
})
