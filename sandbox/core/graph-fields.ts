import { type Call, type Reply, json } from './call'
import { badParameter } from './graph'

/** One entry of `fields`: a name, what is asked of it (`limit(5)`), and the fields inside (`from{id}`). */
export type Field = {
  readonly name: string
  readonly args: Readonly<Record<string, string>>
  readonly inner: readonly Field[]
}

/** A node in its own words. A function answers for an edge or a field with fields of its own. */
export type View = Readonly<Record<string, unknown>>

/** Splits at commas that stand outside of brackets. */
function split(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const c of text) {
    if (c === '{' || c === '(') depth += 1
    if (c === '}' || c === ')') depth -= 1
    if (c === ',' && depth === 0) {
      parts.push(part)
      part = ''
    } else part += c
  }
  return [...parts, part].map((p) => p.trim()).filter(Boolean)
}

export function parseFields(text: string): readonly Field[] {
  return split(text).map((part) => {
    const brace = part.indexOf('{')
    const head = brace === -1 ? part : part.slice(0, brace)
    const inner = brace === -1 ? '' : part.slice(brace + 1, part.lastIndexOf('}'))
    const name = /^\w+/.exec(head)?.[0] ?? head
    const args = Object.fromEntries(
      [...head.matchAll(/\.(\w+)\(([^)]*)\)/g)].map(([, key = '', value = '']) => [key, value]),
    )
    return { name, args, inner: parseFields(inner) }
  })
}

/** What is asked of a node; `id` always comes with it. */
export function select(view: View, fields: readonly Field[]): Record<string, unknown> {
  const found: Record<string, unknown> = 'id' in view ? { id: view.id } : {}
  for (const field of fields) {
    const value = view[field.name]
    const read: unknown = typeof value === 'function' ? value(field) : value
    if (read !== undefined) found[field.name] = read
  }
  return found
}

const asked = (call: Call): readonly Field[] => parseFields(call.query.get('fields') ?? '')

function unknownField(view: View, fields: readonly Field[], type: string): Reply | undefined {
  const wrong = fields.find(({ name }) => !(name in view))
  return wrong && badParameter(`Tried accessing nonexistent field (${wrong.name}) on node type (${type})`)
}

/** A node as the call asks for it, or Graph's refusal of a field that it does not have. */
export function node(call: Call, view: View, type: string): Reply {
  const fields = asked(call)
  return unknownField(view, fields, type) ?? json(200, select(view, fields))
}

/** Several nodes by `ids`, each under its own. */
export function nodes(call: Call, views: readonly View[], type: string): Reply {
  const fields = asked(call)
  const refusal = views.map((view) => unknownField(view, fields, type)).find(Boolean)
  return refusal ?? json(200, Object.fromEntries(views.map((view) => [String(view.id), select(view, fields)])))
}

/** What `after` is, to go on behind so many. */
export const afterCursor = (at: number): string => Buffer.from(String(at)).toString('base64url')

/** One page of an edge, newest first or as it is given, with `limit`, `after` and `since` and Graph's own `paging`. */
export function edge(
  call: Call,
  q: { readonly url: string; readonly type: string; readonly usual?: number },
  all: readonly { readonly at: number; readonly view: View }[],
): Reply {
  const fields = asked(call)
  const since = Number(call.query.get('since') ?? 0) * 1000
  const limit = Math.min(100, Math.max(1, Number(call.query.get('limit') ?? q.usual ?? 25)))
  const start = Number(Buffer.from(call.query.get('after') ?? '', 'base64url').toString() || 0)
  const fitting = all.filter(({ at }) => at >= since)
  const page = fitting.slice(start, start + limit)
  const refusal = page.map(({ view }) => unknownField(view, fields, q.type)).find(Boolean)
  if (refusal) return refusal
  const next = new URL(`${q.url}${call.url.pathname}${call.url.search}`)
  next.searchParams.set('after', afterCursor(start + limit))
  const more = fitting.length > start + limit
  return json(200, {
    data: page.map(({ view }) => select(view, fields)),
    ...(page.length === 0
      ? {}
      : {
          paging: {
            cursors: { before: afterCursor(start), after: afterCursor(start + page.length) },
            ...(more ? { next: next.href } : {}),
          },
        }),
  })
}

/** A time as Graph writes it. */
export const graphTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000')
