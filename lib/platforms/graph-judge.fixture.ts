import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { startSandbox } from '@/sandbox/index'
import { type Exchange, wiretap } from '@/sandbox/x/judge'
import type { PlatformName } from '.'
import { serveFiles } from './contract-files.fixture'
import { connect, settingsFor, urlOf, ways, type Subject } from './contract.fixture'

const folder = join(process.env.SPECS_DIR ?? join(import.meta.dirname, '../../../shared/specs'), 'meta')
export const hasMetaSpecs = existsSync(folder)
export const metaSpecs = folder

const Spec = z.object({
  apis: z.array(
    z.object({
      method: z.string(),
      endpoint: z.string().optional(),
      return: z.string(),
      params: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean().optional() })).default([]),
    }),
  ),
  fields: z.array(z.object({ name: z.string() })),
})
type Spec = z.output<typeof Spec>

const specs = new Map<string, Spec>()
function specOf(name: string): Spec {
  const known = specs.get(name)
  if (known) return known
  const read = Spec.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
  specs.set(name, read)
  return read
}

/** What every edge and node takes; the descriptions name only what is particular to one. */
const common = new Set([
  'fields',
  'limit',
  'after',
  'before',
  'since',
  'until',
  'order',
  'filter',
  'ids',
  'access_token',
])
/** What answers carry beside a node's own fields. */
const around = new Set(['id', 'success', 'data', 'paging', 'error'])

/** Names at the top of a `fields` parameter, with what is inside their braces. */
function topFields(text: string): { name: string; inner: string }[] {
  const found: { name: string; inner: string }[] = []
  let depth = 0
  let part = ''
  for (const c of `${text},`) {
    if (c === '{' || c === '(') depth += 1
    if (c === '}' || c === ')') depth -= 1
    if (c !== ',' || depth > 0) part += c
    else {
      const [, name = '', inner = ''] = /^(\w+)(?:\.\w+\([^)]*\))*(?:\{(.*)\})?$/.exec(part.trim()) ?? []
      if (name) found.push({ name, inner })
      part = ''
    }
  }
  return found
}

export type Place = {
  /** The description of the node in the path. */
  readonly node: string
  /** The edge after it; absent for the node itself. */
  readonly edge?: string
  /** Description of what is answered or listed. Absent: nothing of ours describes it. */
  readonly gives?: string
  /** What a guide of Meta names and the description of the edge does not. */
  readonly also?: readonly string[]
}

/** Judges one exchange by Meta's descriptions: method and edge, names of parameters, names of fields asked and answered. */
function judgeGraph(exchange: Exchange, place: Place): readonly string[] {
  const url = new URL(exchange.path, 'http://x')
  const where = `${exchange.method} ${url.pathname} (${place.node}${place.edge ? `/${place.edge}` : ''}) ${exchange.status}`
  const spec = specOf(place.node)
  const api = spec.apis.find((a) => a.method === exchange.method && a.endpoint === place.edge)
  if (!api) return [`${where}: Meta describes no such call`]
  const complaints: string[] = []
  const known = new Set([...api.params.map((p) => p.name), ...(place.also ?? [])])
  const given = new Set([...url.searchParams.keys(), ...bodyNames(exchange)])
  for (const name of given) if (!known.has(name) && !common.has(name)) complaints.push(`${where}: no parameter ${name}`)
  for (const { name, required } of api.params)
    if (required && !given.has(name)) complaints.push(`${where}: the parameter ${name} is missing`)

  const result = place.gives ?? place.node
  const own = new Set([...specOf(result).fields.map((f) => f.name), ...edgesOf(result)])
  for (const { name } of topFields(url.searchParams.get('fields') ?? ''))
    if (!own.has(name) && !place.also?.includes(name)) complaints.push(`${where}: ${result} has no field ${name}`)
  const answer: unknown = JSON.parse(exchange.answer.toString())
  for (const name of answered(answer, url.searchParams.has('ids')))
    if (!own.has(name) && !around.has(name) && !place.also?.includes(name))
      complaints.push(`${where}: ${result} answers with no ${name}`)
  return complaints
}

const edgesOf = (name: string): string[] =>
  specOf(name).apis.flatMap((a) => (a.method === 'GET' ? (a.endpoint ?? []) : []))

function bodyNames(exchange: Exchange): string[] {
  const type = exchange.headers['content-type'] ?? ''
  const text = exchange.body.toString('latin1')
  if (type.startsWith('application/json')) return Object.keys(JSON.parse(text || '{}'))
  if (type.startsWith('multipart/')) return [...text.matchAll(/form-data; name="(\w+)"/g)].map(([, name = '']) => name)
  return []
}

/** Names of fields in what was answered: of the node, of each node of a list, of each under its id. */
function answered(answer: unknown, byId: boolean): string[] {
  const Node = z.record(z.string(), z.unknown())
  const node = Node.parse(answer)
  const list = z.array(Node).safeParse(node.data)
  const all = byId ? Object.values(node).map((one) => Node.parse(one)) : list.success ? [node, ...list.data] : [node]
  return [...new Set(all.flatMap((one) => Object.keys(one)))]
}

export type SpecWorld = {
  readonly of: Subject
  readonly exchanges: readonly Exchange[]
  turn(advanceMs: number): Promise<unknown>
  /** Somebody says something to the account. */
  speak(kind: string, text?: string): Promise<Response>
  close(): Promise<void>
}

/** An account at the sandbox, with every exchange between the two kept. */
export async function openSpecWorld(name: PlatformName): Promise<SpecWorld> {
  const way = ways.find((each) => each.name === name)
  if (!way) throw new Error(`There is no way to connect ${name}`)
  const files = await serveFiles()
  const sandbox = await startSandbox({ port: 0 })
  const tap = await wiretap(urlOf(sandbox, name))
  const of = await connect(way, settingsFor(sandbox, { [name]: `http://127.0.0.1:${tap.port}` }))
  const admin = (path: string, body: object) =>
    fetch(`${sandbox.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return {
    of,
    exchanges: tap.exchanges,
    turn: (advanceMs) => admin('/clock', { advanceMs }),
    speak: (kind, text = 'Hello there') => admin('/speak', { network: name, account: of.as.externalId, kind, text }),
    async close() {
      await tap.close()
      await sandbox.close()
      await files.close()
    },
  }
}

/** Judges what has a place in Meta's descriptions. @returns complaints, and which calls were judged, in their order. */
export function judgeAll(exchanges: readonly Exchange[], placeOf: (method: string, path: string) => Place | undefined) {
  const judged = new Set<string>()
  const complaints: string[] = []
  for (const exchange of exchanges) {
    const place = placeOf(exchange.method, exchange.path)
    if (!place) continue
    judged.add(`${exchange.method} ${place.node}${place.edge ? `/${place.edge}` : ''}`)
    complaints.push(...judgeGraph(exchange, place))
  }
  return { complaints, judged: [...judged].toSorted() }
}
