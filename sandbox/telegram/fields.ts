import { type Call, formBody, header, jsonBody } from '../core/call'
import { multipartBody } from '../core/multipart'

export type Fields = Readonly<Record<string, unknown>>

/** A call's parameters: in the address, as JSON, or as a form of either kind. Lists and objects in forms are JSON. */
export function fieldsOf(call: Call): Fields {
  const type = header(call, 'content-type') ?? ''
  const asked = Object.fromEntries(call.query)
  if (type.startsWith('application/json')) {
    const body = jsonBody(call)
    return typeof body === 'object' && body !== null ? { ...asked, ...body } : asked
  }
  const form = type.startsWith('multipart/') ? (multipartBody(call) ?? {}) : formBody(call)
  return Object.fromEntries(Object.entries({ ...asked, ...form }).map(([name, value]) => [name, plain(value)]))
}

/** Texts stay texts, whatever they look like; what only JSON can say is read as JSON. */
function plain(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (!/^[[{]/.test(value)) return value === 'true' ? true : value === 'false' ? false : value
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}

/** Fields that hold words: `true` and `[1]` are words there. */
export function wordsIn(call: Call, name: string): string | undefined {
  const type = header(call, 'content-type') ?? ''
  const value = type.startsWith('multipart/')
    ? multipartBody(call)?.[name]
    : type.startsWith('application/json')
      ? fieldsOf(call)[name]
      : (formBody(call)[name] ?? call.query.get(name))
  return typeof value === 'string' ? value : undefined
}
