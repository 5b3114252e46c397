import { ok } from '@/lib/core/result'
import { grantedBy, Tokens } from '../oauth'
import { call } from '../outcome'
import type { AppConfig } from '../platform'
import { Problem } from './api'
import { apiVersion } from './place'

export const scopes = ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'] as const

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
      url: `${app.apiUrl}/${apiVersion.version}/oauth/token`,
      method: 'POST',
      mutation: true,
      timeoutMs: app.timeoutMs,
      allow: 'networks',
      headers: {
        authorization: `Basic ${client.toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      // Apps made before 2025-09-25 get a refresh token that can be renewed for ever only when they ask for it.
      body: new URLSearchParams({ ...grant, continuous_refresh: 'true' }).toString(),
    },
    { success: Tokens, problem: Problem },
  )
  return answer.ok ? ok(grantedBy(answer.value.body)) : answer
}
