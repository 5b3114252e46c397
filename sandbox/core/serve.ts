import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Armed, FaultName } from './faults'
import { type Call, type Reply, type Route, matcher } from './call'

/** Larger than the largest single request of any network (a Bluesky video of 100 MB). */
const maxBodyBytes = 110 * 1024 * 1024

/** What to do with a reply: send it, cut the line, or leave the caller waiting. */
export type Fate = Reply | 'cut' | 'silence'

export type Handler = (call: Omit<Call, 'params' | 'faults'>) => Promise<Fate>

/** Routes with their paths compiled; the first that fits wins. */
export function finder(
  routes: readonly Route[],
): (method: string, pathname: string) => { route: Route; params: Record<string, string> } | undefined {
  const compiled = routes.map((route) => ({ route, match: matcher(route.path) }))
  return (method, asked) => {
    // People's addresses may end in a slash.
    const pathname = asked.length > 1 && asked.endsWith('/') ? asked.slice(0, -1) : asked
    for (const { route, match } of compiled) {
      if (route.method !== method) continue
      const params = match(pathname)
      if (params) return { route, params }
    }
    return undefined
  }
}

/**
 * Listens on 127.0.0.1 only. A request that is cut off is handed over where `takesCut`, as one that is.
 * @returns the server and the port it got.
 */
export async function listen(
  port: number,
  handle: Handler,
  { takesCut = false } = {},
): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => void answer(request, response, handle, takesCut))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The sandbox got no port')
  return { server, port: address.port }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: Handler,
  takesCut: boolean,
): Promise<void> {
  try {
    const read = await readBody(request)
    if (read === 'too large') {
      response
        .writeHead(413, { 'content-type': 'application/json', connection: 'close' })
        .end('{"message":"Request Entity Too Large"}')
      return
    }
    if (read.isCut && !takesCut) return
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const fate = await handle({
      method: request.method ?? 'GET',
      url,
      query: url.searchParams,
      headers: request.headers,
      ...read,
    })
    // Of those who hung up there is nobody to answer.
    if (fate === 'silence' || read.isCut) return
    if (fate === 'cut') {
      request.socket.destroy()
      return
    }
    response.writeHead(fate.status, fate.headers)
    if (!fate.feed) return void response.end(fate.body)
    response.write(fate.body)
    response.once(
      'close',
      fate.feed((text) => response.write(text)),
    )
  } catch (error) {
    // A bug of the sandbox: loud, and never mistaken for a network's own 500.
    console.error(error)
    response
      .writeHead(500, { 'content-type': 'text/plain', 'x-sandbox-bug': '1' })
      .end('The sandbox broke; see its output')
  }
}

async function readBody(request: IncomingMessage): Promise<{ raw: Buffer; isCut?: true } | 'too large'> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
      size += bytes.length
      if (size > maxBodyBytes) return 'too large'
      chunks.push(bytes)
    }
  } catch (error) {
    // The caller hung up in the middle of its request.
    if (request.destroyed) return { raw: Buffer.concat(chunks), isCut: true }
    throw error
  }
  return { raw: Buffer.concat(chunks) }
}

export const noFaults: ReadonlyMap<FaultName, Armed> = new Map()
