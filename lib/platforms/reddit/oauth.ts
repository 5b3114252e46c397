import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, ConnectionMethod, Credentials } from '../platform'
import { askForTokens, getMe } from './api'
import { redditError, signInError } from './translate'

const scopes = ['identity', 'read', 'submit', 'flair', 'history', 'privatemessages', 'edit', 'mysubreddits'] as const

type Granted = Omit<Credentials, 'externalId'> | { readonly error: string }

async function grant(app: AppConfig, asked: Readonly<Record<string, string>>) {
  const answer = await askForTokens(app, asked)
  if (!answer.ok) return answer
  const { body } = answer.value
  if ('error' in body) return ok<Granted>({ error: body.error })
  return ok<Granted>({
    accessToken: body.access_token,
    accessExpiresAt: new Date(now().getTime() + body.expires_in * 1000).toISOString(),
    ...(body.refresh_token ? { refreshToken: body.refresh_token } : {}),
    scopes: body.scope.split(/[\s,]+/).filter(Boolean),
  })
}

export const accountMethod: ConnectionMethod = {
  kind: 'oauth',
  name: 'account',
  label: 'Reddit account',
  needs: {
    variables: ['REDDIT_CLIENT_ID', 'REDDIT_CLIENT_SECRET'],
    help: 'Reddit approves every use of its API first (Responsible Builder Policy), and commercial use takes a contract. Then create a “web app” and copy its id and secret.',
    url: 'https://www.reddit.com/prefs/apps',
  },
  scopes,
  features: [
    { name: 'publish', label: 'Publish posts and comments', scopes: ['submit', 'flair'] },
    { name: 'choose', label: 'Offer your subreddits and their rules', scopes: ['mysubreddits', 'read'] },
    { name: 'read', label: 'Find posts again and count votes', scopes: ['history', 'read'] },
    { name: 'remove', label: 'Take posts away', scopes: ['edit'] },
    { name: 'inbox', label: 'Receive and answer messages', scopes: ['privatemessages', 'submit'] },
  ],
  pkce: false,
  authorizeUrl(app, { state, redirectUri }) {
    const query = new URLSearchParams({
      client_id: app.clientId ?? '',
      response_type: 'code',
      state,
      redirect_uri: redirectUri,
      // Without it there is no refresh token.
      duration: 'permanent',
      scope: scopes.join(' '),
    })
    return `${app.webUrl}/api/v1/authorize?${query}`
  },
  async exchange(app, { code, redirectUri }) {
    const tokens = await grant(app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri })
    if (!tokens.ok) return fail(signInError(tokens.error, now()))
    if ('error' in tokens.value)
      return fail({
        code: 'rejected',
        reason: 'Reddit says this sign-in was used already or has expired. Start connecting the account again.',
      })
    const me = await getMe(app, { ...tokens.value, externalId: 'unknown' })
    if (!me.ok) return fail(redditError(me.error, 'none', now()))
    const { name, icon_img: icon, subreddit } = me.value.body
    return ok([
      {
        kind: 'person',
        handle: `u/${name}`,
        displayName: subreddit?.title || name,
        ...(icon ? { avatarUrl: icon } : {}),
        profileUrl: `${app.webUrl}/user/${name}`,
        credentials: { ...tokens.value, externalId: name },
      },
    ])
  },
}

/** Reddit's refresh token stays the same, and does not come again. */
export async function refresh(app: AppConfig, as: Credentials): Answer<Credentials> {
  const spent = fail({ code: 'auth_expired', reason: 'Reddit no longer accepts this sign-in. Reconnect the account.' })
  if (!as.refreshToken) return spent
  const tokens = await grant(app, { grant_type: 'refresh_token', refresh_token: as.refreshToken })
  if (tokens.ok) return 'error' in tokens.value ? spent : ok({ ...as, ...tokens.value })
  return tokens.error.kind === 'refused' && tokens.error.status === 400
    ? spent
    : // Nothing is spent by asking twice.
      fail(redditError(tokens.error, 'none', now()))
}
