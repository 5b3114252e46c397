import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trustOrigin } from '@/lib/core/http'
import { appConfig, type Incoming } from '..'
import { must, mustFail } from '../contract.fixture'
import { again } from './again'

/** What Graph says to a question about several, to one about each, and of what stands under a post. */
let says: { comment: object; comments: object } = { comment: {}, comments: {} }
const server = createServer((request, response) => {
  const answer = request.url?.includes('/comments') ? says.comments : says.comment
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

test('a comment is gone with its post', async () => {
  says = { comment: lost, comments: lost }
  expect(Object.fromEntries(must(await look()))).toEqual({ '1_2': { state: 'gone' }, '1_3': { state: 'gone' } })
})

test('nothing is concluded from a list that Facebook does not give, for want of a permission or for a limit', async () => {
  says = { comment: lost, comments: { error: { message: '(#10) Not allowed', code: 10 } } }
  expect(must(await look()).size).toBe(0)
  says = { comment: lost, comments: { error: { message: 'Too many calls', code: 80_001 } } }
  expect(mustFail(await look()).code).toBe('rate_limited')
})
