import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Got = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string }
type Answer = (got: Got, answer: ServerResponse) => unknown

const accept: Answer = (_, answer) => answer.writeHead(204).end()

/** For tests: a program on loopback that is told of events. It keeps all it gets, and answers as it was last told to. */
export async function startReceiver() {
  const got: Got[] = []
  let respond: Answer = accept
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const one = { headers: incoming.headers, body: Buffer.concat(chunks).toString(), path: incoming.url ?? '' }
    got.push(one)
    await respond(one, outgoing)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // listen() gives an address once it listens on TCP.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    got,
    answer(next: Answer = accept) {
      respond = next
    },
    status(status: number, headers: Readonly<Record<string, string>> = {}) {
      respond = (_, answer) => answer.writeHead(status, headers).end()
    },
    forget() {
      got.length = 0
      respond = accept
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
