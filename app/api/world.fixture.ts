import path from 'node:path'
import { OpenAPIBackend, type Document, type Operation } from 'openapi-backend'
import { expect } from 'vitest'
import { prisma } from '@/lib/core/db'
import { closeDoors } from '@/lib/core/rate'
import { closeAll, must, newDesk } from '@/lib/posts/desk.test-data'
import { createApiKey, type Permission } from '@/lib/workspace'
import { describe } from './contract/document'
import { endpoints } from './contract/endpoints'
import { serveBy } from './serve.fixture'

export const everyScope = [
  'post.read',
  'post.create',
  'post.update',
  'post.schedule',
  'post.publish',
  'post.delete',
  'feed.manage',
  'account.read',
  'media.read',
  'project.read',
] as const satisfies readonly Permission[]

type Ask = { readonly key?: string; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
/** Tests look into `body` freely; that it is as described is checked on the way. */
export type Told = {
  readonly status: number
  readonly headers: Headers
  readonly body: Awaited<ReturnType<Response['json']>>
}

/** The whole public API on a loopback port. Every answer it gives is held against the OpenAPI document. */
export async function apiWorld() {
  // The document is made here, so it is one.
  const definition = describe({ isClosed: true }) as unknown as Document
  const api = await new OpenAPIBackend({
    definition,
    quick: true,
    ajvOpts: { strict: false, validateFormats: false },
  }).init()
  const routes = await Promise.all(
    [...endpoints]
      // As Next does: what is named goes before what is any.
      .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))
      .map(async (endpoint) => ({ endpoint, verbs: await import(routeFileOf(endpoint.path)) })),
  )
  const find = (method: string, asked: string) => {
    for (const { endpoint, verbs } of routes) {
      const params = paramsOf(endpoint.path, asked)
      if (params && endpoint.method === method) return { endpoint, handler: verbs[method], params }
    }
    return undefined
  }
  const server = await serveBy(find)

  async function ask(method: string, to: string, { key, body, headers = {} }: Ask = {}): Promise<Told> {
    const response = await fetch(new URL(to, server.origin), {
      method,
      headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const told = { status: response.status, headers: response.headers, body: await response.json() }
    const id = find(method, new URL(to, server.origin).pathname)?.endpoint.id ?? ''
    const operation = api.getOperation(id) as Operation
    const { valid, errors } = api.validateResponse(told.body, operation, told.status)
    expect({ valid, errors }, `${method} ${to} answered ${told.status}: ${JSON.stringify(told.body)}`).toEqual({
      valid: true,
      errors: null,
    })
    return told
  }
  return {
    ask,
    get: (to: string, given?: Ask) => ask('GET', to, given),
    post: (to: string, given?: Ask) => ask('POST', to, given),
    async close() {
      await server.close()
      await closeDoors()
      await closeAll()
    },
  }
}

/** Where Next has the handlers of an address. */
const routeFileOf = (address: string): string =>
  path.join(import.meta.dirname, address.replace('/api/', '').replaceAll('{', '[').replaceAll('}', ']'), 'route.ts')

function paramsOf(pattern: string, asked: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), asked.split('/')]
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name) params[name] = decodeURIComponent(given[index] ?? '')
    else if (part !== given[index]) return undefined
  }
  return params
}

/** A workspace with an owner, an account on each network, and a key that may do all that programs may. */
export async function keyedDesk() {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const newKey = async (scopes: readonly Permission[] = everyScope) =>
    must(await createApiKey(owner, { name: 'tests', scopes: [...scopes], lifetime: 'days30' }))
  const { key } = await newKey()
  const [x, linkedin, bluesky] = [
    await desk.account('x'),
    await desk.account('linkedin'),
    await desk.account('bluesky'),
  ]
  const { id: workspaceId } = desk.workspace
  /** All that posts are, in one value: to see that nothing changed. */
  const everything = async () => ({
    posts: await prisma.post.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } }),
    variants: await prisma.variant.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } }),
    events: await prisma.event.count({ where: { workspaceId } }),
  })
  return { ...desk, owner, key, newKey, accounts: { x, linkedin, bluesky }, workspaceId, everything }
}
