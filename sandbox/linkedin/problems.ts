import { type Reply, json } from '../core/call'

/** LinkedIn's errors: status in the body, a code, a sentence. */
function problem(status: number, code: string, message: string, more: Record<string, unknown> = {}): Reply {
  return json(status, { message, ...more, status, code })
}

export const invalidToken = () =>
  problem(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', { serviceErrorCode: 65600 })
export const revokedToken = () =>
  problem(401, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user', {
    serviceErrorCode: 65601,
  })
export const expiredToken = () =>
  problem(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', { serviceErrorCode: 65602 })
export const emptyToken = () =>
  problem(401, 'EMPTY_ACCESS_TOKEN', 'Empty oauth2 access token', { serviceErrorCode: 65604 })

export function accessDenied(resource: string): Reply {
  return problem(403, 'ACCESS_DENIED', `Not enough permissions to access: ${resource}`, { serviceErrorCode: 100 })
}

export function badRequest(message: string, code = 'INVALID_PARAM'): Reply {
  return problem(400, code, message)
}

/** A refusal of one field of the body. */
export function badInput(status: 400 | 422, code: string, message: string, fieldPath: string): Reply {
  return problem(status, code, message, {
    errorDetails: { inputErrors: [{ description: message, input: { inputPath: { fieldPath } }, code }] },
  })
}

export function duplicatePost(urn: string): Reply {
  return badInput(422, 'DUPLICATE_POST', `Content is a duplicate of ${urn}`, '/commentary')
}

export const notFoundProblem = (message = 'Could not find entity') => problem(404, 'NOT_FOUND', message)
export const versionMissing = () =>
  problem(
    400,
    'VERSION_MISSING',
    'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
  )
export const versionGone = (version: string) =>
  problem(426, 'NONEXISTENT_VERSION', `Requested version ${version} is not active`)
export const internalProblem = () => problem(500, 'INTERNAL_SERVER_ERROR', 'Internal Server Error')

export const throttled = () =>
  problem(429, 'TOO_MANY_REQUESTS', 'Resource level throttle MEMBER DAY limit for calls to this resource is reached.', {
    serviceErrorCode: 101,
  })
