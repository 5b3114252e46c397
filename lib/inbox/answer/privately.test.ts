import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { codeOf } from '@/lib/workspace/testing'
import { listMessages } from '../lists/messages'
import { approveReply, cancelReply } from './decide-reply'
import { listReplies } from './list-replies'
import { startCommented } from './privately.test-data'
import { reconcileReply } from './reconcile-reply'
import { sendReply } from './send-reply'
import { settleReply } from './settle-reply'
import { proposeReply, writeReply } from './write-reply'

const kinds = ['facebook', 'instagram'] as const
let desk: Awaited<ReturnType<typeof startCommented>>
beforeAll(async () => {
  desk = await startCommented(kinds)
})
afterEach(() => desk.forgive())
afterAll(() => desk.close())

const write = (messageId: string, text: string, privately = true) =>
  writeReply(desk.owner, { messageId, text, privately })
const send = async (replyId: string) => must(await sendReply(desk.system, { replyId })).did
const saidIn = async (conversationId: string) => must(await listMessages(desk.owner, { conversationId })).items
const stateOf = async (replyId: string) => (await desk.replyOf(replyId)).state

describe.each(kinds)('on %s', (kind) => {
  test('a private answer goes to the author once, stands under the comment as such, and their answer is a chat with the same person', async () => {
    const comment = await desk.says(kind, 'comment', 'rosa', `My ${kind} order never came`)
    const text = `Which order, on ${kind}?`
    const { replyId } = must(await write(comment.id, text))
    expect([await send(replyId), await send(replyId)]).toEqual(['sent', 'skipped'])
    expect(await desk.seen(text)).toHaveLength(1)

    await desk.says(kind, 'dm', 'rosa', `It is 4711 on ${kind}`)
    await desk.poll(kind)
    const there = await prisma.conversation.findFirstOrThrow({ where: { id: comment.conversationId } })
    const shown = (await saidIn(there.id)).filter(({ own }) => own)
    expect(shown).toMatchObject([{ text, privately: true, kind: 'comment', answers: { id: comment.id } }])
    const [reply] = must(await listReplies(desk.owner, { conversationId: there.id })).items
    expect(reply).toMatchObject({ state: 'sent', privately: true, proof: { by: 'answer' } })
    expect(await prisma.message.findUniqueOrThrow({ where: { id: comment.id } })).toMatchObject({
      answeredAt: expect.any(Date),
      answeredByPersonAt: expect.any(Date),
    })
    const chat = await prisma.conversation.findFirstOrThrow({ where: { accountId: desk.idOf(kind), kind: 'dm' } })
    expect((await saidIn(chat.id)).map((one) => [one.own, one.privately, one.text])).toEqual([
      [true, false, text],
      [false, false, `It is 4711 on ${kind}`],
    ])
    expect(chat.contactId).toBe(there.contactId)
  })

  test('a comment takes one private answer, whatever the words, and public ones besides', async () => {
    const comment = await desk.says(kind, 'comment', 'max', `Only once on ${kind}?`)
    const both = await Promise.all([write(comment.id, 'Write to us'), write(comment.id, 'Or call us')])
    expect(both.map(codeOf).toSorted()).toEqual(['CONFLICT', 'ok'])
    const failed = both.find(({ ok }) => !ok)
    expect(failed).toMatchObject({ error: { message: expect.stringContaining('private answer already') } })
    const first = both.find(({ ok }) => ok)
    const replyId = first?.ok ? first.value.replyId : ''
    const { text } = await desk.replyOf(replyId)
    expect(codeOf(await write(comment.id, text, false))).toBe('ok')

    must(await cancelReply(desk.owner, { replyId }))
    const again = must(await write(comment.id, 'Write to us here'))
    expect(await send(again.replyId)).toBe('sent')
    expect(codeOf(await write(comment.id, 'And once more'))).toBe('CONFLICT')
    const [asked] = (await saidIn(comment.conversationId)).filter(({ id }) => id === comment.id)
    expect(asked?.privateAnswer).toMatchObject({ open: false, rule: expect.stringContaining('already') })
  })

  test('the time for it is known before anybody types, and what is no comment has no such answer', async () => {
    const comment = await desk.says(kind, 'comment', 'mia', `Still there on ${kind}?`)
    const dm = await desk.says(kind, 'dm', 'mia', `Hello ${kind}`)
    const privateAnswerOf = async ({ id, conversationId }: typeof dm) =>
      (await saidIn(conversationId)).find((one) => one.id === id)?.privateAnswer
    const week = 7 * 24 * 3_600_000
    const until = new Date(comment.at.getTime() + week).toISOString()
    expect(await privateAnswerOf(comment)).toMatchObject({ open: true, until, rule: expect.stringContaining('7 days') })
    expect(await privateAnswerOf(dm)).toBeNull()
    expect(codeOf(await write(dm.id, 'Hello you'))).toBe('VALIDATION_ERROR')

    const waits = must(await proposeReply(desk.owner, { messageId: comment.id, text: 'We are', privately: true }))
    await prisma.message.update({ where: { id: comment.id }, data: { at: new Date(Date.now() - week) } })
    expect(codeOf(await approveReply(desk.owner, { replyId: waits.replyId }))).toBe('CONFLICT')
    must(await cancelReply(desk.owner, { replyId: waits.replyId }))
    expect(codeOf(await write(comment.id, 'We were'))).toBe('CONFLICT')
    expect(await privateAnswerOf(comment)).toMatchObject({ open: false, rule: expect.stringContaining('is over') })
  })

  test('what waits for approval goes out privately when it is approved, with the words it has then', async () => {
    const comment = await desk.says(kind, 'comment', 'tom', `May I ask on ${kind}?`)
    const waits = must(await proposeReply(desk.owner, { messageId: comment.id, text: 'Ask', privately: true }))
    const text = `Ask us anything, ${kind}`
    must(await approveReply(desk.owner, { replyId: waits.replyId, text }))
    expect(await send(waits.replyId)).toBe('sent')
    expect(await desk.seen(text)).toHaveLength(1)
    const own = (await saidIn(comment.conversationId)).filter((one) => one.text === text)
    expect(own).toMatchObject([{ own: true, privately: true }])
  })

  test.for(['timeout_after_accept', 'reset_after_accept', '500_after_accept', 'drop_request'])(
    'after %s a private answer is looked for in the chat, and is there once in the end',
    async (fault) => {
      const comment = await desk.says(kind, 'comment', `after-${fault}`, `${fault} on ${kind}`)
      const text = `Private after ${fault} on ${kind}`
      const { replyId } = must(await write(comment.id, text))
      await desk.fault(kind, fault)
      await send(replyId)
      expect(await stateOf(replyId)).toBe('unknown')
      await desk.forgive()
      for (let rounds = 0; rounds < 8 && (await stateOf(replyId)) !== 'sent'; rounds++) {
        await desk.laterOn(replyId)
        must(await reconcileReply(desk.system, { replyId }))
        await send(replyId)
      }
      expect(await stateOf(replyId)).toBe('sent')
      expect(await desk.seen(text)).toHaveLength(1)
    },
  )

  test('the echo in the chat proves a private answer in doubt, and no public one of the same words', async () => {
    const text = `We look into it on ${kind}`
    const [one, other] = [
      await desk.says(kind, 'comment', 'ben', `Help me on ${kind}`),
      await desk.says(kind, 'comment', 'eva', `Me too on ${kind}`),
    ]
    const alone = must(await write(one.id, text))
    await desk.fault(kind, 'reset_after_accept')
    await send(alone.replyId)
    const toAll = must(await write(other.id, text, false))
    await desk.fault(kind, 'drop_request')
    await send(toAll.replyId)
    await desk.poll(kind)
    expect([await stateOf(alone.replyId), await stateOf(toAll.replyId)]).toEqual(['sent', 'unknown'])
    expect((await desk.replyOf(alone.replyId)).proof).toMatchObject({ by: 'webhook' })
  })

  test('when somebody answered privately in the network’s own app, ours is refused, and after a doubt a person is asked and believed', async () => {
    await ask(desk.sandbox, '/settings', { refuseDuplicates: true })
    const comment = await desk.says(kind, 'comment', 'ida', `Who answers on ${kind}?`)
    const { platform, app, credentials } = await desk.used(kind)
    const to = { externalId: comment.externalId, kind: 'comment', conversation: '', ref: null } as const
    const { externalId: person } = await prisma.contactIdentity.findUniqueOrThrow({
      where: { id: comment.identityId ?? '' },
    })
    const theirs = { to, text: `I do, on ${kind}`, privately: { person }, key: platform.newKey(new Date()) }
    await platform.inbox?.reply?.(app, credentials, theirs)
    expect(await desk.seen(theirs.text)).toHaveLength(1)

    const refused = must(await write(comment.id, `So do we, on ${kind}`))
    await send(refused.replyId)
    const taken = expect.stringContaining('answered privately already')
    expect(await desk.replyOf(refused.replyId)).toMatchObject({ state: 'refused', reason: { message: taken } })

    const text = `We do, on ${kind}`
    const { replyId } = must(await write(comment.id, text))
    await desk.fault(kind, 'drop_request')
    await send(replyId)
    await desk.forgive()
    for (let rounds = 0; rounds < 12 && (await stateOf(replyId)) !== 'needs_person'; rounds++) {
      await desk.laterOn(replyId)
      must(await reconcileReply(desk.system, { replyId }))
      await send(replyId)
    }
    expect((await desk.replyOf(replyId)).reason).toMatchObject({ kind: 'unknown', message: taken })

    // Not there, said by who looked: what the network says now is the answer, and asking once more ends never.
    must(await settleReply(desk.owner, { replyId, answer: 'send_again' }))
    await send(replyId)
    const { state, reason, attempts } = await desk.replyOf(replyId)
    expect([state, reason]).toEqual(['refused', { kind: 'refused', message: taken }])
    expect(attempts.slice(-2).map(({ purpose, outcome }) => `${purpose} ${outcome}`)).toEqual([
      'ask absent',
      'send refused',
    ])
    expect(await desk.seen(text)).toEqual([])
    await ask(desk.sandbox, '/settings', { refuseDuplicates: false })
  })
})

test('people whom nobody names are no one person, and none of them is answered privately', async () => {
  await ask(desk.sandbox, '/settings', { hideCommenters: true })
  const one = await desk.says('facebook', 'comment', 'first-stranger', 'Guess who I am')
  const other = await desk.says('facebook', 'comment', 'second-stranger', 'Guess who I am not')
  await ask(desk.sandbox, '/settings', { hideCommenters: false })
  expect([one.identityId, other.identityId]).toEqual([null, null])
  const [said] = (await saidIn(one.conversationId)).filter(({ id }) => id === one.id)
  const rule = expect.stringContaining('does not say who wrote this')
  expect(said?.privateAnswer).toMatchObject({ open: false, rule })
  const refused = await write(one.id, 'Who are you?')
  expect(refused).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: rule } })
  expect(codeOf(await write(one.id, 'Who are you?', false))).toBe('ok')
})
