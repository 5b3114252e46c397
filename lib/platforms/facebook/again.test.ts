import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trustOrigin } from '@/lib/core/http'
import { appConfig, type Incoming } from '..'
import { must, mustFail } from '../contract.fixture'
import { again } from './again'

/** What Graph says to a question about several, to one about each, and of what stands under a post. */
let says: { comment: object; comments: object; listed?: object } = { comment: {}, comments: {} }
const server = createServer((request, response) => {
  const isListed = /\/(tagged|feed|ratings)\?/.test(request.url ?? '')
  const answer = isListed ? (says.listed ?? {}) : request.url?.includes('/comments') ? says.comments : says.comment
  response.writeHead('error' in answer ? 400 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer))
})
let apiUrl: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  apiUrl = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`
  trustOrigin(apiUrl, 'networks')
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const said = (externalId: string): Incoming => ({
  externalId,
  kind: 'comment',
  change: 'new',
  text: 'Open?',
  at: '2026-11-27T09:00:00.000Z',
  author: { externalId: '9', handle: 'Ben', displayName: 'Ben' },
  own: false,
  conversation: '7_1',
  post: '7_1',
  media: [],
  ref: {},
})
const look = () => {
  const app = { ...appConfig('facebook', undefined, {}), apiUrl }
  return again.look(app, { externalId: '7', accessToken: 'page', scopes: [] }, [said('1_2'), said('1_3')])
}
const lost = {
  error: { message: 'Unsupported get request.', type: 'GraphMethodException', code: 100, error_subcode: 33 },
}
const comment = { id: '1_2', message: 'Open today?', created_time: '2026-11-27T09:00:00+0000' }

test('what Facebook does not show by its number, and lists under its post, is there; what it lists nowhere is gone', async () => {
  says = { comment: lost, comments: { data: [comment] } }
  expect(Object.fromEntries(must(await look()))).toEqual({
    '1_2': { state: 'there', text: 'Open today?' },
    '1_3': { state: 'gone' },
  })
})

test('of each it is known whether it is hidden, by its number and in the list', async () => {
  const there = { state: 'there', text: 'Open today?', hidden: true }
  says = { comment: { '1_2': { ...comment, is_hidden: true } }, comments: { data: [{ ...comment, is_hidden: true }] } }
  expect(must(await look()).get('1_2')).toEqual(there)
  says = { comment: lost, comments: { data: [{ ...comment, is_hidden: true }] } }
  expect(must(await look()).get('1_2')).toEqual(there)
})

test('a comment is gone with its post, unless nothing else of the page is shown to us any more either', async () => {
  says = { comment: lost, comments: lost, listed: { data: [] } }
  expect(Object.fromEntries(must(await look()))).toEqual({ '1_2': { state: 'gone' }, '1_3': { state: 'gone' } })
  for (const listed of [lost, { error: { message: '(#10) Not allowed', code: 10 } }]) {
    says = { comment: lost, comments: lost, listed }
    expect(must(await look()).size).toBe(0)
  }
})

test('nothing is concluded from a list that Facebook does not give, for want of a permission or for a limit', async () => {
  says = { comment: lost, comments: { error: { message: '(#10) Not allowed', code: 10 } } }
  expect(must(await look()).size).toBe(0)
  says = { comment: lost, comments: { error: { message: 'Too many calls', code: 80_001 } } }
  expect(mustFail(await look()).code).toBe('rate_limited')
})

const of = (kind: 'mention' | 'review', ref: object): readonly Incoming[] =>
  ['9_2', '9_3'].map((externalId) => ({ ...said(externalId), kind, conversation: externalId, ref }))
const lookAt = (all: readonly Incoming[]) => {
  const app = { ...appConfig('facebook', undefined, {}), apiUrl }
  return again.look(app, { externalId: '7', accessToken: 'page', scopes: [] }, all)
}
const post = { id: '9_2', message: 'They open today', created_time: '2026-11-27T09:00:00+0000' }
const there = { state: 'there', text: 'They open today' }

test.for(['tagged', 'feed'])(
  'a post of others that is had by its number or stands in %s is there; one that neither has is gone',
  async (listed) => {
    says = { comment: lost, comments: {}, listed: { data: [post] } }
    const answer = must(await lookAt(of('mention', { on: '9_2', listed })))
    expect(Object.fromEntries(answer)).toEqual({ '9_2': there, '9_3': { state: 'gone' } })
    says = { comment: { '9_2': post }, comments: {}, listed: { data: [] } }
    expect(must(await lookAt(of('mention', { listed }).slice(0, 1))).get('9_2')).toEqual(there)
  },
)

test('of what is in no list, and of what Facebook closes to us, nothing is concluded', async () => {
  says = { comment: lost, comments: {}, listed: { data: [] } }
  expect(must(await lookAt(of('mention', { on: '9_2' }))).size).toBe(0)
  const closed = { error: { message: '(#10) Not allowed', code: 10 } }
  says = { comment: closed, comments: {}, listed: { data: [post] } }
  const answer = must(await lookAt(of('mention', { listed: 'tagged' })))
  expect(Object.fromEntries(answer)).toEqual({ '9_2': there })
  says = { comment: lost, comments: {}, listed: closed }
  expect(must(await lookAt([...of('mention', { listed: 'tagged' }), ...of('review', {})])).size).toBe(0)
})

test('a review reads as it is listed; what is not listed is gone only with its story', async () => {
  const review = { created_time: post.created_time, review_text: 'Closed!', open_graph_story: { id: '9_2' } }
  says = { comment: lost, comments: {}, listed: { data: [review] } }
  const answer = must(await lookAt(of('review', {})))
  expect(Object.fromEntries(answer)).toEqual({ '9_2': { state: 'there', text: 'Closed!' }, '9_3': { state: 'gone' } })
  says = { comment: { '9_3': { ...post, id: '9_3' } }, comments: {}, listed: { data: [review] } }
  expect(must(await lookAt(of('review', {}))).has('9_3')).toBe(false)
})
