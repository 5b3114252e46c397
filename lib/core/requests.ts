import { subscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { z } from 'zod'
import { histogram } from './metrics'

const took = histogram(
  'posthorn_http_request_seconds',
  'How long requests took, until the last byte of the answer',
  [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
  ['method', 'route', 'status'],
)

/** What Next writes of its routes into a build: https://nextjs.org/docs/app/api-reference/adapters. */
const Manifest = z.object({
  staticRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
})

type Route = { readonly page: string; readonly regex: RegExp }

function routesOf(build: string): readonly Route[] {
  const file = path.join(build, 'routes-manifest.json')
  // `next dev` writes none that is whole.
  if (!existsSync(file)) return []
  const read = Manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success) return []
  const { staticRoutes, dynamicRoutes } = read.data
  return [...staticRoutes, ...dynamicRoutes].map(({ page, regex }) => ({ page, regex: new RegExp(regex) }))
}

/** A path by the route that serves it, so that ids make no series of their own. */
function routeOf(routes: readonly Route[], url: string): string {
  const [pathname = '/'] = url.split('?')
  if (pathname.startsWith('/_next/')) return '/_next'
  return routes.find(({ regex }) => regex.test(pathname))?.page ?? 'other'
}

let measuring = false

/** Counts every request of this process and how long it took. @param build the folder of the build, which knows the routes */
export function measureRequests(build: string): void {
  if (measuring) return
  measuring = true
  const routes = routesOf(build)
  const begun = new WeakMap<IncomingMessage, { readonly at: number; readonly url: string }>()
  // The shapes are Node's: https://nodejs.org/api/diagnostics_channel.html#http
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    // Next writes over the address while it finds the route.
    begun.set(request, { at: performance.now(), url: request.url ?? '/' })
  })
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const from = begun.get(request)
    if (!from) return
    const route = routeOf(routes, from.url)
    took.observe(
      { method: request.method ?? 'GET', route, status: String(response.statusCode) },
      (performance.now() - from.at) / 1_000,
    )
  })
}
