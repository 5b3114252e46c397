import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { type GraphTrouble } from '../graph'
import { editsField, withSpare } from '../graph-webhook'
import { consentUrl, lasting } from '../graph-tokens'
import { judge } from '../outcome'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod, Credentials } from '../platform'
import { getMe, lengthen, renew, spendCode, subscribe } from './api'
import { instagramError, label } from './translate'

/** developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login, read 2026-11-25. */
const scopes = [
  'instagram_business_basic',
  'instagram_business_content_publish',
  'instagram_business_manage_comments',
  'instagram_business_manage_messages',
  'instagram_business_manage_insights',
] as const

export const subscribedFields = ['comments', 'mentions', 'messages', 'message_reactions'] as const

const failedRead = (trouble: GraphTrouble) => fail(instagramError(trouble, 'none', now()))

async function exchange(
  app: AppConfig,
  { code, redirectUri }: { code: string; redirectUri: string },
): Answer<readonly ConnectedAccount[]> {
  const short = await spendCode(app, { code, redirectUri })
  if (!short.ok)
    return fail(
      judge(label, short.error, 'none', () => ({
        code: 'rejected',
        // The host for codes tells a spent code from a wrong key only in words.
        reason:
          'Instagram says this sign-in was used already or has expired. Start connecting the account again; if that does not help, check INSTAGRAM_CLIENT_ID and INSTAGRAM_CLIENT_SECRET.',
      })),
    )
  const long = await lengthen(app, short.value.body.access_token)
  if (!long.ok) return failedRead(long.error)
  const tokens = lasting(long.value.body)
  const me = await getMe(app, tokens)
  if (!me.ok) return failedRead(me.error)
  const { user_id, username, name, profile_picture_url } = me.value.body
  // Whether it lets us listen decides over its inbox, not over its connection: the doctor tells what is missing.
  await withSpare([...subscribedFields], editsField.instagram, (fields) => subscribe(app, tokens, fields))
  return ok([
    {
      kind: 'page',
      handle: `@${username}`,
      displayName: name || username,
      ...(profile_picture_url ? { avatarUrl: profile_picture_url } : {}),
      profileUrl: `${app.webUrl}/${username}/`,
      credentials: { ...tokens, scopes: short.value.body.permissions, externalId: user_id },
    },
  ])
}

/** A token must be a day old before it can be renewed. Instagram gives the same life again. */
export async function refresh(app: AppConfig, as: Credentials): Answer<Credentials> {
  const renewed = await renew(app, as.accessToken)
  return renewed.ok ? ok({ ...as, ...lasting(renewed.value.body) }) : failedRead(renewed.error)
}

export const instagramLogin: ConnectionMethod = {
  kind: 'oauth',
  name: 'account',
  label: 'Instagram professional account',
  needs: {
    variables: ['INSTAGRAM_CLIENT_ID', 'INSTAGRAM_CLIENT_SECRET'],
    help: 'Create an app of the type “Business” at Meta, add Instagram and set up “API with Instagram login”, and copy the Instagram app’s ID and secret.',
    url: 'https://developers.facebook.com/apps',
  },
  scopes,
  features: [
    {
      name: 'publish',
      label: 'Publish posts, reels and stories',
      scopes: ['instagram_business_basic', 'instagram_business_content_publish'],
    },
    { name: 'comments', label: 'Read and write comments', scopes: ['instagram_business_manage_comments'] },
    { name: 'messages', label: 'Read and answer messages', scopes: ['instagram_business_manage_messages'] },
    { name: 'numbers', label: 'Read numbers', scopes: ['instagram_business_manage_insights'] },
  ],
  pkce: false,
  authorizeUrl: (app, q) => consentUrl(`${app.webUrl}/oauth/authorize`, app, scopes, q),
  exchange,
}
