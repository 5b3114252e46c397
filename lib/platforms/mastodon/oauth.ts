import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod } from '../platform'
import { getInstance, grantToken, registerApp, whoAmI, type Account } from './api'
import { mastodonError, mastodonSignInError } from './translate'

/** Without `profile`, which servers before 4.3 refuse to register. */
const scopes = ['read:accounts', 'read:statuses', 'read:notifications', 'write:statuses', 'write:media'] as const

/** Makes us known to one server (docs.joinmastodon.org/methods/apps/#create). */
async function register(
  app: AppConfig,
  { redirectUri }: { readonly server: string; readonly redirectUri: string },
): Answer<{ readonly clientId: string; readonly clientSecret: string }> {
  const wish = { client_name: 'Posthorn', scopes: scopes.join(' ') }
  const asList = await registerApp(app, { ...wish, redirect_uris: [redirectUri] })
  const isOld = !asList.ok && asList.error.kind === 'refused' && asList.error.status === 422
  const made = isOld ? await registerApp(app, { ...wish, redirect_uris: redirectUri }) : asList
  if (!made.ok) return fail(mastodonError(made.error, 'none', now()))
  return ok({ clientId: made.value.body.client_id, clientSecret: made.value.body.client_secret })
}

/** The consent page. Servers before 4.3 ignore the challenge; the secret of the app is sent in any case. */
function authorizeUrl(app: AppConfig, q: { state: string; challenge: string; redirectUri: string }): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId ?? '',
    redirect_uri: q.redirectUri,
    scope: scopes.join(' '),
    state: q.state,
    code_challenge: q.challenge,
    code_challenge_method: 'S256',
  })
  return `${app.webUrl}/oauth/authorize?${query}`
}

async function exchange(
  app: AppConfig,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Answer<readonly ConnectedAccount[]> {
  const tokens = await grantToken(app, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
    client_id: app.clientId ?? '',
    client_secret: app.clientSecret ?? '',
  })
  if (!tokens.ok) return fail(mastodonSignInError(tokens.error, now()))
  const { access_token, scope } = tokens.value.body
  const as = { accessToken: access_token, server: app.apiUrl }
  const me = await whoAmI(app, as)
  if (!me.ok) return fail(mastodonError(me.error, 'none', now()))
  const instance = await getInstance(app, as)
  if (!instance.ok) return fail(mastodonError(instance.error, 'none', now()))
  const { username, display_name, avatar, url } = me.value.body
  const { configuration, domain, version } = instance.value.body
  return ok([
    {
      kind: 'person',
      traits: { server: app.apiUrl, version, configuration: configuration ?? {} },
      handle: `@${username}@${domain}`,
      displayName: display_name || username,
      ...(avatar ? { avatarUrl: avatar } : {}),
      profileUrl: url ?? `${app.webUrl}/@${username}`,
      credentials: {
        ...as,
        scopes: scope.split(' ').filter(Boolean),
        externalId: externalIdOf(me.value.body, app.apiUrl),
      },
    },
  ])
}

/** Each server numbers its accounts from the start, so the number alone does not say who it is. */
const externalIdOf = ({ id }: Account, server: string): string => `${id}@${new URL(server).host}`

export const account: ConnectionMethod = {
  kind: 'oauth',
  name: 'account',
  label: 'Mastodon account',
  needs: {
    variables: [],
    help: 'Nothing to set up: Posthorn makes itself known to each server.',
    url: 'https://docs.joinmastodon.org/client/token/',
  },
  scopes,
  features: [
    { name: 'publish', label: 'Publish posts', scopes: ['write:statuses', 'read:accounts'] },
    { name: 'media', label: 'Add pictures and videos', scopes: ['write:media'] },
    { name: 'look', label: 'Find out whether a post arrived, and count', scopes: ['read:statuses'] },
    { name: 'inbox', label: 'Read mentions and answers', scopes: ['read:notifications', 'read:statuses'] },
  ],
  pkce: 'S256',
  server: { label: 'Server', hint: 'mastodon.social' },
  register,
  authorizeUrl,
  exchange,
}
