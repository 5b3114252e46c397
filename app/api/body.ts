import { fail, ok, type Result } from '@/lib/core/result'

export const MB = 1024 * 1024

/** A caller that is still sending does not read: so much more is thrown away first, that the refusal is heard. */
const drainedBytes = 15 * MB

/** Reads a request's body, as much of it as is taken: what is longer is refused without being held in memory. */
export async function readBody(request: Request, mostBytes = MB): Promise<Result<Uint8Array>> {
  const tooLarge = fail({
    code: 'INVALID_INPUT',
    message: `The body is larger than ${mostBytes / MB} MB. Send less at once; files go to /api/media.`,
  })
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes + drainedBytes) return tooLarge
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of request.body?.values() ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes <= mostBytes) chunks.push(chunk)
    if (sizeBytes > mostBytes + drainedBytes) break
  }
  return sizeBytes > mostBytes ? tooLarge : ok(Buffer.concat(chunks))
}

/** The JSON object in a body. No body at all is an empty object. */
export function parseObject(bytes: Uint8Array): Result<Readonly<Record<string, unknown>>> {
  if (bytes.byteLength === 0) return ok({})
  const notJson = fail({
    code: 'INVALID_INPUT',
    message: 'The body is not a JSON object. Send one, as UTF-8, with the type application/json.',
  })
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? ok({ ...value }) : notJson
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return notJson
    throw error
  }
}
