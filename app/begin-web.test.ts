import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'

const open: { close(): void }[] = []
afterEach(() => open.splice(0).forEach((each) => each.close()))

/** Where spans are sent to. @returns its address */
async function collector(take: RequestListener): Promise<string> {
  const server = createServer(take).listen(0, '127.0.0.1')
  open.push({
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
  await once(server, 'listening')
  // Listening on an address and a port, so the name of a pipe is not what comes.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A web process whose spans wait for more of them for an hour: only an end brings them out. */
async function startWeb(otlp: string) {
  const web = spawn(process.execPath, ['--import', 'tsx', 'scripts/trial-web.ts'], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '3600000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  open.push({ close: () => void web.kill('SIGKILL') })
  const ended = once(web, 'exit')
  const [address] = await Promise.race([
    once(web.stdout, 'data'),
    ended.then(([code]) => Promise.reject(new Error(`The web ended with ${code}`))),
  ])
  expect((await fetch(String(address).trim(), { headers: { connection: 'close' } })).status).toBe(204)
  return {
    async end() {
      web.kill('SIGTERM')
      return ended
    },
  }
}

test('what the last requests did is sent before a web process that is told to end has ended', async () => {
  const sent: string[] = []
  const web = await startWeb(
    await collector(async (request, response) => {
      sent.push(await text(request))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    }),
  )
  expect(sent).toEqual([])
  expect(await web.end()).toEqual([143, null])
  expect(sent.join()).toContain('"GET /trial"')
  expect(sent.join()).toContain('"posthorn-web"')
})

test('a collector that does not answer keeps no web process from ending', async () => {
  const asked = Promise.withResolvers<void>()
  const web = await startWeb(await collector(() => asked.resolve()))
  const ended = web.end()
  await asked.promise
  expect(await ended).toEqual([143, null])
})
