import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { finishConnection, startConnection } from '@/lib/accounts'
import { ask, makeOwner, must } from '@/lib/accounts/connected.fixture'
import { saveKnowledge } from '@/lib/ai'
import { startStandIn } from '@/lib/ai/stand-in.fixture'
import { updateContact } from '@/lib/contacts'
import { hour, inMs, minute } from '@/lib/core/clock'
import { prisma } from '@/lib/core/db'
import { wallOf } from '@/lib/core/wall'
import type { Incoming } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { asSystem } from '@/lib/workspace/system'
import { decideConsent } from '@/sandbox/person'
import { startSandbox, type Sandbox } from '@/sandbox/start'
import { saveAiPolicy } from './ai-policies'
import { considerMessage, noticeMessage } from './consider'
import { closeDesk } from '../desk.fixture'
import { getDraftDesk } from './drafts'
import { watchAccount } from '../hear/feeds'
import { holdConversation, releaseConversation } from '../desk/hold'
import { listReplies } from '../answer/list-replies'
import { pollFeed } from '../hear/poll'
import { receive } from '../hear/receive'
import { defaultFactors } from '../triage/score'
import { sendReply } from '../answer/send-reply'
import { setState } from '../desk/set-state'
import { cancelReply } from '../answer/decide-reply'
import { writeReply } from '../answer/write-reply'

let sandbox: Sandbox
let model: Awaited<ReturnType<typeof startStandIn>>
let owner: Ctx
let system: Ctx
let accountId = ''

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  model = await startStandIn()
  const url = sandbox.networks.facebook?.url ?? ''
  Object.assign(process.env, {
    FACEBOOK_API_URL: url,
    FACEBOOK_WEB_URL: url,
    FACEBOOK_CLIENT_ID: 'posthorn-facebook',
    FACEBOOK_CLIENT_SECRET: 'sandbox-secret',
    NETWORK_TIMEOUT_MS: '1500',
  })
  owner = await makeOwner()
  // Where no clock is ever changed.
  await prisma.workspace.update({ where: { id: owner.workspaceId }, data: { timeZone: 'UTC' } })
  system = (await asSystem(owner.workspaceId, 'test')) ?? owner
  const { url: consent } = must(await startConnection(owner, { platform: 'facebook', method: 'pages' }))
  const back = await decideConsent(consent, 'nora.winter')
  accountId = must(await finishConnection(owner, { platform: 'facebook', ...back })).accounts[0]?.id ?? ''
  must(await watchAccount(system, { accountId }))
  await prisma.triageSettings.create({
    data: { workspaceId: owner.workspaceId, factors: defaultFactors, undoSeconds: 0 },
  })
  await model.use(owner)
  must(await saveKnowledge(owner, { title: 'Delivery', body: 'Delivery in Switzerland takes 2 to 4 days.' }))
  await policy('auto')
})
afterEach(() => policy('auto'))
afterAll(async () => {
  await sandbox.close()
  await model.close()
  await closeDesk()
})

const usual = { threshold: 0.5, delayMinutes: 5, hourlyCap: 1_000, quietFrom: '', quietTo: '' }
const policy = async (mode: 'off' | 'draft' | 'auto', more: Partial<typeof usual> = {}) => {
  must(await saveAiPolicy(owner, { accountId, mode, ...usual, ...more }))
}

const Effects = z.array(z.object({ text: z.string() }))
/** Everything the page has ever said to somebody in the words that AI uses here. */
const said = async () =>
  Effects.parse(await ask(sandbox, '/effects?network=facebook')).filter(({ text }) => text.includes('2 to 4 days'))
    .length

let people = 0
/** Somebody asks, and an automatic answer begins its wait. */
async function waiting() {
  people += 1
  const text = `How long does delivery to place ${people} take?`
  const { externalId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const by = { handle: `person-${people}`, name: `Person ${people}` }
  await ask(sandbox, '/speak', { network: 'facebook', account: externalId, kind: 'dm', text, by })
  await prisma.inboxFeed.updateMany({ where: { accountId }, data: { nextAt: new Date(0) } })
  const feed = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  must(await pollFeed(system, { feedId: feed.id }))
  const message = await prisma.message.findFirstOrThrow({ where: { accountId, text } })
  const { id: messageId, conversationId } = message
  must(await noticeMessage(system, { messageId, kind: 'dm', via: 'poll' }))
  const { id: readingId } = await prisma.aiReading.findUniqueOrThrow({ where: { messageId } })
  expect(must(await considerMessage(system, { readingId }))).toEqual({ did: 'auto' })
  const reply = await prisma.reply.findFirstOrThrow({ where: { messageId } })
  return { message, conversationId, replyId: reply.id }
}
type Waiting = Awaited<ReturnType<typeof waiting>>

/** The delay is over. @returns what became of the answer, and how often its words were said at the network since */
async function comesDue({ conversationId, replyId }: Waiting) {
  const before = await said()
  await prisma.reply.update({ where: { id: replyId }, data: { sendAt: new Date(0), notBefore: null } })
  must(await sendReply(system, { replyId }))
  const card = must(await listReplies(owner, { conversationId })).items.find(({ id }) => id === replyId)
  return { state: card?.state, why: card?.reason?.message, times: (await said()) - before }
}

/** Another report of a message, as the network gives it. */
async function reported({ message }: Waiting, more: Partial<Incoming>) {
  // The column is written from an Incoming and from nothing else.
  const item = { ...(message.source as unknown as Incoming), ...more }
  must(await receive(system, { accountId, items: [item], via: 'poll' }))
}
/** The person behind a name says that they want to hear nothing but answers. */
async function refuses(identityId: string | null) {
  const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: identityId ?? '' } })
  must(await updateContact(owner, { contactId, consent: { marketing: 'refused', source: 'said so' } }))
}
const ago = (ms: number) => inMs(-ms)
const later = (ms = 60_000) => new Date(Date.now() + ms).toISOString()

test('an automatic answer that nothing has come between goes out, once', async () => {
  const answer = await waiting()
  expect(await comesDue(answer)).toEqual({ state: 'sent', why: undefined, times: 1 })
  const [card] = must(await listReplies(owner, { conversationId: answer.conversationId })).items
  expect(card).toMatchObject({ authorKind: 'ai', decidedById: null, draft: { origin: 'model', edited: false } })
})

const between: Readonly<Record<string, (answer: Waiting) => Promise<unknown>>> = {
  'the customer writes again': (answer) =>
    reported(answer, { externalId: `more-${people}`, text: 'Hello?', at: later() }),
  'the customer edits the question': (answer) =>
    reported(answer, { change: 'edited', text: 'How long does delivery to the moon take?', at: later() }),
  'the customer takes the question away': (answer) => reported(answer, { change: 'deleted', at: later() }),
  'the conversation is set to Done': ({ conversationId }) =>
    setState(owner, { conversationIds: [conversationId], state: 'done' }),
  'AI is kept out of the conversation': ({ conversationId }) =>
    prisma.conversation.update({ where: { id: conversationId }, data: { aiHeld: true } }),
  'the policy is switched off': () => policy('off'),
  'the policy is to draft only': () => policy('draft'),
  'the policy asks for more confidence': () => policy('auto', { threshold: 1 }),
  'a day and more goes by, which an account took to be reconnected': ({ message, replyId }) =>
    Promise.all([
      prisma.message.update({ where: { id: message.id }, data: { at: ago(25 * hour) } }),
      prisma.reply.update({ where: { id: replyId }, data: { createdAt: ago(25 * hour) } }),
    ]),
  'the time for programs to answer ends': ({ conversationId }) =>
    prisma.conversation.update({
      where: { id: conversationId },
      data: { lastInboundAt: new Date(Date.now() - 25 * 3_600_000) },
    }),
  'the customer refuses to hear from us': ({ message }) => refuses(message.identityId),
  'somebody begins to answer': ({ conversationId }) => holdConversation(owner, { conversationId }),
  'somebody answers in the network’s own app': (answer) =>
    reported(answer, { externalId: `own-${people}`, own: true, text: 'Two days.', at: later() }),
}

describe('an automatic answer is not sent, and why is said, when meanwhile', () => {
  test.each(Object.keys(between))('%s', async (what) => {
    const answer = await waiting()
    await between[what]?.(answer)
    expect(await comesDue(answer)).toEqual({ state: 'cancelled', why: expect.stringMatching(/^Not sent: /), times: 0 })
    must(await releaseConversation(owner, { conversationId: answer.conversationId }))
    const desk = must(await getDraftDesk(owner, { conversationId: answer.conversationId }))
    expect(desk.reading?.reasons.at(-1)).toMatch(/^Not sent: /)
  })

  test('a person answers: it is taken back at once, and theirs goes out alone', async () => {
    const answer = await waiting()
    const { conversationId, message } = answer
    const before = await said()
    const mine = must(await writeReply(owner, { messageId: message.id, text: `Two days to place ${people}.` }))
    const [automatic] = must(await listReplies(owner, { conversationId })).items
    expect(automatic).toMatchObject({ state: 'cancelled', reason: { kind: 'withdrawn' } })
    must(await sendReply(system, { replyId: mine.replyId }))
    expect(await comesDue(answer)).toMatchObject({ state: 'cancelled', times: 0 })
    expect([
      (await prisma.reply.findUniqueOrThrow({ where: { id: mine.replyId } })).state,
      (await said()) - before,
    ]).toEqual(['sent', 0])
  })

  test('a person answers in the very moment in which it begins: it was sent wholly, or not tried at all', async () => {
    const answer = await waiting()
    const { message, replyId } = answer
    await prisma.reply.update({ where: { id: replyId }, data: { sendAt: new Date(0) } })
    const [, mine] = await Promise.all([
      sendReply(system, { replyId }),
      writeReply(owner, { messageId: message.id, text: `At once, to place ${people}.` }),
    ])
    const { state } = await prisma.reply.findUniqueOrThrow({ where: { id: replyId } })
    // Begun first it is sent; else it was taken back, and nothing of it was tried.
    expect(['sent', 'cancelled']).toContain(state)
    expect(await prisma.replyAttempt.count({ where: { replyId } })).toBe(state === 'sent' ? 1 : 0)
    expect(mine.ok).toBe(true)
  })
})

describe('an automatic answer that comes late waits again, and goes out once', () => {
  const wall = (at: Date) => wallOf(at, 'UTC').slice(-5)
  test('when quiet hours have begun: until they end, also those that were set while it waited', async () => {
    const answer = await waiting()
    const end = new Date(Math.ceil((Date.now() + 3 * hour) / minute) * minute)
    await policy('auto', { quietFrom: wall(ago(hour)), quietTo: wall(end) })
    const until = wall(end)
    expect(await comesDue(answer)).toEqual({
      state: 'queued',
      why: `These are quiet hours. It waits until ${until}.`,
      times: 0,
    })
    const { notBefore } = await prisma.reply.findUniqueOrThrow({ where: { id: answer.replyId } })
    expect(notBefore).toEqual(end)
    // Not before: another worker that asks finds nothing to do.
    must(await sendReply(system, { replyId: answer.replyId }))
    expect((await prisma.reply.findUniqueOrThrow({ where: { id: answer.replyId } })).state).toBe('queued')
    await policy('auto')
    expect(await comesDue(answer)).toEqual({ state: 'sent', why: undefined, times: 1 })
  })

  test('when as many as the cap allows went out in the hour before: so that an outage ends without a flood', async () => {
    const all = [await waiting(), await waiting(), await waiting(), await waiting()]
    await prisma.replyAttempt.updateMany({ where: { reply: { accountId } }, data: { startedAt: ago(2 * hour) } })
    await policy('auto', { hourlyCap: 2 })
    const done = await Promise.all(
      all.map(async (answer) => {
        await prisma.reply.update({ where: { id: answer.replyId }, data: { sendAt: ago(2 * hour) } })
        must(await sendReply(system, { replyId: answer.replyId }))
        return prisma.reply.findUniqueOrThrow({ where: { id: answer.replyId } })
      }),
    )
    expect(done.map(({ state }) => state).toSorted()).toEqual(['queued', 'queued', 'sent', 'sent'])
    const begun = await prisma.replyAttempt.findMany({
      where: { reply: { accountId }, startedAt: { gt: ago(hour) } },
      orderBy: { startedAt: 'asc' },
    })
    const late = done.filter(({ state }) => state === 'queued')
    for (const { notBefore, reason } of late) {
      expect(notBefore?.getTime()).toBe((begun[0]?.startedAt.getTime() ?? 0) + hour)
      expect(reason).toMatchObject({ kind: 'policy', message: expect.stringContaining('is 2 in an hour') })
    }

    // An hour later there is room for as many again.
    await prisma.replyAttempt.updateMany({ where: { reply: { accountId } }, data: { startedAt: ago(hour + minute) } })
    for (const { id } of late) {
      await prisma.reply.update({ where: { id }, data: { notBefore: null } })
      must(await sendReply(system, { replyId: id }))
    }
    expect(await prisma.reply.count({ where: { id: { in: late.map(({ id }) => id) }, state: 'sent' } })).toBe(2)
  })
})

test('an answer of AI that a person chose to send again is that person’s, whatever the policy says since', async () => {
  const answer = await waiting()
  const { replyId } = answer
  await prisma.reply.update({ where: { id: replyId }, data: { decidedById: owner.actor.id } })
  await prisma.aiPolicy.update({ where: { accountId }, data: { mode: 'off' } })
  expect(await comesDue(answer)).toMatchObject({ state: 'sent', times: 1 })
})

test('who refused to hear from us gets no automatic answer, and the draft of it waits for a person', async () => {
  const { message, conversationId, replyId } = await waiting()
  // Another word of theirs, with the first one out of the way.
  must(await cancelReply(owner, { replyId }))
  await refuses(message.identityId)
  await prisma.message.update({ where: { id: message.id }, data: { deletedAt: new Date() } })
  const text = `How long does delivery to their place ${people} take?`
  await reported({ message, conversationId, replyId }, { externalId: `anew-${people}`, text, at: later(1_000) })
  const { id: messageId } = await prisma.message.findFirstOrThrow({ where: { accountId, text } })
  must(await noticeMessage(system, { messageId, kind: 'dm', via: 'poll' }))
  const { id: readingId } = await prisma.aiReading.findUniqueOrThrow({ where: { messageId } })
  expect(must(await considerMessage(system, { readingId }))).toEqual({ did: 'draft' })
  const desk = must(await getDraftDesk(owner, { conversationId }))
  expect([desk.draft?.messageId, desk.reading?.reasons]).toEqual([
    messageId,
    [expect.stringContaining('they refused to hear from us')],
  ])
})

test('what the customer said again calls a person', async () => {
  const answer = await waiting()
  await reported(answer, { externalId: `again-${people}`, text: 'Anybody?', at: later() })
  await comesDue(answer)
  const escalated = await prisma.event.count({
    where: { subjectId: answer.conversationId, type: 'conversation.escalated' },
  })
  expect(escalated).toBe(1)
})
