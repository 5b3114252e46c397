import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeOwner, must, ask } from '@/lib/accounts/connected.fixture'
import { sha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { listen } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import type { Sandbox } from '@/sandbox/start'
import { sealEvents } from '@/lib/workspace'
import { verifyAudit } from '@/lib/workspace/verify-audit'
import { startAnswering } from '../answer/answering.test-data'
import { assignConversations } from '../desk/assign'
import { approveReply, cancelReply, tryReplyAgain } from '../answer/decide-reply'
import { holdConversation, releaseConversation } from '../desk/hold'
import { listReplies } from '../answer/list-replies'
import { listMessages } from './messages'
import { listConversations } from './queries'
import { reconcileReply } from '../answer/reconcile-reply'
import { recoverReply } from '../answer/recover-reply'
import { sendReply } from '../answer/send-reply'
import { setState } from '../desk/set-state'
import { settleReply } from '../answer/settle-reply'
import { proposeReply, writeReply } from '../answer/write-reply'

let desk: Awaited<ReturnType<typeof startAnswering>>
let sandbox: Sandbox
let owner: Ctx
let system: Ctx
let accountId = ''

beforeAll(async () => {
  desk = await startAnswering()
  ;({ sandbox, owner, system, accountId } = desk)
})
afterEach(() => desk.forgiveFaults())
afterAll(() => desk.close())

const somebodyWrites = (text: string) => desk.somebodyWrites(text)
const poll = () => desk.poll()
const seen = (text: string) => desk.seen(text)
const due = (replyId: string) => desk.due(replyId)
const stateOf = async (replyId: string) => (await desk.replyOf(replyId)).state

test('a message comes in, is answered, and the answer is at the network once', async () => {
  const message = await somebodyWrites('Do you roast decaf? I would love to order some')
  const listed = must(await listConversations(owner, { view: 'todo' }))
  expect(listed.items.map(({ id }) => id)).toContain(message.conversationId)
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'We do, every Tuesday.' }))
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'sent' })
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'skipped' })
  expect(await seen('We do, every Tuesday.')).toHaveLength(1)
  const said = must(await listMessages(owner, { conversationId: message.conversationId }))
  expect(said.items.map(({ text, own }) => [text, own])).toEqual([
    [message.text, false],
    ['We do, every Tuesday.', true],
  ])
  const [reply] = must(await listReplies(owner, { conversationId: message.conversationId })).items
  expect(reply).toMatchObject({ state: 'sent', proof: { by: 'answer' }, attempts: [{ outcome: 'accepted' }] })
})

test('two equal answers to one message are one, by two clicks or by two people', async () => {
  const message = await somebodyWrites('Are you open on Sunday?')
  const asked = { messageId: message.id, text: 'From nine to five.' }
  const done = await Promise.all([writeReply(owner, asked), writeReply(owner, asked), writeReply(owner, asked)])
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  expect(done.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'CONFLICT' } })
})

test('an answer can be taken back before it is sent, and then said again', async () => {
  const message = await somebodyWrites('Is the shop in Bern?')
  const first = must(await writeReply(owner, { messageId: message.id, text: 'Yes, by the river.' }))
  must(await cancelReply(owner, { replyId: first.replyId }))
  expect(must(await sendReply(system, { replyId: first.replyId }))).toEqual({ did: 'skipped' })
  const again = must(await writeReply(owner, { messageId: message.id, text: 'Yes, by the river.' }))
  must(await sendReply(system, { replyId: again.replyId }))
  expect(await seen('Yes, by the river.')).toHaveLength(1)
  expect(await cancelReply(owner, { replyId: again.replyId })).toMatchObject({ error: { code: 'CONFLICT' } })
})

test('who holds a conversation is not answered over unknowingly', async () => {
  const message = await somebodyWrites('My order is late, please help')
  const other = await makeMember()
  must(await holdConversation(other, { conversationId: message.conversationId }))
  const asked = { messageId: message.id, text: 'We look into it.' }
  expect(await writeReply(owner, asked)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  expect(await writeReply(owner, { ...asked, evenSo: true })).toMatchObject({ ok: true })
  must(await releaseConversation(other, { conversationId: message.conversationId }))
})

test('who opens a page has missed nothing because somebody takes a conversation, or lets go of it', async () => {
  const { conversationId } = await somebodyWrites('Does anybody type?')
  const topic = `workspace.${owner.workspaceId}`
  const lastSaid = async () => {
    let last: Date | undefined
    const stop = await listen(topic, () => undefined, { before: (at) => (last = at) })
    await stop()
    return last
  }
  const types: unknown[] = []
  const stop = await listen(topic, (event) => types.push(Object(event).type))
  const before = await lastSaid()
  must(await holdConversation(owner, { conversationId }))
  must(await releaseConversation(owner, { conversationId }))
  await expect.poll(() => types).toEqual(expect.arrayContaining(['conversation.held', 'conversation.released']))
  await stop()
  expect(await lastSaid()).toEqual(before)
})

test('an answer begun before somebody else took the conversation is told so, even when they have let go again', async () => {
  const message = await somebodyWrites('Is anybody there?')
  const { conversationId } = message
  const { fence } = must(await holdConversation(owner, { conversationId }))
  must(await releaseConversation(owner, { conversationId }))
  const other = await makeMember()
  must(await holdConversation(other, { conversationId }))
  must(await releaseConversation(other, { conversationId }))
  const asked = { messageId: message.id, text: 'Yes, I am.', fence }
  expect(await writeReply(owner, asked)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  expect(await writeReply(owner, { ...asked, evenSo: true })).toMatchObject({ ok: true })
})

test.for(['timeout_after_accept', 'reset_after_accept', '500_after_accept', 'drop_request'])(
  'after %s the answer is looked for, and is there once in the end',
  async (fault) => {
    const message = await somebodyWrites(`What about ${fault}?`)
    const text = `Settled after ${fault}`
    const { replyId } = must(await writeReply(owner, { messageId: message.id, text }))
    await ask(sandbox, '/faults', { network: 'facebook', fault, operation: 'comment' })
    await ask(sandbox, '/faults', { network: 'facebook', fault })
    must(await sendReply(system, { replyId }))
    expect(await stateOf(replyId)).toBe('unknown')
    const doubted = await prisma.event.findFirstOrThrow({
      where: { type: 'reply.doubted', particulars: { path: ['replyId'], equals: replyId } },
    })
    expect(doubted.particulars).toMatchObject({
      replyId,
      code: 'outcome_unknown',
      said: expect.stringContaining('Facebook'),
    })
    await desk.forgiveFaults()
    for (let rounds = 0; rounds < 8 && (await stateOf(replyId)) !== 'sent'; rounds++) {
      // A full read counts only past the lag, so the attempts are made to be long ago.
      await desk.longAgo(replyId)
      await due(replyId)
      must(await reconcileReply(system, { replyId }))
      await due(replyId)
      must(await sendReply(system, { replyId }))
    }
    expect([await stateOf(replyId), (await seen(text)).length]).toEqual(['sent', 1])
  },
)

test('a worker that dies with an answer in its hands leaves it to be looked for, not to be sent again', async () => {
  const message = await somebodyWrites('Hello?')
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'Hello to you.' }))
  await prisma.reply.update({
    where: { id: replyId },
    data: { state: 'sending', fence: { increment: 1 }, leaseUntil: new Date(0) },
  })
  expect(must(await recoverReply(system, { replyId }))).toEqual({ to: 'unknown' })
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'skipped' })
})

test('what the network refused can be said again, as it was or with other words', async () => {
  const message = await somebodyWrites('Do you deliver on Sundays?')
  const text = 'Only on weekdays.'
  const first = must(await writeReply(owner, { messageId: message.id, text }))
  const row = await prisma.reply.findUniqueOrThrow({ where: { id: first.replyId } })
  const nobody = JSON.parse(JSON.stringify(row.intent).replaceAll(/"to":"[^"]+"/g, '"to":"nobody"'))
  await prisma.reply.update({ where: { id: first.replyId }, data: { intent: nobody } })
  must(await sendReply(system, { replyId: first.replyId }))
  expect(await stateOf(first.replyId)).toBe('refused')
  const tries = await Promise.all([1, 2, 3].map(() => tryReplyAgain(owner, { replyId: first.replyId })))
  const done = tries.filter(({ ok }) => ok)
  expect([done.length, await stateOf(first.replyId)]).toEqual([1, 'cancelled'])
  const again = await prisma.reply.findFirstOrThrow({ where: { messageId: message.id, text, state: 'queued' } })
  must(await sendReply(system, { replyId: again.id }))
  expect([await stateOf(again.id), (await seen(text)).length]).toEqual(['sent', 1])
})

test('an answer that the network made wait can be taken back, and is not sent afterwards', async () => {
  const message = await somebodyWrites('Is it raining?')
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'It is not.' }))
  await ask(sandbox, '/faults', { network: 'facebook', fault: '429_until', operation: '*', param: 1 })
  must(await sendReply(system, { replyId }))
  await desk.forgiveFaults()
  await prisma.circuit.deleteMany({ where: { accountId } })
  expect(await stateOf(replyId)).toBe('queued')
  must(await cancelReply(owner, { replyId }))
  await due(replyId)
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'skipped' })
  expect([await stateOf(replyId), await seen('It is not.')]).toEqual(['cancelled', []])
})

/** An answer that is there, though the network did not say so. */
async function doubtful(text: string) {
  const message = await somebodyWrites(`What about “${text}”?`)
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text }))
  await ask(sandbox, '/faults', { network: 'facebook', fault: 'timeout_after_accept', operation: 'comment' })
  must(await sendReply(system, { replyId }))
  expect(await stateOf(replyId)).toBe('unknown')
  return {
    replyId,
    message,
    set: (state: 'sending' | 'unknown' | 'needs_person') =>
      prisma.reply.update({ where: { id: replyId }, data: { state, notBefore: null } }),
  }
}
const ours = (text: string) => prisma.message.findMany({ where: { accountId, own: true, text } })

test('an echo that came while its answer was still being sent proves it afterwards, without a look', async () => {
  const { replyId, set } = await doubtful('Told while sending')
  await set('sending')
  await poll()
  expect([await stateOf(replyId), (await ours('Told while sending')).length]).toEqual(['sending', 1])
  await set('unknown')
  expect(must(await reconcileReply(system, { replyId }))).toEqual({ did: 'found' })
  const [message, ...more] = await ours('Told while sending')
  expect([await stateOf(replyId), more]).toEqual(['sent', []])
  const reply = await prisma.reply.findUniqueOrThrow({ where: { id: replyId }, include: { attempts: true } })
  expect(reply.externalId).toBe(message?.externalId)
  expect(reply.attempts.map(({ purpose }) => purpose)).toEqual(['send'])
})

test('of an answer that a person found at its address the later echo is no second one', async () => {
  const { replyId, set } = await doubtful('Found by eye')
  await set('needs_person')
  const url = 'https://www.facebook.com/messages/t/1'
  must(await settleReply(owner, { replyId, answer: 'it_is_there', url }))
  expect(await ours('Found by eye')).toMatchObject([{ externalId: url }])
  await poll()
  const [effect] = await seen('Found by eye')
  expect(await ours('Found by eye')).toMatchObject([{ externalId: effect?.id }])
  expect(await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).toMatchObject({
    state: 'sent',
    externalId: effect?.id,
    proof: { by: 'person' },
  })
})

test('an answer whose echo was heard before a person found it goes by the name of its echo', async () => {
  const { replyId, set } = await doubtful('Heard, then found')
  await set('sending')
  await poll()
  await set('needs_person')
  must(await settleReply(owner, { replyId, answer: 'it_is_there', url: 'https://www.facebook.com/messages/t/2' }))
  const [effect] = await seen('Heard, then found')
  expect(await ours('Heard, then found')).toMatchObject([{ externalId: effect?.id }])
  expect((await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })).externalId).toBe(effect?.id)
})

test('approving asks all that writing asks', async () => {
  const message = await somebodyWrites('Who approves this?')
  const { conversationId, id: messageId } = message
  const propose = async (text: string) => must(await proposeReply(owner, { messageId, text })).replyId
  const [first, second] = [await propose('Ada does.'), await propose('Bo does.')]
  // With words that another answer has.
  expect(await approveReply(owner, { replyId: second, text: 'Ada does.' })).toMatchObject({
    error: { code: 'CONFLICT' },
  })
  const other = await makeMember()
  must(await holdConversation(other, { conversationId }))
  expect(await approveReply(owner, { replyId: first })).toMatchObject({
    error: { fields: { evenSo: expect.any(Array) } },
  })
  must(await releaseConversation(other, { conversationId }))
  expect(await approveReply(owner, { replyId: first, fence: 0 })).toMatchObject({ error: { code: 'CONFLICT' } })
  await prisma.account.update({ where: { id: accountId }, data: { state: 'needs_reconnect' } })
  expect(await approveReply(owner, { replyId: first })).toMatchObject({ error: { code: 'PLATFORM_AUTH_FAILED' } })
  await prisma.account.update({ where: { id: accountId }, data: { state: 'healthy' } })
  await prisma.conversation.update({ where: { id: conversationId }, data: { lastInboundAt: new Date(0) } })
  expect(await approveReply(owner, { replyId: first })).toMatchObject({ error: { code: 'CONFLICT' } })
  await prisma.conversation.update({ where: { id: conversationId }, data: { lastInboundAt: new Date() } })
  must(await approveReply(other, { replyId: first, text: 'Ada always does.' }))
  must(await cancelReply(owner, { replyId: second, reason: 'Bo is on leave' }))
  const cards = must(await listReplies(owner, { conversationId })).items.filter((card) => card.messageId === messageId)
  expect(cards.map(({ state, text, decidedById, reason }) => [state, text, decidedById, reason?.message])).toEqual([
    ['queued', 'Ada always does.', other.actor.id, undefined],
    ['cancelled', 'Bo does.', owner.actor.id, 'Turned down: Bo is on leave'],
  ])
  await prisma.message.update({ where: { id: messageId }, data: { deletedAt: new Date() } })
  const late = await prisma.reply.update({ where: { id: second }, data: { state: 'in_review' } })
  expect(await approveReply(owner, { replyId: late.id })).toMatchObject({ error: { code: 'CONFLICT' } })
})

async function makeMember(): Promise<Ctx> {
  const other = await makeOwner()
  const member = await prisma.member.create({
    data: {
      id: newId(),
      workspaceId: owner.workspaceId,
      userId: (other.actor as { userId: string }).userId,
      role: 'manager',
    },
  })
  return { ...owner, actor: { ...owner.actor, id: member.id } as Ctx['actor'] }
}

test('every assignment, state, try and error of the inbox is in the sealed trail, and forging one is found', async () => {
  const message = await somebodyWrites('Is this noted down?')
  const { conversationId } = message
  must(await assignConversations(owner, { conversationIds: [conversationId], assigneeId: owner.actor.id }))
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'Every word of it.' }))
  await ask(sandbox, '/faults', { network: 'facebook', fault: '429_until', operation: '*', param: 1 })
  must(await sendReply(system, { replyId }))
  await desk.forgiveFaults()
  await prisma.circuit.deleteMany({ where: { accountId } })
  await due(replyId)
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'sent' })
  must(await setState(owner, { conversationIds: [conversationId], state: 'done' }))
  const events = await prisma.event.findMany({
    where: { subjectId: conversationId },
    orderBy: { id: 'asc' },
    include: { excerpt: true },
  })
  const trail = events.map(({ type, actorKind }) => `${actorKind} ${type}`)
  for (const line of [
    'system message.received',
    'member conversation.assigned',
    'member reply.queued',
    'system reply.attempted',
    'system reply.parked',
    'system reply.sent',
    'member conversation.done',
  ])
    expect(trail).toContain(line)
  const parked = events.find(({ type }) => type === 'reply.parked')
  expect(parked?.particulars).toMatchObject({ why: 'rate_limited', said: expect.stringContaining('slow down') })
  const attempted = events.filter(
    ({ type, particulars }) => type === 'reply.attempted' && JSON.stringify(particulars).includes(replyId),
  )
  expect(attempted).toHaveLength(2)
  const quoted = events.filter(({ type }) => !type.startsWith('message.'))
  const ofIt = quoted.filter(({ particulars }) => JSON.stringify(particulars).includes(replyId))
  expect(ofIt.map(({ type, excerpt }) => [type, excerpt?.text])).toEqual(
    ['queued', 'attempted', 'parked', 'attempted', 'sent'].map((did) => [`reply.${did}`, 'Every word of it.']),
  )
  for (const { excerpt, particulars } of quoted)
    expect(particulars).toMatchObject({ excerptHash: sha256(`${excerpt?.salt}${excerpt?.text}`) })
  must(await sealEvents(system, {}))
  expect(await verifyAudit(owner.workspaceId)).toMatchObject({ intact: true, unsealed: 0 })
  await prisma.$transaction([
    prisma.$executeRawUnsafe('alter table "Event" disable trigger user'),
    prisma.event.update({ where: { id: attempted[0]?.id ?? '' }, data: { particulars: { replyId: 'another' } } }),
    prisma.$executeRawUnsafe('alter table "Event" enable trigger user'),
  ])
  expect(await verifyAudit(owner.workspaceId)).toMatchObject({ intact: false, why: expect.stringContaining('changed') })
})
