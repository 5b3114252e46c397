import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '@/sandbox/start'
import { hookUp } from './hook-up.mjs'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())

type Answering = (request: IncomingMessage, response: ServerResponse, nth: number) => void

/** A product that answers as `answering` does. @returns what became of telling Facebook about it, and what was said. */
async function tell(answering: Answering, isAlive: () => boolean = () => true, withinMs?: number) {
  let asked = 0
  const server = createServer((request, response) => answering(request, response, (asked += 1)))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const said: string[] = []
  const telling = hookUp({
    sandbox: { sandboxUrl: sandbox.url, networks: { facebook: {}, x: {} } },
    env: { FACEBOOK_WEBHOOK_VERIFY_TOKEN: 'word' },
    origin: `http://127.0.0.1:${address.port}`,
    isAlive,
    say: (text) => said.push(text),
    ...(withinMs === undefined ? {} : { withinMs }),
  })
  const ended = await telling.then(
    () => 'told',
    (error: Error) => error.message,
  )
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  return { ended, said, asked }
}

const challengeOf = (request: IncomingMessage): string =>
  new URL(request.url ?? '/', 'http://product').searchParams.get('hub.challenge') ?? ''

test('a product that is slow to its first word is asked again, and each time a line says so', async () => {
  const told = await tell((request, response, nth) =>
    // As where the network has given up waiting.
    nth < 3 ? request.destroy() : response.end(challengeOf(request)),
  )
  expect(told.ended).toBe('told')
  expect(told.said).toEqual(Array(2).fill(expect.stringMatching(/^facebook has waited .+ and asks again\.$/)))
  expect(told.asked).toBe(3)
})

test('a product that has died is not waited for', async () => {
  const told = await tell(
    (request) => request.destroy(),
    () => false,
  )
  expect(told).toMatchObject({ ended: expect.stringContaining('facebook does not report to this product'), said: [] })
})

test('a product that lives and never answers is not waited for for ever', async () => {
  const told = await tell(
    (request) => request.destroy(),
    () => true,
    700,
  )
  expect(told.ended).toContain('facebook does not report to this product')
  expect(told.said.length).toBeGreaterThan(0)
})

test('an answer that is wrong is an end at once', async () => {
  const told = await tell((_, response) => response.writeHead(403).end('no'))
  expect(told).toMatchObject({ ended: expect.stringContaining('HTTP Status Code = 403'), said: [], asked: 1 })
})
