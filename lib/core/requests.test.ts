import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { registry } from './metrics'
import { measureRequests } from './requests'

const build = mkdtempSync(path.join(tmpdir(), 'posthorn-build-'))
writeFileSync(
  path.join(build, 'routes-manifest.json'),
  JSON.stringify({
    staticRoutes: [{ page: '/api/posts', regex: '^/api/posts(?:/)?$' }],
    dynamicRoutes: [{ page: '/api/posts/[id]', regex: '^/api/posts/([^/]+?)(?:/)?$' }],
  }),
)
const server = createServer((_request, response) => response.writeHead(204).end())
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
// Listening on an address and a port, so the name of a pipe is not what comes.
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  server.close()
  rmSync(build, { recursive: true })
})

const seen = async () => {
  const metric = await registry.getSingleMetric('posthorn_http_request_seconds')?.get()
  return (metric?.values ?? [])
    .filter(({ labels }) => !('le' in labels))
    .flatMap((one) => ('metricName' in one && String(one.metricName).endsWith('_count') ? [one] : []))
    .map(({ labels, value }) => `${labels.method} ${labels.route} ${labels.status}: ${value}`)
}

test('requests are counted and timed by the route that serves them, whatever ids are in their addresses', async () => {
  measureRequests(build)
  for (const asked of ['/api/posts?cursor=1', '/api/posts/one', '/api/posts/two', '/_next/static/x.js', '/nowhere'])
    await fetch(`${origin}${asked}`)
  await expect
    .poll(seen)
    .toEqual(['GET /api/posts 204: 1', 'GET /api/posts/[id] 204: 2', 'GET /_next 204: 1', 'GET other 204: 1'])
})
