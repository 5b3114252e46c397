import { ok } from '@/lib/core/result'
import { grantedBy, Tokens } from '../oauth'
import { call } from '../outcome'
import type { AppConfig } from '../platform'
import { Problem } from './api'

export const hidingScope = 'tweet.moderate.write'

/** What the account must allow. `offline.access` gives the refresh token: without it every account dies after two hours. */
export const scopes = [
  'tweet.read',
  'tweet.write',
  'users.read',
  'media.write',
  'offline.access',
  'dm.read',
  'dm.write',
  hidingScope,
] as const

/** The consent page (docs.x.com, "OAuth 2.0 Authorization Code Flow with PKCE"). */
export function authorizeUrl(app: AppConfig, q: { state: string; challenge: string; redirectUri: string }): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId ?? '',
    redirect_uri: q.redirectUri,
    scope: scopes.join(' '),
    state: q.state,
    code_challenge: q.challenge,
    code_challenge_method: 'S256',
  })
  return `${app.webUrl}/i/oauth2/authorize?${query}`
}

type Grant =
  | { grant_type: 'authorization_code'; code: string; code_verifier: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

/** Gets tokens. A code lives 30 s and works once; a refresh token is spent by its use. */
export async function grantTokens(app: AppConfig, grant: Grant) {
  const basic = Buffer.from(
    `${encodeURIComponent(app.clientId ?? '')}:${encodeURIComponent(app.clientSecret ?? '')}`,
  ).toString('base64')
  const answer = await call(
    {
      url: `${app.apiUrl}/2/oauth2/token`,
      method: 'POST',
      mutation: true,
      timeoutMs: app.timeoutMs,
      allow: 'networks',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        // A public client has no secret and names itself in the body.
        ...(app.clientSecret ? { authorization: `Basic ${basic}` } : {}),
      },
      body: new URLSearchParams({ ...grant, client_id: app.clientId ?? '' }).toString(),
    },
    { success: Tokens, problem: Problem },
  )
  return answer.ok ? ok(grantedBy(answer.value.body)) : answer
}
