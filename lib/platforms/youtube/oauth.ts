import { ok } from '@/lib/core/result'
import { grantedBy, Tokens } from '../oauth'
import { call } from '../outcome'
import type { AppConfig } from '../platform'
import { Problem } from './api'
import { hostOf } from './hosts'

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`
export const uploadScope = scope('youtube.upload')
export const fullScope = scope('youtube.force-ssl')
export const readScope = scope('youtube.readonly')
export const scopes = [uploadScope, fullScope, readScope] as const

/**
 * Google's consent page (developers.google.com/identity/protocols/oauth2/web-server). Without `prompt=consent` a person who
 * consented before gives no refresh token, and the account would die within the hour.
 */
export function authorizeUrl(app: AppConfig, q: { state: string; challenge: string; redirectUri: string }): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId ?? '',
    redirect_uri: q.redirectUri,
    scope: scopes.join(' '),
    state: q.state,
    access_type: 'offline',
    prompt: 'consent',
    code_challenge: q.challenge,
    code_challenge_method: 'S256',
  })
  return `${hostOf(app, 'consent')}/o/oauth2/v2/auth?${query}`
}

type Grant =
  | { grant_type: 'authorization_code'; code: string; code_verifier: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

/** Gets tokens. A refresh brings no refresh token: the one there is stays. */
export async function grantTokens(app: AppConfig, grant: Grant) {
  const answer = await call(
    {
      url: `${hostOf(app, 'token')}/token`,
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
