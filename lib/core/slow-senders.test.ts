import { once } from 'node:events'
import { createServer, request, type RequestListener } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as after } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { minute } from './clock'
import { letSlowSendersFinish } from './slow-senders'

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

const patienceMs = 300
const windowMs = 200
const leastBytes = 1_000
const mostMs = 2_000

const count: RequestListener = (incoming, answer) => {
  let came = 0
  incoming.on('data', (chunk: Buffer) => (came += chunk.length))
  incoming.on('end', () => answer.end(String(came)))
}

/** A web server as Next makes one, but for its patience. */
async function serving(take: RequestListener = count, bounds = { windowMs, leastBytes, mostMs }) {
  ends.push(letSlowSendersFinish(bounds))
  const server = createServer({ requestTimeout: patienceMs, connectionsCheckingInterval: 20 }, take)
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Listening on an address and a port, so the name of a pipe is not what comes.
  const { port } = server.address() as AddressInfo
  return port
}

const send = (port: number, length = 20_000) => {
  const sender = request({ port, host: '127.0.0.1', method: 'PUT', headers: { 'content-length': length } })
  const outcome = new Promise<string | undefined>((tell) => {
    sender.on('response', (answer) => void text(answer).then(tell))
    sender.on('error', (error: NodeJS.ErrnoException) => tell(error.code))
  })
  return { sender, outcome }
}

test('a body that keeps coming may take longer than a request may', async () => {
  const { sender, outcome } = send(await serving())
  const begun = performance.now()
  for (let parts = 0; parts < 20; parts++) {
    sender.write(Buffer.alloc(1_000))
    await after(60)
  }
  sender.end()
  expect(await outcome).toBe('20000')
  expect(performance.now() - begun).toBeGreaterThan(2 * patienceMs)
})

test('a sender of nothing is ended when its time is over, and one of next to nothing, too', async () => {
  const port = await serving()
  const silent = send(port)
  silent.sender.flushHeaders()
  const dripping = send(port)
  const drip = setInterval(() => dripping.sender.write('x'), 20)
  ends.push(() => clearInterval(drip))
  expect(await silent.outcome).toBe('ECONNRESET')
  expect(['ECONNRESET', 'EPIPE']).toContain(await dripping.outcome)
})

test('one that stops in its middle is ended', async () => {
  const { sender, outcome } = send(await serving())
  const begun = performance.now()
  while (performance.now() - begun < 2 * patienceMs) {
    sender.write(Buffer.alloc(500))
    await after(30)
  }
  expect(await outcome).toBe('ECONNRESET')
})

test('a body that keeps coming for longer than the longest is ended, too', async () => {
  const { sender, outcome } = send(await serving(), 1_000_000)
  const drip = setInterval(() => sender.write(Buffer.alloc(1_000)), 50)
  ends.push(() => clearInterval(drip))
  expect(['ECONNRESET', 'EPIPE']).toContain(await outcome)
})

test('a sender who waits for us to read is not ended', async () => {
  const late: RequestListener = (incoming, answer) => void setTimeout(() => count(incoming, answer), 3 * patienceMs)
  // Once it is read, so much takes a loaded machine longer than the bounds of the others.
  const port = await serving(late, { windowMs: 2 * windowMs, leastBytes, mostMs: minute })
  // More than lies between two machines.
  const { sender, outcome } = send(port, 12_000_000)
  sender.end(Buffer.alloc(12_000_000))
  expect(await outcome).toBe('12000000')
})

test('heads that do not end keep the limit of their own', async () => {
  const port = await serving()
  expect(await (await fetch(`http://127.0.0.1:${port}`, { method: 'PUT', body: 'one' })).text()).toBe('3')
  const socket = connect(port, '127.0.0.1')
  socket.write('PUT / HTTP/1.1\r\nhost: here\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain('408')
})
