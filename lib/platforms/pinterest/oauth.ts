import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import { call } from '../outcome'
import type { AppConfig, Credentials } from '../platform'
import { apiVersions } from '../versions'
import { Problem } from './api'

export const scopes = ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'] as const

const Tokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().optional(),
  scope: z.string().default(''),
})

/** The consent page (developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization). Commas between scopes. */
export function authorizeUrl(app: AppConfig, q: { state: string; redirectUri: string }): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId ?? '',
    redirect_uri: q.redirectUri,
    scope: scopes.join(','),
    state: q.state,
  })
  return `${app.webUrl}/oauth/?${query}`
}

type Grant =
  | { grant_type: 'authorization_code'; code: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

/** Gets tokens. A refresh brings a new refresh token, good for 60 days, and the old one is spent. */
export async function grantTokens(app: AppConfig, grant: Grant) {
  const client = Buffer.from(`${encodeURIComponent(app.clientId ?? '')}:${encodeURIComponent(app.clientSecret ?? '')}`)
  const answer = await call(
    {
      url: `${app.apiUrl}/${apiVersions.pinterest.version}/oauth/token`,
      method: 'POST',
      mutation: true,
      timeoutMs: app.timeoutMs,
      allow: 'configured',
      headers: {
        authorization: `Basic ${client.toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      // Apps made before 2025-09-25 get a refresh token that can be renewed for ever only when they ask for it.
      body: new URLSearchParams({ ...grant, continuous_refresh: 'true' }).toString(),
    },
    { success: Tokens, problem: Problem },
  )
  if (!answer.ok) return answer
  const { access_token, expires_in, refresh_token, refresh_token_expires_in, scope } = answer.value.body
  const until = (seconds: number) => new Date(now().getTime() + seconds * 1000).toISOString()
  const tokens: Omit<Credentials, 'externalId'> = {
    accessToken: access_token,
    accessExpiresAt: until(expires_in),
    ...(refresh_token ? { refreshToken: refresh_token } : {}),
    ...(refresh_token_expires_in ? { refreshExpiresAt: until(refresh_token_expires_in) } : {}),
    scopes: scope.split(/[ ,]+/).filter(Boolean),
  }
  return ok(tokens)
}
