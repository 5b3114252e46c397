import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guardedLookup, isPublicAddress } from './guard'
import { endingWith, listen, request, trustOrigin, type HttpOutcome } from './http'

const open: Server[] = []
let connections = 0
beforeEach(() => {
  connections = 0
})
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()))
})

async function listening(server: Server): Promise<string> {
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  // A TCP server's address is always of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A server that is an address from our settings. */
async function ours(handle: RequestListener): Promise<string> {
  const url = await listening(createHttpServer(handle))
  trustOrigin(url, 'networks')
  return url
}
async function oursRaw(handle: (socket: Socket) => void): Promise<string> {
  const url = await listening(createServer(handle))
  trustOrigin(url, 'networks')
  return url
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const post = (url: string, more: object = {}): Promise<HttpOutcome> =>
  request({ url, method: 'POST', body: 'hello', mutation: true, allow: 'networks', timeoutMs: 600, ...more })

describe('what became of a call', () => {
  test('an answer comes with status, headers, bytes and text, whatever the status', async () => {
    const url = await ours(async (incoming, outgoing) => {
      outgoing.writeHead(422, { 'x-restli-id': 'urn:li:share:1' }).end(`got ${(await bodyOf(incoming)).toString()}`)
    })
    const answer = await post(url)
    if (answer.kind !== 'answer') throw new Error(answer.reason)
    expect([answer.status, answer.headers.get('X-RestLi-Id'), answer.text()]).toEqual([
      422,
      'urn:li:share:1',
      'got hello',
    ])
    expect(answer.bytes.byteLength).toBe(9)
  })

  test('a name that does not exist, and a port where nobody listens, were not sent to', async () => {
    expect((await post('http://no-such-host.invalid/')).kind).toBe('not_sent')
    const url = await ours(() => undefined)
    await new Promise<void>((resolve) => open.splice(0)[0]?.close(() => resolve()))
    expect(await post(url)).toEqual({ kind: 'not_sent', reason: expect.stringContaining('refused') })
  })

  test('a peer that breaks off the TLS handshake was not sent to', async () => {
    const url = await oursRaw((socket) => socket.resume().end('this is no TLS'))
    const secure = url.replace('http:', 'https:')
    trustOrigin(secure, 'networks')
    expect((await post(secure)).kind).toBe('not_sent')
  })

  test('a TLS handshake that never ends was not sent to, and does not outlast its time', async () => {
    const held: Socket[] = []
    const url = await oursRaw((socket) => void held.push(socket.resume()))
    const secure = url.replace('http:', 'https:')
    trustOrigin(secure, 'networks')
    const startedAt = performance.now()
    expect((await post(secure, { timeoutMs: 300 })).kind).toBe('not_sent')
    // The library's own patience with a handshake is ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(9_000)
    for (const socket of held) socket.destroy()
  })

  test('silence after the connection is unknown', async () => {
    const url = await ours(() => undefined)
    expect((await post(url, { timeoutMs: 200 })).kind).toBe('unknown')
  })

  test('a reset after the request is unknown, and the request is not sent again', async () => {
    let requests = 0
    const url = await ours((incoming) => {
      requests += 1
      incoming.socket.resetAndDestroy()
    })
    expect((await post(url)).kind).toBe('unknown')
    expect([requests, connections]).toEqual([1, 1])
  })

  test('a peer that closes at once, before an answer, is unknown', async () => {
    const url = await oursRaw((socket) => socket.destroy())
    expect((await post(url)).kind).toBe('unknown')
    expect(connections).toBe(1)
  })

  test('an answer that breaks off in its middle is unknown', async () => {
    const url = await oursRaw((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\nhalf'))
    })
    expect((await post(url)).kind).toBe('unknown')
  })

  test('the time is for the whole call, a dripping answer included', async () => {
    const url = await ours((_, outgoing) => {
      const drip = setInterval(() => outgoing.write('.'), 20)
      outgoing.on('close', () => clearInterval(drip))
    })
    // It would drip for ever.
    expect((await post(url, { timeoutMs: 300 })).kind).toBe('unknown')
  })

  test('what it is part of ends it before its time, and begins none any more; what is done apart is heard out', async () => {
    let begun = 0
    const url = await ours((_incoming, outgoing) => {
      begun += 1
      setTimeout(() => outgoing.end('at last'), 300)
    })
    const over = new AbortController()
    setTimeout(() => over.abort(), 100)
    const [part, apart] = await endingWith(over.signal, () =>
      Promise.all([post(url, { timeoutMs: 60_000 }), endingWith(undefined, () => post(url, { timeoutMs: 60_000 }))]),
    )
    const reason = `${new URL(url).hostname}:${new URL(url).port}: we had to end the call`
    expect([part, apart.kind]).toEqual([{ kind: 'unknown', reason }, 'answer'])
    expect(await endingWith(over.signal, () => post(url))).toEqual({ kind: 'not_sent', reason })
    expect(begun).toBe(2)
  })

  test('an answer longer than allowed is not taken in', async () => {
    const url = await ours((_, outgoing) => void outgoing.end(Buffer.alloc(2_000_000)))
    const answer = await request({ url, mutation: false, allow: 'networks', maxBytes: 1_000_000 })
    expect(answer).toEqual({ kind: 'unknown', reason: expect.stringContaining('too long'), isTooLong: true })
  })

  test('every call has a connection of its own', async () => {
    const url = await ours((_, outgoing) => void outgoing.end('ok'))
    for (let n = 0; n < 3; n++) await post(url)
    expect(connections).toBe(3)
  })

  test('a reason never quotes what was sent', async () => {
    const url = await ours((incoming) => incoming.socket.destroy())
    const outcome = await post(`${url}/path?code=s3cret`, { headers: { authorization: 'Bearer s3cret' } })
    expect(JSON.stringify(outcome)).not.toContain('s3cret')
  })
})

describe('bodies', () => {
  test('a stream is read no faster than the peer takes it', async () => {
    let resume = (): void => undefined
    const paused = new Promise<void>((resolve) => (resume = resolve))
    const url = await ours(async (incoming, outgoing) => {
      await paused
      outgoing.end(String((await bodyOf(incoming)).byteLength))
    })
    const chunk = new Uint8Array(1024 * 1024)
    let given = 0
    let stalled = (): void => undefined
    const firstChunks = new Promise<void>((resolve) => (stalled = resolve))
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (given === 64) return controller.close()
          given += 1
          if (given === 2) stalled()
          controller.enqueue(chunk)
        },
      },
      { highWaterMark: 1 },
    )
    const answering = post(url, {
      body,
      headers: { 'content-length': String(64 * chunk.byteLength) },
      timeoutMs: 10_000,
    })
    await firstChunks
    // Kernel buffers take some; a peer that reads nothing must not get the rest.
    await new Promise((resolve) => setImmediate(resolve))
    expect(given).toBeLessThan(32)
    resume()
    const answer = await answering
    expect(answer.kind === 'answer' && answer.text()).toBe(String(64 * chunk.byteLength))
  })

  test('a body on a slow line gets the time it needs besides the time for an answer', async () => {
    const url = await ours((incoming, outgoing) => {
      // Reads on only after the bound for the answer alone is over; who waits no longer has gone by then.
      const answer = (all: Buffer) => void outgoing.end(String(all.byteLength))
      setTimeout(() => void bodyOf(incoming).then(answer, () => outgoing.destroy()), 900)
    })
    const bytes = new Uint8Array(1_000_000)
    expect(await post(url, { body: bytes })).toMatchObject({ kind: 'answer', status: 200 })
    const body = new Blob([bytes]).stream()
    const headers = { 'content-length': String(bytes.byteLength) }
    expect(await post(url, { body, headers })).toMatchObject({ kind: 'answer', status: 200 })
    expect(await post(url)).toMatchObject({ kind: 'unknown' })
  })

  test('a stream that fails leaves the outcome unknown', async () => {
    const url = await ours(
      async (incoming, outgoing) => void outgoing.end((await bodyOf(incoming).catch(() => Buffer.alloc(0))).toString()),
    )
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(10))
      },
      pull(controller) {
        controller.error(new Error('disk gone'))
      },
    })
    expect((await post(url, { body })).kind).toBe('unknown')
  })
})

describe('redirects', () => {
  test('are followed for reads, without the credentials when they lead elsewhere', async () => {
    const elsewhere = await ours((incoming, outgoing) => void outgoing.end(String(incoming.headers.authorization)))
    const url = await ours((_, outgoing) => void outgoing.writeHead(302, { location: `${elsewhere}/there` }).end())
    const answer = await request({ url, mutation: false, allow: 'networks', headers: { Authorization: 'Bearer t' } })
    expect(answer.kind === 'answer' && [answer.text(), answer.url]).toEqual(['undefined', `${elsewhere}/there`])
  })

  test('are handed back for mutations', async () => {
    const url = await ours((_, outgoing) => void outgoing.writeHead(307, { location: '/again' }).end())
    const answer = await post(url)
    expect(answer.kind === 'answer' && answer.status).toBe(307)
    expect(connections).toBe(1)
  })

  test('to a private address are refused', async () => {
    const hidden = await listening(createHttpServer((_, outgoing) => void outgoing.end('secret')))
    const url = await ours((_, outgoing) => void outgoing.writeHead(302, { location: hidden }).end())
    const answer = await request({ url, mutation: false, allow: 'networks' })
    expect(answer.kind).toBe('not_sent')
    expect(connections).toBe(1)
  })

  test('end after five', async () => {
    const url = await ours((_, outgoing) => void outgoing.writeHead(302, { location: '/' }).end())
    const answer = await request({ url, mutation: false, allow: 'networks' })
    expect(answer.kind === 'answer' && answer.status).toBe(302)
    expect(connections).toBe(6)
  })
})

describe('addresses chosen by people', () => {
  test.for([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.127.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '[::1]',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '2001::1',
    '168.63.129.16',
    'not an address',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  test.for(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  test.for([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
  ])('a server at %s is not called', async (host) => {
    const url = new URL(await listening(createHttpServer((_, outgoing) => void outgoing.end('secret'))))
    const outcome = await request({ url: `http://${host}:${url.port}/`, mutation: false })
    expect(outcome.kind).toBe('not_sent')
    expect(connections).toBe(0)
  })

  test('an address from settings is still closed to calls for the public internet', async () => {
    const url = await ours((_, outgoing) => void outgoing.end('secret'))
    expect((await request({ url, mutation: false })).kind).toBe('not_sent')
    expect(connections).toBe(0)
  })

  test('an address from settings is open to what it was named for, and neither to other calls nor to where they are sent on', async () => {
    const url = await listening(createHttpServer((_, outgoing) => void outgoing.end('secret')))
    trustOrigin(url, 'webhooks')
    for (const allow of ['networks', 'ai', 'feeds', 'links', 'worker'] as const)
      expect((await request({ url, mutation: false, allow })).kind).toBe('not_sent')
    const elsewhere = await ours((_, outgoing) => void outgoing.writeHead(302, { location: url }).end())
    expect((await request({ url: elsewhere, mutation: false, allow: 'networks' })).kind).toBe('not_sent')
    expect(await request({ url, mutation: false, allow: 'webhooks' })).toMatchObject({ kind: 'answer', status: 200 })
  })

  test('an origin is trusted with its port, not its host', async () => {
    await ours(() => undefined)
    const other = await listening(createHttpServer((_, outgoing) => void outgoing.end('secret')))
    expect((await request({ url: other, mutation: false, allow: 'networks' })).kind).toBe('not_sent')
  })

  test('other schemes are not called', async () => {
    expect((await request({ url: 'file:///etc/passwd', mutation: false })).kind).toBe('not_sent')
  })

  test('a name is judged by the addresses that will be connected to, so a second, different answer has no use', async () => {
    const answer = await new Promise<unknown[]>((resolve) =>
      guardedLookup('localhost', { all: true }, (...got) => resolve(got)),
    )
    expect(answer[0]).toMatchObject({ code: 'BLOCKED_ADDRESS' })
    expect(answer[1]).toEqual([])
  })
})

describe('an answer that has no end', () => {
  const hear = (
    url: string,
    onChunk: (text: string) => Promise<void>,
    more: { signal?: AbortSignal; idleMs?: number } = {},
  ) =>
    listen(
      { url, allow: 'networks' },
      {
        signal: AbortSignal.timeout(5_000),
        idleMs: 5_000,
        onChunk: (chunk) => onChunk(new TextDecoder().decode(chunk)),
        ...more,
      },
    )

  test('is heard piece by piece until the listener ends it', async () => {
    const end = new AbortController()
    const url = await ours((_, outgoing) => void outgoing.writeHead(200).write('one'))
    const heard: string[] = []
    const outcome = await hear(
      url,
      async (text) => {
        heard.push(text)
        end.abort()
      },
      { signal: end.signal },
    )
    expect([heard, outcome.kind]).toEqual([['one'], 'unknown'])
  })

  test('ends when the other side ends it', async () => {
    const url = await ours((_, outgoing) => void outgoing.writeHead(200).end('all'))
    const heard: string[] = []
    const outcome = await hear(url, async (text) => void heard.push(text))
    expect(heard.join('')).toBe('all')
    expect(outcome).toMatchObject({ kind: 'answer', status: 200 })
  })

  test('that is a refusal comes whole, and nothing of it is heard', async () => {
    const url = await ours((_, outgoing) => void outgoing.writeHead(401).end('{"error":"no"}'))
    const outcome = await hear(url, async () => {
      throw new Error('heard a refusal')
    })
    expect(outcome.kind === 'answer' && [outcome.status, outcome.text()]).toEqual([401, '{"error":"no"}'])
  })

  test('is given up when nothing comes for too long', async () => {
    const url = await ours((_, outgoing) => void outgoing.writeHead(200).write('hello'))
    expect((await hear(url, async () => undefined, { idleMs: 50 })).kind).toBe('unknown')
  })

  test('is not heard from an address that is not public', async () => {
    const url = await listening(createHttpServer((_, outgoing) => void outgoing.end('secret')))
    const outcome = await listen(
      { url },
      { signal: AbortSignal.timeout(5_000), idleMs: 5_000, onChunk: async () => undefined },
    )
    expect([outcome.kind, connections]).toEqual(['not_sent', 0])
  })

  test('does not swallow what goes wrong at the listener', async () => {
    const url = await ours((_, outgoing) => void outgoing.writeHead(200).write('one'))
    await expect(
      hear(url, async () => {
        throw new Error('a bug of ours')
      }),
    ).rejects.toThrow('a bug of ours')
  })
})
