import { type Reply, json } from '../core/call'

const said = (status: number, error: string): Reply => json(status, { error })

export const invalidToken = (): Reply => said(401, 'The access token is invalid')
export const outsideScopes = (): Reply => said(403, 'This action is outside the authorized scopes')
export const notFound = (): Reply => said(404, 'Record not found')
export const invalid = (what: string): Reply => said(422, `Validation failed: ${what}`)
/** What Mastodon says without the words before it. */
export const refused = (what: string): Reply => said(422, what)
export const tooMany = (): Reply => said(429, 'Too many requests')
export const broken = (): Reply => said(500, 'Internal Server Error')
