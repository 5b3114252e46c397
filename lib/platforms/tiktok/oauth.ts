import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import { grantedBy } from '../oauth'
import { call, type Trouble } from '../outcome'
import type { AppConfig, Credentials } from '../platform'
import { OAuthProblem, Problem } from './api'

export const scopes = [
  'user.info.basic',
  'user.info.profile',
  'user.info.stats',
  'video.list',
  'video.publish',
  'video.upload',
] as const

const Tokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().min(1).optional(),
  refresh_expires_in: z.number().optional(),
  open_id: z.string().min(1),
  scope: z.string().default(''),
})

/** The consent page (developers.tiktok.com/doc/login-kit-web). TikTok takes the challenge in hex. */
export function authorizeUrl(app: AppConfig, q: { state: string; challenge: string; redirectUri: string }): string {
  const query = new URLSearchParams({
    client_key: app.clientId ?? '',
    response_type: 'code',
    scope: scopes.join(','),
    redirect_uri: q.redirectUri,
    state: q.state,
    code_challenge: q.challenge,
    code_challenge_method: 'S256',
  })
  return `${app.webUrl}/v2/auth/authorize/?${query}`
}

type Grant =
  | { grant_type: 'authorization_code'; code: string; code_verifier: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

/** Gets tokens. A refused grant comes with HTTP 200, too. A refresh may bring a new refresh token, and the old one dies. */
export async function grantTokens(app: AppConfig, grant: Grant): Promise<Result<Credentials, Trouble<Problem>>> {
  const answer = await call(
    {
      url: `${app.apiUrl}/v2/oauth/token/`,
      method: 'POST',
      mutation: true,
      timeoutMs: app.timeoutMs,
      allow: 'networks',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'cache-control': 'no-cache' },
      body: new URLSearchParams({
        ...grant,
        client_key: app.clientId ?? '',
        client_secret: app.clientSecret ?? '',
      }).toString(),
    },
    { success: z.union([Tokens, OAuthProblem]), problem: Problem },
  )
  if (!answer.ok) return answer
  const { body, headers } = answer.value
  if ('error' in body) {
    const problem = { code: body.error, message: body.error_description, log_id: '' }
    return fail({ kind: 'refused', status: 400, headers, problem })
  }
  const granted = grantedBy({ ...body, refresh_token_expires_in: body.refresh_expires_in })
  return ok({ ...granted, externalId: body.open_id })
}
