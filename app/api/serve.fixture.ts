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

type Served = { readonly origin: string; close(): Promise<void> }

/** Serves one route's handlers on a loopback port, over real HTTP, as Next would. @returns its address, and its end. */
export const serve = (verbs: Verbs, params: Readonly<Record<string, string>> = {}): Promise<Served> =>
  serveBy((method) => verbs[method] && { handler: verbs[method], params })

/** The same for many routes: `find` says whose turn it is. */
export async function serveBy(
  find: (
    method: string,
    path: string,
  ) => { readonly handler: Handler; readonly params: Readonly<Record<string, string>> } | undefined,
): Promise<Served> {
  markPeers()
  const server = createServer((incoming, outgoing) => {
    const request = toRequest(incoming, `http://${incoming.headers.host}`)
    const found = find(request.method, new URL(request.url).pathname)
    if (!found) return outgoing.writeHead(405).end()
    found
      .handler(request, { params: Promise.resolve({ ...found.params }) })
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers))
        outgoing.end(Buffer.from(await response.arrayBuffer()))
      })
      // Whoever asked is told at once, also when the body breaks off after the head is out.
      .catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : new Error(String(error))))
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
