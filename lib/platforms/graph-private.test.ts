import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Incoming, Reply } from '.'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import { deliver, draftOf, must, mustFail } from './contract.fixture'
import { inboxOf, speakTo } from './graph-inbox.fixture'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world.close())

/** Somebody comments on a new post of the account. @returns the comment, and how it is answered privately */
async function commented(label: string, text: string, handle: string) {
  const of = world.subject(label)
  const post = must(await deliver(of, await draftOf(of, world.say('Talk to us')), world.turn))
  await speakTo(world, of, { kind: 'comment', text, on: post, handle })
  const inbox = inboxOf(of)
  const [comment] = must(await inbox.pollPost(of.app, of.as, post, undefined)).items
  if (!comment) throw new Error('There is no comment')
  const privately = (words: string): Reply => ({
    to: comment,
    text: world.say(words),
    privately: { person: comment.author.externalId },
    key: of.platform.newKey(new Date()),
  })
  const send = (reply: Reply) => inbox.reply(of.app, of.as, reply)
  const find = (reply: Reply, since: Date) => inbox.findReply(of.app, of.as, reply, since)
  const chat = async () => must(await inbox.poll(of.app, of.as, undefined)).items
  return { of, comment, privately, send, find, chat }
}

const saidIn = (chat: readonly Incoming[], name: string) =>
  chat.filter(({ conversation }) => conversation === name).map(({ kind, own, text }) => [kind, own, text])

for (const label of ['Facebook', 'Instagram']) {
  test(`${label} lets a comment be answered privately once, and brings what its author says then as a chat`, async () => {
    const { of, comment, privately, send, chat } = await commented(label, 'My order never came', 'once')
    const first = privately('Please send us your order number')
    const sent = must(await send(first))
    expect((await world.seen(of, first.text)).map(({ id }) => id)).toEqual([sent.externalId])
    const second = privately('Are you still there?')
    expect(mustFail(await send(second))).toMatchObject({ code: 'rejected', duplicate: true })
    expect(await world.seen(of, second.text)).toEqual([])
    // Graph's times are to the second.
    await world.turn(2_000)
    await speakTo(world, of, { kind: 'dm', text: 'It is 4711', handle: 'once' })
    expect(saidIn(await chat(), comment.author.externalId)).toEqual([
      ['dm', true, first.text],
      ['dm', false, 'It is 4711'],
    ])
  })

  test(`a private answer of which ${label} told nothing is found in the chat, and no public one is taken for it`, async () => {
    const { of, privately, send, find } = await commented(label, 'Is it you?', 'doubted')
    const doubtful = privately('It is us')
    const since = new Date()
    expect(must(await find(doubtful, since))).toBeUndefined()
    const { privately: _, ...publicly } = doubtful
    const shown = must(await send(publicly))
    expect(must(await find(doubtful, since))).toBeUndefined()
    await world.fault(of, '500_after_accept', { operation: 'comment' })
    expect(mustFail(await send(doubtful)).code).toBe('outcome_unknown')
    const found = must(await find(doubtful, since))
    expect(found?.externalId).not.toBe(shown.externalId)
    expect((await world.seen(of, doubtful.text)).map(({ id }) => id)).toEqual([shown.externalId, found?.externalId])
  })

  test(`where ${label} does not say who commented, a doubt stays a doubt`, async () => {
    await world.admin('/settings', { hideCommenters: true })
    // A name may be all digits, and is no number for that.
    const { comment, privately, find } = await commented(label, 'Guess who', '4711')
    await world.admin('/settings', { hideCommenters: false })
    expect(comment.author.externalId).toBe(label === 'Facebook' ? '' : '@4711')
    expect(mustFail(await find(privately('Who are you?'), new Date())).code).toBe('unavailable')
  })

  test(`${label} takes a private answer for 7 days after the comment`, async () => {
    const { of, privately, send } = await commented(label, 'Will you call me?', 'late')
    const { windowMs = 0 } = of.platform.inbox?.answers.comment?.privately ?? {}
    expect(windowMs).toBe(7 * 24 * 3_600_000)
    await world.turn(windowMs + 60_000)
    expect(mustFail(await send(privately('We will')))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('7 days'),
    })
  })
}
