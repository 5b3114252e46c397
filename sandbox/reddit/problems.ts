import { type Reply, json } from '../core/call'
import type { World } from '../core/network'
import type { Window } from '../core/windows'

export const unauthorized = () => json(401, { message: 'Unauthorized', error: 401 })
export const forbidden = (reason?: string) =>
  json(403, { message: 'Forbidden', error: 403, ...(reason ? { reason } : {}) })
export const notFound = () => json(404, { message: 'Not Found', error: 404 })
export const internalError = () => json(500, { message: 'Internal Server Error', error: 500 })

/** The page that callers without a name of their own get instead of an answer. */
export const noUserAgent = (): Reply => ({
  status: 403,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Blocked</title><h1>whoa there, pardner!</h1><p>Your request has been blocked. Say who you are in the user agent.</p>',
})

export const tooMany = () => json(429, { message: 'Too Many Requests', error: 429 })

export const rateHeaders = (world: World, window: Window): Record<string, string> => ({
  'x-ratelimit-used': String(window.limit - window.remaining),
  'x-ratelimit-remaining': `${window.remaining}.0`,
  'x-ratelimit-reset': String(Math.max(0, Math.ceil((window.resetAt - world.now()) / 1000))),
})

/** Reddit's way to refuse what it understood: status 200 and a list of triples. */
export const refuse = (code: string, message: string, field: string, more: object = {}): Reply =>
  json(200, { json: { errors: [[code, message, field]], ...more } })
