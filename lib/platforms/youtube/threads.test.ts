import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trustOrigin } from '@/lib/core/http'
import { appConfig } from '..'
import { must } from '../contract.fixture'
import { commentsOf } from './threads'

const said = (id: string) => ({
  id,
  snippet: { textDisplay: `Words of ${id}`, publishedAt: '2026-01-05T09:00:00Z', updatedAt: '2026-01-05T09:00:00Z' },
})
let asked = 0
/** Gives the same page for ever, as YouTube did while it passed over page tokens. */
const server = createServer((_request, response) => {
  asked += 1
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ items: [said('a'), said('b')], nextPageToken: 'again' }))
})
let apiUrl: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  apiUrl = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`
  trustOrigin(apiUrl, 'networks')
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

test('answers whose pages go round are read once, and the day’s units are not spent on them', async () => {
  const app = { ...appConfig('youtube', undefined, {}), apiUrl }
  const top = { ...said('top'), snippet: { ...said('top').snippet, authorDisplayName: 'Tea' } }
  const thread = { id: 'top', snippet: { topLevelComment: top, totalReplyCount: 9 } }
  const all = must(await commentsOf(app, { externalId: 'UC1', accessToken: 'token', scopes: [] }, thread))
  expect(all.map(({ id }) => id)).toEqual(['top', 'a', 'b'])
  expect(asked).toBe(2)
})
