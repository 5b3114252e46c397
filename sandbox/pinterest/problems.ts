import { type Reply, json } from '../core/call'

/** Pinterest's form of a refusal, with the codes that its description's examples have. */
export const problem = (status: number, code: number, message: string): Reply => json(status, { code, message })

export const unauthorized = (): Reply => problem(401, 2, 'Authentication failed.')
export const insufficient = (): Reply =>
  problem(403, 3, 'Your token does not have sufficient permissions to perform this operation.')
export const invalid = (message = 'Invalid parameters.'): Reply => problem(400, 1, message)
export const notPermitted = (): Reply => problem(403, 29, 'You are not permitted to access that resource.')
export const boardNotFound = (): Reply => problem(404, 40, 'Board not found.')
export const pinNotFound = (): Reply => problem(404, 50, 'Pin not found.')
export const tooMany = (): Reply => problem(429, 8, 'This request exceeded a rate limit.')
