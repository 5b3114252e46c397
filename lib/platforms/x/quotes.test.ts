import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { must, type Subject } from '../contract.fixture'
import { spokenTo } from '../spoken-to.fixture'
import type { WebhookEvent } from '..'

let world: ContractWorld
let of: Subject
let people: ReturnType<typeof spokenTo>
const reported: WebhookEvent[] = []
const reportsOf = (...types: readonly string[]) => reported.filter(({ type }) => types.includes(type))
const read = (event: WebhookEvent) => people.inbox('read')(event)
const door = createServer((request, response) => {
  const { webhook } = of.platform
  const greeted = webhook?.handshake(of.app, new URL(request.url ?? '/', 'http://127.0.0.1').searchParams)
  if (greeted) return void response.end(greeted.body)
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const events = webhook?.read(Buffer.concat(chunks), of.app)
    if (events?.ok) reported.push(...events.value)
    response.end()
  })
})
beforeAll(async () => {
  world = await startContractWorld()
  of = world.subject('X')
  people = spokenTo(world, of, 'x')
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  // An address of TCP, once it listens.
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/`
  const grant = await fetch(`${of.app.apiUrl}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('tests:sandbox-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const authorization = `Bearer ${(await grant.json()).access_token}`
  const call = async (path: string, body: object) => {
    const headers = { authorization, 'content-type': 'application/json' }
    const answer = await fetch(`${of.app.apiUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
  }
  await call('/2/webhooks', { url })
  for (const event_type of [
    'post.create',
    'post.mention.create',
    'post.quote.create',
    'post.repost.create',
    'like.create',
  ])
    await call('/2/activity/subscriptions', { event_type, filter: { user_id: of.as.externalId } })
})
afterAll(async () => {
  await world.close()
  door.close()
})

test('a quote that does not name the account is reported, with its author and the post, and answered', async () => {
  const root = await people.publish(world.say('Quote us'))
  const { id } = await people.speak('quote', 'Look at this', { on: root.externalId })
  await vi.waitFor(() => expect(reportsOf('post.quote.create')).toHaveLength(1))
  const [event] = reportsOf('post.quote.create')
  if (!event) throw new Error('Nothing was reported')
  const [quote] = people.inbox('read')(event)
  expect(quote).toMatchObject({
    externalId: id,
    kind: 'mention',
    change: 'new',
    text: 'Look at this',
    conversation: id,
    post: root.externalId,
    own: false,
    author: { handle: '@mira', displayName: 'Mira' },
  })
  const to = JSON.parse(JSON.stringify(quote))
  const reply = { to, text: world.say('Thank you'), key: of.platform.newKey(new Date()) }
  must(await people.inbox('reply')(of.app, of.as, reply))

  // No reading of the mentions will bring it: without its author's name it is told as it is.
  const { includes: _, ...bare } = Object(event.raw)
  const [nameless] = people.inbox('read')({ ...event, raw: bare })
  expect(nameless).toMatchObject({ externalId: id, author: { externalId: quote?.author.externalId, nameless: true } })
  // What the account itself quotes is nobody's word to it.
  const own = { ...bare, payload: { ...bare.payload, author_id: of.as.externalId } }
  expect(people.inbox('read')({ ...event, raw: own })).toEqual([])
})

test('a like and a repost are reported, with who it was and the post', async () => {
  const root = await people.publish(world.say('Like us'))
  reported.length = 0
  await people.speak('like', '', { on: root.externalId })
  await people.speak('share', '', { on: root.externalId })
  const done = () => reportsOf('like.create', 'post.repost.create')
  await vi.waitFor(() => expect(done()).toHaveLength(2))
  const items = done()
    .flatMap(read)
    .toSorted((a, b) => a.kind.localeCompare(b.kind))
  const said = { change: 'new', text: '', own: false, conversation: root.externalId, post: root.externalId }
  const author = { handle: '@mira', displayName: 'Mira' }
  expect(items).toMatchObject([
    { ...said, kind: 'reaction', reaction: '♥', author },
    { ...said, kind: 'share', author },
  ])
  const [like, repost] = ['like.create', 'post.repost.create'].map((type) =>
    reported.find((each) => each.type === type),
  )
  if (!like || !repost) throw new Error('Both are reported')
  // X may leave out who it was; a person who can be named later is asked for, and one of whom nothing is said is not.
  const bare = (event: WebhookEvent) => people.inbox('read')({ ...event, raw: { ...Object(event.raw), includes: {} } })
  expect(bare(like)).toMatchObject([{ kind: 'reaction', author: { displayName: 'Somebody on X' } }])
  expect(bare(like)[0]?.author.nameless).toBeUndefined()
  expect(bare(repost)).toMatchObject([{ kind: 'share', author: { nameless: true } }])
  // What the account itself likes, or does to its own posts, is nobody's word to it.
  const { payload, includes } = Object(like.raw)
  const byUs = { payload, includes: { users: [{ ...includes.users[0], id: of.as.externalId }] } }
  expect(people.inbox('read')({ ...like, raw: byUs })).toEqual([])
  const elsewhere = { payload: { ...payload, tweet_author_id: '7' }, includes }
  expect(people.inbox('read')({ ...like, raw: elsewhere })).toEqual([])
})

test('what the account answers others is told as its own, also where it was written in X’s app', async () => {
  const asked = await people.speak('mention', 'Are you open?')
  await vi.waitFor(() => expect(reportsOf('post.mention.create')).toHaveLength(1))
  const [question] = reportsOf('post.mention.create').flatMap(read)
  const to = JSON.parse(JSON.stringify(question))
  const text = world.say('Until six')
  must(await people.inbox('reply')(of.app, of.as, { to, text, key: of.platform.newKey(new Date()) }))
  // A post of its own is no answer.
  await people.publish(world.say('Good morning'))
  const told = (words: string) => {
    const event = reportsOf('post.create').find(({ raw }) => JSON.stringify(raw).includes(words))
    return event && read(event)
  }
  await vi.waitFor(() => expect([told(text), told('Good morning')]).not.toContain(undefined))
  expect(told('Good morning')).toEqual([])
  const answer = { own: true, change: 'new', parent: asked.id, conversation: question?.conversation }
  expect(told(text)).toMatchObject([{ ...answer, text: expect.stringContaining(text) }])
})
