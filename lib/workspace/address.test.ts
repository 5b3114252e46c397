import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { markPeers } from '@/lib/core/peer'
import { addressOf } from './address'

/** Answers with the address it takes its caller for, behind as many proxies as the path says. */
const server = createServer(({ headers, url }, response) => {
  const given = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  response.end(addressOf(given, Number(url?.slice(1))))
})
let port = 0
beforeAll(async () => {
  markPeers()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  port = address.port
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function seenAs(proxies: number, headers: Record<string, string | string[]>): Promise<string> {
  const asked = request({ host: '127.0.0.1', port, path: `/${proxies}`, headers, agent: false }).end()
  const [answer] = await once(asked, 'response')
  let text = ''
  for await (const part of answer) text += String(part)
  return text
}

const claimed = '192.0.2.66'
const caller = '203.0.113.9'
const balancer = '198.51.100.7'

test.each([
  ['behind one proxy it is whom that one heard, whatever the caller claims', 1, `${claimed}, ${caller}`, caller],
  ['behind two it is whom the outer one heard', 2, `${claimed}, ${caller}, ${balancer}`, caller],
  ['who came past the outer of two is whom the inner one heard', 2, caller, caller],
  ['without a proxy it is the other end of the connection, whatever is claimed', 0, claimed, '127.0.0.1'],
  ['and where nothing is claimed', 0, undefined, '127.0.0.1'],
  ['a proxy that adds nothing is taken for the caller', 1, undefined, '127.0.0.1'],
])('%s', async (_, proxies, hops, seen) => {
  expect(await seenAs(proxies, hops === undefined ? {} : { 'x-forwarded-for': hops })).toBe(seen)
})

test('a proxy may add a second header of the name instead of a hop', async () => {
  expect(await seenAs(1, { 'x-forwarded-for': [claimed, caller] })).toBe(caller)
})

test('nobody chooses the other end of their connection', async () => {
  expect(await seenAs(0, { 'x-posthorn-peer': claimed })).toBe('127.0.0.1')
  expect(await seenAs(0, { 'x-posthorn-peer': claimed, 'x-forwarded-for': claimed })).toBe('127.0.0.1')
})
