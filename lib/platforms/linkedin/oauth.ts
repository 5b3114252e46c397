import { ok } from '@/lib/core/result'
import { grantedBy, Tokens } from '../oauth'
import { call } from '../outcome'
import type { AppConfig } from '../platform'
import { Problem } from './api'

export const personScopes = ['openid', 'profile', 'w_member_social'] as const
/** Comments have scopes of their own (learn.microsoft.com, Comments API 202508, a stored copy, read 2026-11-25). */
export const pageScopes = [
  'w_organization_social',
  'r_organization_social',
  'rw_organization_admin',
  'w_organization_social_feed',
  'r_organization_social_feed',
] as const

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
      allow: 'networks',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...grant,
        client_id: app.clientId ?? '',
        client_secret: app.clientSecret ?? '',
      }).toString(),
    },
    { success: Tokens, problem: Problem },
  )
  return answer.ok ? ok(grantedBy(answer.value.body)) : answer
}
