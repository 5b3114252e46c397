import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type FastNetwork = { readonly url: string; posts(): number; close(): Promise<void> }

/**
 * X's publish and metrics calls, answered at once from memory: what is measured is us, not a network. It runs in the
 * measuring process, which has nothing else to do meanwhile.
 */
export async function startFastNetwork(): Promise<FastNetwork> {
  let posts = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      if (request.method !== 'POST') return response.end('{"data":[]}')
      posts += 1
      const { text } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text: string }
      response.statusCode = 201
      return response.end(JSON.stringify({ data: { id: String(1_000_000 + posts), text } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is not a string.
  const { port } = server.address() as AddressInfo
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}`, posts: () => posts, close }
}
