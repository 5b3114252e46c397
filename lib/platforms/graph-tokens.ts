import { z } from 'zod'
import { day, now } from '@/lib/core/clock'
import { graph, withQuery } from './graph'
import type { AppConfig } from './platform'

/** How Instagram and Threads call a sign-in's token: one of an hour becomes one of 60 days, which renews itself. */
type Grants = { readonly lengthen: string; readonly renew: string }

const LongToken = z.object({ access_token: z.string().min(1), expires_in: z.number() })
type LongToken = z.output<typeof LongToken>

/** Meta takes tokens in the address here, and nowhere else. Nothing logs addresses. */
export const longTokens = (grants: Grants) => ({
  lengthen: (app: AppConfig, token: string) =>
    graph(
      app,
      undefined,
      withQuery(`${app.apiUrl}/access_token`, {
        grant_type: grants.lengthen,
        client_secret: app.clientSecret ?? '',
        access_token: token,
      }),
      LongToken,
    ),
  renew: (app: AppConfig, token: string) =>
    graph(
      app,
      undefined,
      withQuery(`${app.apiUrl}/refresh_access_token`, { grant_type: grants.renew, access_token: token }),
      LongToken,
    ),
})

/**
 * A token renews itself and only while it lives, so the day to renew it is put a week before its end: an account that is
 * used at all within that week stays connected.
 */
const renewAheadMs = 7 * day
export function lasting({ access_token: token, expires_in }: LongToken) {
  const endsAt = now().getTime() + expires_in * 1000
  return {
    accessToken: token,
    refreshToken: token,
    accessExpiresAt: new Date(endsAt - Math.min(renewAheadMs, (expires_in * 1000) / 2)).toISOString(),
    refreshExpiresAt: new Date(endsAt).toISOString(),
  }
}

/** The consent page. Scopes are separated by commas. */
export function consentUrl(
  page: string,
  app: AppConfig,
  scopes: readonly string[],
  q: { readonly state: string; readonly redirectUri: string },
): string {
  const query = new URLSearchParams({
    client_id: app.clientId ?? '',
    redirect_uri: q.redirectUri,
    response_type: 'code',
    scope: scopes.join(','),
    state: q.state,
  })
  return `${page}?${query}`
}

/** What a code is exchanged with, as a form. */
export const codeForm = (app: AppConfig, q: { readonly code: string; readonly redirectUri: string }) =>
  ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: app.clientId ?? '',
      client_secret: app.clientSecret ?? '',
      grant_type: 'authorization_code',
      redirect_uri: q.redirectUri,
      code: q.code,
    }).toString(),
  }) as const
