import { type Reply, json } from '../core/call'

/** XRPC's errors. Their names are what clients look at. */
export function problem(status: number, error: string, message: string): Reply {
  return json(status, { error, message })
}

export const invalidRequest = (message: string) => problem(400, 'InvalidRequest', message)
export const authMissing = () => problem(401, 'AuthMissing', 'Authentication Required')
export const expiredToken = () => problem(400, 'ExpiredToken', 'Token has expired')
export const invalidToken = (message = 'Token could not be verified') => problem(400, 'InvalidToken', message)
export const internalError = () => problem(500, 'InternalServerError', 'Internal Server Error')
