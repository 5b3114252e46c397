import { type Reply, json } from '../core/call'

const said = (
  error_code: number,
  description: string,
  more: object = {},
  headers: Record<string, string> = {},
): Reply => json(error_code, { ok: false, error_code, description, ...more }, headers)

export const done = (result: unknown): Reply => json(200, { ok: true, result })
export const bad = (what: string): Reply => said(400, `Bad Request: ${what}`)
export const unauthorized = (): Reply => said(401, 'Unauthorized')
export const noSuchMethod = (): Reply => said(404, 'Not Found')
export const forbidden = (why: string): Reply => said(403, `Forbidden: ${why}`)
export const conflict = (what: string): Reply => said(409, `Conflict: ${what}`)
export const tooLarge = (): Reply => said(413, 'Request Entity Too Large')
export const broken = (): Reply => said(500, 'Internal Server Error')

/** In whole seconds, both in the body and in the header. */
export function tooMany(waitMs: number): Reply {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  return said(
    429,
    `Too Many Requests: retry after ${seconds}`,
    { parameters: { retry_after: seconds } },
    { 'retry-after': String(seconds) },
  )
}
