import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { standBetween } from '../between.fixture'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { must, mustFail, type Subject } from '../contract.fixture'
import { spokenTo } from '../spoken-to.fixture'
import type { Incoming, Published } from '..'

let world: ContractWorld
let of: Subject
let people: ReturnType<typeof spokenTo>
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('LinkedIn page')
  people = spokenTo(world, of, 'linkedin')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

/** The sandbox knows a page by its number. */
const speak = (kind: string, text: string, on?: string) =>
  people.speak(kind, text, { account: of.as.externalId.split(':').at(-1), ...(on ? { on } : {}) })
const under = async (post: Published, cursor?: string) =>
  must(await people.inbox('pollPost')(of.app, of.as, post, cursor))
/** What a report says of a comment, by the URNs of the comment and of whoever wrote it. */
function reported(post: string, comment: string, owner: string, more: object = {}): Incoming {
  const raw = {
    organizationalEntity: of.as.externalId,
    action: owner === of.as.externalId ? 'ADMIN_COMMENT' : 'COMMENT',
    sourcePost: post,
    generatedActivity: comment,
    decoratedGeneratedActivity: { comment: { entity: comment, owner, text: 'Told' } },
    lastModifiedAt: Date.now(),
    ...more,
  }
  const event = { externalId: comment, type: 'comment', accountExternalId: of.as.externalId, raw }
  const [item] = people.inbox('read')(event)
  if (!item) throw new Error('The report says nothing')
  return item
}
const numberIn = (urn: string) => /,(\d+)\)$/.exec(urn)?.[1]

test('what is said under a post comes in with its thread, once each, and our own is known as ours', async () => {
  const post = await people.publish(world.say('Ask us'))
  const asked = await speak('comment', 'Is it open?', post.externalId)
  const page = await under(post)
  expect(page.items).toMatchObject([
    { externalId: numberIn(asked.id), text: 'Is it open?', own: false, post: post.externalId, parent: post.externalId },
  ])
  const [question] = page.items
  if (!question) throw new Error('The question did not arrive')
  const key = of.platform.newKey(new Date())
  const to = JSON.parse(JSON.stringify(question))
  must(await people.inbox('reply')(of.app, of.as, { to, text: world.say('From nine'), key }))
  await speak('comment', 'Thank you', asked.id)
  const next = await under(post, page.cursor)
  expect(next.items.map(({ own, parent, conversation }) => [own, parent, conversation])).toEqual([
    [true, numberIn(asked.id), post.externalId],
    [false, numberIn(asked.id), post.externalId],
  ])
  expect((await under(post, next.cursor)).items).toEqual([])
})

test('a comment that the list showed late is not passed over', async () => {
  const post = await people.publish(world.say('Later'))
  await speak('comment', 'At once', post.externalId)
  await world.fault(of, 'delayed_visibility', { operation: 'comment', param: 60_000 })
  const question = (await under(post)).items[0]
  if (!question) throw new Error('The question did not arrive')
  const key = of.platform.newKey(new Date())
  const text = world.say('Shown late')
  must(await people.inbox('reply')(of.app, of.as, { to: question, text, key }))
  await speak('comment', 'After it', post.externalId)
  const before = await under(post)
  expect(before.items.map((item) => item.text)).toEqual(['At once', 'After it'])
  await world.turn(61_000)
  expect((await under(post, before.cursor)).items.map((item) => item.text)).toEqual([text])
})

test('a page hears of comments, mentions, likes and shares, and a report says the same', async () => {
  const { cursor } = await people.since(undefined)
  const post = await people.publish(world.say('Tell your friends'))
  await speak('comment', 'Told them', post.externalId)
  await speak('mention', 'Look at this page')
  await speak('like', '', post.externalId)
  await speak('share', 'Worth a look', post.externalId)
  const { items, cursor: then } = await people.since(cursor)
  expect(items.map(({ kind, text, own }) => [kind, text, own])).toEqual([
    ['comment', 'Told them', false],
    ['mention', 'Look at this page', false],
    ['reaction', '', false],
    ['share', 'Worth a look', false],
  ])
  const [listed] = (await under(post)).items
  expect(items[0]).toMatchObject({ externalId: listed?.externalId, conversation: listed?.conversation })
  // A report does not say whether it answers the post or a comment under it: whoever asks is told.
  const told = reported(post.externalId, `urn:li:comment:(${post.externalId},${listed?.externalId})`, 'urn:li:person:m')
  expect([told.externalId, told.unplaced, told.parent]).toEqual([listed?.externalId, true, undefined])
  expect(items[0]).toEqual(listed)
  expect((await people.since(then)).items).toEqual([])
})

test('people stay without a name, which LinkedIn lets nobody keep, and pages have theirs', async () => {
  const identify = people.inbox('identify')
  expect(must(await identify(of.app, of.as, 'urn:li:person:Sbx1'))).toBeUndefined()
  expect(must(await identify(of.app, of.as, of.as.externalId))).toMatchObject({ displayName: 'Northwind Coffee' })
})

test('an answer whose outcome is unknown is found under the comment that it answers', async () => {
  const post = await people.publish(world.say('Open on Sundays'))
  await speak('comment', 'Also in winter?', post.externalId)
  const [question] = (await under(post)).items
  const found = await people.answerIntoDoubt(question, 'Yes, in winter too', { operation: 'comment' })
  expect(found.externalId).toMatch(/^\d+$/)
})

test('what only a report told of is answered in its thread, and the answer found there', async () => {
  const post = await people.publish(world.say('Open on holidays'))
  const asked = await speak('comment', 'On Monday too?', post.externalId)
  const below = await speak('comment', 'And at Easter?', asked.id)
  const told = reported(post.externalId, below.id, 'urn:li:person:m')
  expect(told).toMatchObject({ externalId: numberIn(below.id), unplaced: true })
  const text = world.say('At Easter, too')
  const to = JSON.parse(JSON.stringify(told))
  must(await people.inbox('reply')(of.app, of.as, { to, text, key: of.platform.newKey(new Date()) }))
  const ours = (await under(post)).items.find((item) => item.text === text)
  expect(ours).toMatchObject({ own: true, parent: numberIn(asked.id) })
  expect((await people.answerIntoDoubt(told, 'By chance, too', { operation: 'comment' })).externalId).toMatch(/^\d+$/)
})

test('of a person nothing is heard, and a doubtful answer is left to a person', async () => {
  const person = world.subject('LinkedIn person')
  expect(must(await people.inbox('poll')(person.app, person.as, undefined)).items).toEqual([])
  const to = {
    externalId: '1',
    kind: 'comment',
    conversation: 'urn:li:share:1',
    ref: { on: 'urn:li:share:1' },
  } as const
  const key = of.platform.newKey(new Date())
  const looked = await people.inbox('findReply')(person.app, person.as, { to, text: 'Hi', key }, new Date())
  expect(mustFail(looked).code).toBe('unavailable')
})

test('what the page itself answers is known with what it answers, told or asked, though no list of its post is read', async () => {
  const post = await people.publish(world.say('Made in LinkedIn'))
  const asked = await speak('comment', 'Where is my order?', post.externalId)
  await speak('comment', 'And mine?', post.externalId)
  const { items, cursor } = await people.since(undefined)
  const question = items.findLast(({ externalId }) => externalId === numberIn(asked.id))
  if (!question) throw new Error('The question did not arrive')
  const say = async (to: Incoming, text: string) => {
    const key = of.platform.newKey(new Date())
    return must(await people.inbox('reply')(of.app, of.as, { to, text: world.say(text), key })).externalId
  }
  const answer = await say(question, 'On its way')
  const own = await say({ ...question, ref: { on: post.externalId } }, 'More in this link')
  const next = (await people.since(cursor)).items
  const placed = next.map(({ externalId, own: isOwn, parent, unplaced }) => [externalId, isOwn, parent, unplaced])
  expect(placed).toEqual([
    [answer, true, numberIn(asked.id), undefined],
    [own, true, post.externalId, undefined],
  ])
  // By report, it is asked for before it comes in; of others nothing waits for a question.
  const urnOf = (id: string) => `urn:li:comment:(${post.externalId},${id})`
  const complete = people.inbox('complete')
  const told = reported(post.externalId, urnOf(answer), of.as.externalId)
  expect(told).toMatchObject({ own: true, bare: true })
  expect(must(await complete(of.app, of.as, told))).toEqual(next[0])
  expect(reported(post.externalId, asked.id, 'urn:li:person:m').bare).toBeUndefined()
  const end = { action: 'COMMENT_DELETE' }
  expect(reported(post.externalId, urnOf(answer), of.as.externalId, end).bare).toBeUndefined()
})

test('what LinkedIn does not place now comes in as it was told', async () => {
  const post = await people.publish(world.say('Nearly limited'))
  const { cursor } = await people.since(undefined)
  const asked = await speak('comment', 'Are you there?', post.externalId)
  const between = await standBetween(of.app.apiUrl, {
    answer: (path, given) => (path.includes('/comments/') ? { status: 429, body: '{}' } : given),
  })
  const app = { ...of.app, apiUrl: between.url }
  const { items } = must(await people.inbox('poll')(app, of.as, cursor))
  expect(items).toMatchObject([{ externalId: numberIn(asked.id), text: 'Are you there?', unplaced: true }])
})
