import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { draftOf, must, mustFail, type Subject } from '../contract.fixture'
import { fileOf } from '../graph-inbox.fixture'
import { spokenTo } from '../spoken-to.fixture'

let world: ContractWorld
let of: Subject
let people: ReturnType<typeof spokenTo>
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('X')
  people = spokenTo(world, of, 'x')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

test('answers and mentions arrive once each, with their thread and who said them', async () => {
  const { cursor } = await people.since(undefined)
  const root = await people.publish(world.say('Ask us'))
  const first = await people.speak('comment', 'Is it open?', { on: root.externalId })
  const second = await people.speak('comment', 'On Sunday?', { on: first.id, by: { handle: 'sam', name: 'Sam' } })
  const mention = await people.speak('mention', 'good beans')
  const page = await people.since(cursor)
  expect(page.items.map(({ kind, externalId, conversation, post }) => [kind, externalId, conversation, post])).toEqual([
    ['comment', first.id, root.externalId, root.externalId],
    ['mention', second.id, root.externalId, undefined],
    ['mention', mention.id, mention.id, undefined],
  ])
  expect(page.items[0]).toMatchObject({
    text: '@northwind Is it open?',
    own: false,
    parent: root.externalId,
    author: { handle: '@mira', displayName: 'Mira', followers: expect.any(Number) },
  })
  expect((await people.since(page.cursor)).items).toEqual([])
})

test('after a silence longer than a page nothing is skipped, though X lists backwards', async () => {
  const { cursor } = await people.since(undefined)
  const said: string[] = []
  for (let n = 0; n < 230; n++) said.push((await people.speak('mention', `Number ${n}`)).id)
  expect((await people.since(cursor)).items.map(({ externalId }) => externalId)).toEqual(said)
})

test('an answer whose outcome is unknown is found by what it says and what it answers', async () => {
  const root = await people.publish(world.say('Open on Sundays'))
  await people.speak('comment', 'Also in winter?', { on: root.externalId })
  const question = (await people.since(undefined)).items.at(-1)
  const found = await people.answerIntoDoubt(question, 'Yes, in winter too')
  expect(found.externalId).toMatch(/^\d+$/)
})

test('a post that does not name the account cannot be answered, and X’s reason is told', async () => {
  const said = await people.speak('mention', 'hello')
  const elsewhere = must(await of.platform.publish(of.app, of.as, await draftOf(of, world.say('Mine'))))
  const reply = {
    to: { externalId: `${BigInt(said.id) - 1n}`, kind: 'mention', conversation: elsewhere.externalId, ref: {} },
    text: world.say('Who asked?'),
    key: of.platform.newKey(new Date()),
  } as const
  expect(mustFail(await people.inbox('reply')(of.app, of.as, reply))).toMatchObject({ code: 'rejected' })
})

test('a report of the activity API says the same as the reading of the mentions', async () => {
  await people.speak('mention', 'told twice')
  const [polled] = (await people.since(undefined)).items.toReversed()
  if (!polled) throw new Error('The mention did not arrive')
  const payload = {
    id: polled.externalId,
    text: polled.text,
    author_id: polled.author.externalId,
    created_at: polled.at,
    conversation_id: polled.conversation,
    lang: polled.language,
  }
  const users = [{ id: polled.author.externalId, name: 'Mira', username: 'mira' }]
  const event = {
    externalId: '1',
    type: 'post.mention.create',
    accountExternalId: of.as.externalId,
    raw: { payload, includes: { users } },
  }
  const { url: _, author, ...told } = polled
  expect(people.inbox('read')(event)).toEqual([
    {
      ...told,
      url: expect.stringContaining(polled.externalId),
      author: { externalId: author.externalId, handle: '@mira', displayName: 'Mira' },
    },
  ])
  // Without its author's name it is left to the next reading.
  expect(people.inbox('read')({ ...event, raw: { payload } })).toEqual([])
})

/** Looks for messages as often as the pace allows it. */
const laterMessages = async (cursor: string) => {
  const mark = JSON.parse(cursor)
  return people.since(JSON.stringify({ ...mark, messages: { ...mark.messages, at: 0 } }))
}

test('messages arrive once each, by name, no more often than X lets them be asked for', async () => {
  const { cursor } = await people.since(undefined)
  const first = await people.speak('dm', 'Do you ship to Norway?')
  expect((await people.since(cursor)).items).toEqual([])
  const page = await laterMessages(cursor)
  expect(page.items).toMatchObject([
    { kind: 'dm', externalId: first.id, text: 'Do you ship to Norway?', own: false, author: { handle: '@mira' } },
  ])
  const to = JSON.parse(JSON.stringify(page.items[0]))
  const text = world.say('Every Tuesday')
  must(await people.inbox('reply')(of.app, of.as, { to, text, key: of.platform.newKey(new Date()) }))
  const next = await laterMessages(page.cursor)
  expect(next.items.map((item) => [item.text, item.own])).toEqual([[text, true]])
  expect((await laterMessages(next.cursor)).items).toEqual([])
})

test('pictures and films of messages are brought by the account’s token, and are open to nobody without it', async () => {
  const { cursor } = await people.since(undefined)
  await people.speak('dm', 'The cup came like this', { file: 'image' })
  await people.speak('dm', '', { file: 'video' })
  const [picture, film] = (await laterMessages(cursor)).items
  expect([picture?.text, film?.text]).toEqual(['The cup came like this', ''])
  expect([picture?.media, film?.media]).toMatchObject([[{ kind: 'image' }], [{ kind: 'video' }]])
  // As it is kept: nothing in it that a link could be made of by whoever reads along.
  expect(JSON.stringify(picture?.media)).not.toContain(of.as.accessToken)
  expect(picture?.media[0]?.url).toBeUndefined()
  expect([await fileOf(of, picture), await fileOf(of, picture, 10), await fileOf(of, film)]).toEqual([
    'PNG',
    'too_large',
    // How an MP4 begins.
    '\0\0\x18',
  ])
  // A token that is spent is no end of the file.
  expect(await fileOf({ ...of, as: { ...of.as, accessToken: 'spent' } }, picture)).toBe('auth_expired')
  expect(await fileOf({ ...of, as: { ...of.as, accessToken: 'spent' } }, film)).toBe('auth_expired')
})

test('the token is shown to X alone, and a file that was taken away is gone', async () => {
  const { cursor } = await people.since(undefined)
  const { id } = await people.speak('dm', 'Soon gone', { file: 'image' })
  const [said] = (await laterMessages(cursor)).items
  if (!said) throw new Error('The message did not arrive')
  const at = (ask: unknown) => fileOf(of, { ...said, media: [{ kind: 'image', ask }] })
  for (const url of [
    'http://127.0.0.1:9/dm_video/1/0/a.mp4',
    'https://x.com.evil.example/a.mp4',
    'http://video.twimg.com/a',
  ])
    expect(await at({ url })).toBe('gone')
  await world.admin('/unsay', { network: 'x', id })
  expect(await fileOf(of, said)).toBe('gone')
})

test('after many messages at once none is skipped, though X lists backwards', async () => {
  const { cursor } = await people.since(undefined)
  const said: string[] = []
  for (let n = 0; n < 130; n++) said.push((await people.speak('dm', `Number ${n}`)).id)
  expect((await laterMessages(cursor)).items.map(({ externalId }) => externalId)).toEqual(said)
})

test('a message whose outcome is unknown is found in its chat, by what it says', async () => {
  const { cursor } = await people.since(undefined)
  await people.speak('dm', 'And to Iceland?')
  const [question] = (await laterMessages(cursor)).items
  const found = await people.answerIntoDoubt(question, 'See https://example.com/iceland', { operation: 'comment' })
  expect(found.externalId).toMatch(/^\d+$/)
})

test('a limit on messages holds up nothing that is public, and ends when X said', async () => {
  const { cursor } = await people.since(undefined)
  const { id } = await people.speak('dm', 'Wait for me')
  const poll = people.inbox('poll')
  const paced = JSON.parse(cursor)
  const due = JSON.stringify({ ...paced, messages: { ...paced.messages, at: 0 } })
  const mention = await people.speak('mention', 'in the open')
  // X allows 15 readings of messages in a quarter of an hour, and 300 of mentions.
  await world.admin('/settings', { rateLimits: true })
  for (let n = 0; n < 15; n++) must(await poll(of.app, of.as, due))
  const page = must(await poll(of.app, of.as, due))
  await world.admin('/settings', { rateLimits: false })
  expect(page.items.map(({ externalId }) => externalId)).toEqual([mention.id])
  const { messages } = JSON.parse(page.cursor)
  expect(messages.at).toBeGreaterThan(Date.now())
  expect((await laterMessages(page.cursor)).items.map(({ externalId }) => externalId)).toEqual([id])
})

test('an account that was connected without messages hears all that is public', async () => {
  const said = await people.speak('mention', 'in the open')
  await people.speak('dm', 'in private')
  const as = { ...of.as, scopes: of.as.scopes.filter((scope) => !scope.startsWith('dm.')) }
  const { items } = must(await people.inbox('poll')(of.app, as, undefined))
  expect(items.map(({ externalId }) => externalId)).toContain(said.id)
  expect(items.filter(({ kind }) => kind === 'dm')).toEqual([])
})

// Last: whatever is looked for in that chat afterwards is too far back.
test('more messages than one look reads are all heard, and so is what is said meanwhile; a page X forgot is begun anew', async () => {
  const { cursor } = await people.since(undefined)
  await people.speak('dm', 'Question', { times: 1_100 })
  const first = await laterMessages(cursor)
  expect(first.items.length).toBeLessThan(1_100)
  await people.speak('dm', 'One more')
  const second = await laterMessages(first.cursor)
  const third = await laterMessages(second.cursor)
  const heard = [...first.items, ...second.items, ...third.items]
  expect(new Set(heard.map(({ externalId }) => externalId)).size).toBe(1_101)
  expect(third.items.map(({ text }) => text)).toEqual(['One more'])

  const stale = JSON.parse(first.cursor)
  stale.messages.on.token = 'forgotten'
  const { items, cursor: anew } = await laterMessages(JSON.stringify(stale))
  expect([items, JSON.parse(anew).messages.on]).toEqual([[], undefined])
  expect((await laterMessages(anew)).items.map(({ text }) => text)).toContain('One more')
  const mentions = JSON.stringify({ ...JSON.parse(third.cursor), newest: '9', page: 'forgotten' })
  expect(JSON.parse((await people.since(mentions)).cursor)).not.toHaveProperty('page')
})
