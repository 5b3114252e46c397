import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { trustOrigin } from '@/lib/core/http'

type Answer = { readonly status: number; readonly body: string }

/** What is said of one connection, and is not handed on. */
const ofTheLine = new Set(['host', 'connection', 'accept-encoding', 'content-length'])

/**
 * Stands between an adapter and the network at `target` until the test is over, and may ask or answer otherwise. What it
 * was asked stands in `asked`, in order.
 */
export async function standBetween(
  target: string,
  { ask = (path) => path, answer }: { ask?(path: string): string; answer(path: string, given: Answer): Answer },
) {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !ofTheLine.has(name) ? [[name, value]] : [],
    )
    const got = await fetch(target + ask(path), { method: request.method ?? 'GET', headers })
    const { status, body } = answer(path, { status: got.status, body: await got.text() })
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  // An address of TCP, once it listens.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  trustOrigin(url, 'networks')
  return { url, asked }
}
