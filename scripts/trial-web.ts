/**
 * For app/begin-web.test.ts: a web process as Next makes one, begun by instrumentation.ts, that ends as Next ends it
 * (node_modules/next/dist/server/lib/start-server.js): told to, it lets what is under way end, and then leaves.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { traced } from '@/lib/core/trace'

process.env.NEXT_RUNTIME = 'nodejs'
const { register } = await import('@/instrumentation')
await register()
const server = createServer(
  (_request, response) => void traced('GET /trial', {}, async () => void response.writeHead(204).end()),
)
process.once('SIGTERM', () => server.close(() => process.exit(143)))
server.listen(0, '127.0.0.1', () => {
  // Listening on an address and a port, so the name of a pipe is not what comes.
  const { port } = server.address() as AddressInfo
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
