import { createServer, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { markPeers } from '@/lib/core/peer'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
type Verbs = Readonly<Partial<Record<string, Handler>>>

function toRequest(incoming: IncomingMessage, origin: string): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one)
  const hasBody = !['GET', 'HEAD'].includes(incoming.method ?? 'GET')
  return new Request(new URL(incoming.url ?? '/', origin), {
    method: incoming.method ?? 'GET',
    headers,
    // Node's stream and the DOM's are one object with two declarations.
    ...(hasBody ? { body: Readable.toWeb(incoming) as unknown as BodyInit, duplex: 'half' } : {}),
  })
}

/** Serves one route's handlers on a loopback port, over real HTTP, as Next would. @returns its address, and its end. */
export async function serve(
  verbs: Verbs,
  params: Readonly<Record<string, string>> = {},
): Promise<{ origin: string; close(): Promise<void> }> {
  markPeers()
  const server = createServer((incoming, outgoing) => {
    const handler = verbs[incoming.method ?? 'GET']
    if (!handler) return outgoing.writeHead(405).end()
    handler(toRequest(incoming, `http://${incoming.headers.host}`), { params: Promise.resolve({ ...params }) }).then(
      async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers))
        outgoing.end(Buffer.from(await response.arrayBuffer()))
      },
      (error: unknown) => outgoing.destroy(error instanceof Error ? error : new Error(String(error))),
    )
    return undefined
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
