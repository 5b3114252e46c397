import { type Reply, json } from '../core/call'

/** Codes and words are those of Ayrshare’s pages, through mirrors. Where they name no number, none is given here. */
export type Fault = {
  readonly action: string
  readonly status: 'error'
  readonly code?: number
  readonly message: string
  readonly platform?: string
}

export const fault = (action: string, message: string, more: { code?: number; platform?: string } = {}): Fault => ({
  action,
  status: 'error',
  ...more,
  message,
})

export const problem = (status: number, of: Fault): Reply => json(status, of)

export const deadKey = (): Reply =>
  problem(
    401,
    fault('request', 'API Key not valid. Please verify your API key and that it is in the header as a Bearer token.', {
      code: 102,
    }),
  )

export const noProfile = (): Reply =>
  problem(403, fault('request', 'The Profile Key is not valid. Please check it, or leave it out.', { code: 102 }))

export const badRequest = (message: string): Reply => problem(400, fault('request', message))

/** A post or comment that is not there. */
export const notFound = (message: string): Reply => problem(404, fault('request', message, { code: 114 }))
