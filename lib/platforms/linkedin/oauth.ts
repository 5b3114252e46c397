import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import { call } from '../outcome'
import type { AppConfig, Credentials } from '../platform'
import { Problem } from './api'

export const personScopes = ['openid', 'profile', 'w_member_social'] as const
export const pageScopes = ['w_organization_social', 'r_organization_social', 'rw_organization_admin'] as const

const Tokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().optional(),
  scope: z.string().default(''),
})

/** LinkedIn has no PKCE for web apps: the state and the secret are all there is. */
export const authorizeUrlFor =
  (scopes: readonly string[]) => (app: AppConfig, q: { state: string; redirectUri: string }) => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: app.clientId ?? '',
      redirect_uri: q.redirectUri,
      state: q.state,
      scope: scopes.join(' '),
    })
    return `${app.webUrl}/oauth/v2/authorization?${query}`
  }

type Grant =
  | { grant_type: 'authorization_code'; code: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

/** Gets tokens. A refresh token keeps its first expiry and comes only to partners of LinkedIn. */
export async function grantTokens(app: AppConfig, grant: Grant) {
  const answer = await call(
    {
      url: `${app.webUrl}/oauth/v2/accessToken`,
      method: 'POST',
      mutation: true,
      timeoutMs: app.timeoutMs,
      allow: 'configured',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...grant,
        client_id: app.clientId ?? '',
        client_secret: app.clientSecret ?? '',
      }).toString(),
    },
    { success: Tokens, problem: Problem },
  )
  if (!answer.ok) return answer
  const { access_token, expires_in, refresh_token, refresh_token_expires_in, scope } = answer.value.body
  const inSeconds = (seconds: number) => new Date(now().getTime() + seconds * 1000).toISOString()
  const tokens: Omit<Credentials, 'externalId'> = {
    accessToken: access_token,
    accessExpiresAt: inSeconds(expires_in),
    ...(refresh_token ? { refreshToken: refresh_token } : {}),
    ...(refresh_token_expires_in ? { refreshExpiresAt: inSeconds(refresh_token_expires_in) } : {}),
    // LinkedIn separates scopes by commas in the answer and by spaces in the question.
    scopes: scope.split(/[\s,]+/).filter(Boolean),
  }
  return ok(tokens)
}
