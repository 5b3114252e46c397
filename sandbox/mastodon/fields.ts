import { type Call, formBody, header, jsonBody } from '../core/call'
import { multipartBody } from '../core/multipart'

/** `poll[options][]` as the list `options` of `poll`, as Rails reads forms. */
function put(into: Record<string, unknown>, name: string, value: unknown): void {
  const [first = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''))
  if (rest.length === 0) into[first] = value
  else if (rest[0] === '') into[first] = [...list(into[first]), value]
  else {
    const inner = record(into[first])
    const [next = '', ...deeper] = rest
    put(inner, next + deeper.map((part) => `[${part}]`).join(''), value)
    into[first] = inner
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** A body as its fields: JSON, or a form of either kind. */
export function fieldsOf(call: Call): Record<string, unknown> {
  const type = header(call, 'content-type') ?? ''
  if (type.startsWith('application/json')) return record(jsonBody(call))
  const form = type.startsWith('multipart/') ? (multipartBody(call) ?? {}) : formBody(call)
  const into: Record<string, unknown> = {}
  if (type.startsWith('multipart/')) for (const [name, value] of Object.entries(form)) put(into, name, value)
  // A form may name a list's field again and again.
  else for (const [name, value] of new URLSearchParams(call.raw.toString('utf8'))) put(into, name, value)
  return into
}
