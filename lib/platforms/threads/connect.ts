import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { graphSignInError, type GraphTrouble } from '../graph'
import { consentUrl, lasting } from '../graph-tokens'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod, Credentials } from '../platform'
import { getMe, inspectToken, lengthen, renew, spendCode } from './api'
import { label, threadsError } from './translate'

/** developers.facebook.com/documentation/threads/get-started, read 2026-11-25. */
const scopes = [
  'threads_basic',
  'threads_content_publish',
  'threads_manage_replies',
  'threads_read_replies',
  'threads_manage_mentions',
  'threads_manage_insights',
  'threads_delete',
] as const

const failedRead = (trouble: GraphTrouble) => fail(threadsError(trouble, 'none', now()))

async function exchange(
  app: AppConfig,
  { code, redirectUri }: { code: string; redirectUri: string },
): Answer<readonly ConnectedAccount[]> {
  const short = await spendCode(app, { code, redirectUri })
  if (!short.ok)
    return fail(
      graphSignInError(short.error, { label, variables: 'THREADS_CLIENT_ID and THREADS_CLIENT_SECRET', now: now() }),
    )
  const long = await lengthen(app, short.value.body.access_token)
  if (!long.ok) return failedRead(long.error)
  const tokens = lasting(long.value.body)
  const allowed = await inspectToken(app, tokens)
  if (!allowed.ok) return failedRead(allowed.error)
  const me = await getMe(app, tokens)
  if (!me.ok) return failedRead(me.error)
  const { id, username, name, threads_profile_picture_url: avatarUrl } = me.value.body
  return ok([
    {
      kind: 'person',
      handle: `@${username}`,
      displayName: name || username,
      ...(avatarUrl ? { avatarUrl } : {}),
      profileUrl: `${app.webUrl}/@${username}`,
      credentials: { ...tokens, scopes: allowed.value.body.data.scopes, externalId: id },
    },
  ])
}

/** A token must be a day old before it can be renewed. Threads gives the same life again. */
export async function refresh(app: AppConfig, as: Credentials): Answer<Credentials> {
  const renewed = await renew(app, as.accessToken)
  return renewed.ok ? ok({ ...as, ...lasting(renewed.value.body) }) : failedRead(renewed.error)
}

export const threadsLogin: ConnectionMethod = {
  kind: 'oauth',
  name: 'account',
  label: 'Threads profile',
  needs: {
    variables: ['THREADS_CLIENT_ID', 'THREADS_CLIENT_SECRET'],
    help: 'Create an app at Meta with the use case “Access the Threads API”, and copy the Threads app’s ID and secret.',
    url: 'https://developers.facebook.com/apps',
  },
  scopes,
  features: [
    { name: 'publish', label: 'Publish posts and threads', scopes: ['threads_basic', 'threads_content_publish'] },
    { name: 'replies', label: 'Read and write replies', scopes: ['threads_read_replies', 'threads_manage_replies'] },
    { name: 'mentions', label: 'Read mentions', scopes: ['threads_manage_mentions'] },
    { name: 'numbers', label: 'Read numbers', scopes: ['threads_manage_insights'] },
    { name: 'delete', label: 'Delete posts', scopes: ['threads_delete'] },
  ],
  pkce: false,
  authorizeUrl: (app, q) => consentUrl(`${app.hosts.consent}/oauth/authorize`, app, scopes, q),
  exchange,
}
