import { type Reply, json } from '../core/call'

/** Google's form of a refusal. */
export function problem(code: number, reason: string, message: string, domain = 'youtube.common'): Reply {
  return json(code, { error: { code, message, errors: [{ message, domain, reason }] } })
}

export const unauthorized = (): Reply =>
  problem(401, 'authError', 'Request had invalid authentication credentials.', 'global')

export const insufficient = (): Reply =>
  problem(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', 'global')

export const badRequest = (reason: string, message: string): Reply => problem(400, reason, message)

export const notFound = (reason: string, message: string): Reply => problem(404, reason, message)

export const forbidden = (reason: string, message: string): Reply => problem(403, reason, message)

export const quotaExceeded = (): Reply =>
  problem(
    403,
    'quotaExceeded',
    'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
    'youtube.quota',
  )
