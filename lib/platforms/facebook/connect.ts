import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { graphSignInError, readEdge, type GraphTrouble } from '../graph'
import { editsField, withSpare } from '../graph-webhook'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod } from '../platform'
import { lengthen, listPages, listPermissions, spendCode, subscribe, type Page } from './api'
import { apiVersion } from './place'
import { facebookError, label } from './translate'

/** developers.facebook.com/docs/permissions, through a mirror, read 2026-11-21. */
const scopes = [
  'pages_show_list',
  'pages_manage_posts',
  'pages_read_engagement',
  'pages_manage_engagement',
  'pages_read_user_content',
  'pages_manage_metadata',
  'pages_messaging',
  'read_insights',
  'business_management',
] as const

/** What a page lets us listen to. */
export const subscribedFields = ['feed', 'mention', 'messages', 'message_reactions', 'ratings'] as const

const failedRead = (trouble: GraphTrouble) => fail(facebookError(trouble, 'none', now()))

/** The consent page. Facebook separates scopes by commas. */
function authorizeUrl(app: AppConfig, q: { state: string; redirectUri: string }): string {
  const query = new URLSearchParams({
    client_id: app.clientId ?? '',
    redirect_uri: q.redirectUri,
    state: q.state,
    response_type: 'code',
    scope: scopes.join(','),
  })
  return `${app.webUrl}/${apiVersion.version}/dialog/oauth?${query}`
}

/** A page's token that comes from a person's lasting token does not end by itself: the person's is made lasting first. */
async function exchange(
  app: AppConfig,
  { code, redirectUri }: { code: string; redirectUri: string },
): Answer<readonly ConnectedAccount[]> {
  const short = await spendCode(app, { code, redirectUri })
  if (!short.ok)
    return fail(
      graphSignInError(short.error, {
        label,
        variables: 'FACEBOOK_CLIENT_ID and FACEBOOK_CLIENT_SECRET',
        now: now(),
      }),
    )
  const long = await lengthen(app, short.value.body.access_token)
  if (!long.ok) return failedRead(long.error)
  const person = { accessToken: long.value.body.access_token }
  const permissions = await listPermissions(app, person)
  if (!permissions.ok) return failedRead(permissions.error)
  const granted = permissions.value.body.data.flatMap((p) => (p.status === 'granted' ? [p.permission] : []))
  const pages = await readEdge({
    pages: 20,
    read: (after) => listPages(app, person, after),
    failed: (trouble) => facebookError(trouble, 'none', now()),
    tooMuch: 'This person runs more pages than can be read.',
  })
  if (!pages.ok) return pages
  const accounts = pages.value.flatMap((page) => accountOf(app, page, granted) ?? [])
  if (accounts.length === 0)
    return fail({
      code: 'rejected',
      reason: 'This person may post to no Facebook page. Ask for a role that may create content, then connect again.',
    })
  // Whether a page lets us listen decides over its inbox, not over its connection: the doctor tells what is missing.
  for (const { credentials } of accounts)
    await withSpare([...subscribedFields], editsField.messenger, (fields) =>
      subscribe(app, credentials, credentials.externalId, fields),
    )
  return ok(accounts)
}

function accountOf(app: AppConfig, page: Page, granted: readonly string[]): ConnectedAccount | undefined {
  const { id, name, access_token: accessToken, username, tasks, picture } = page
  if (!accessToken || (tasks && !tasks.includes('CREATE_CONTENT'))) return undefined
  return {
    kind: 'page',
    handle: username ? `@${username}` : name,
    displayName: name,
    ...(picture ? { avatarUrl: picture.data.url } : {}),
    profileUrl: `${app.webUrl}/${username ?? id}`,
    credentials: { accessToken, scopes: granted, externalId: id },
  }
}

export const pagesMethod: ConnectionMethod = {
  kind: 'oauth',
  name: 'pages',
  label: 'Facebook pages',
  needs: {
    variables: ['FACEBOOK_CLIENT_ID', 'FACEBOOK_CLIENT_SECRET'],
    help: 'Create an app of the type “Business” at Meta, add Facebook Login for Business and Webhooks, and copy the app’s ID and secret.',
    url: 'https://developers.facebook.com/apps',
  },
  scopes,
  features: [
    { name: 'pages', label: 'List your pages', scopes: ['pages_show_list', 'business_management'] },
    {
      name: 'publish',
      label: 'Publish posts, reels and stories',
      scopes: ['pages_manage_posts', 'pages_read_engagement'],
    },
    {
      name: 'comments',
      label: 'Read and write comments, read reviews',
      scopes: ['pages_manage_engagement', 'pages_read_user_content'],
    },
    { name: 'messages', label: 'Read and answer messages', scopes: ['pages_messaging'] },
    { name: 'listen', label: 'Hear of news at once', scopes: ['pages_manage_metadata'] },
    { name: 'numbers', label: 'Read numbers', scopes: ['read_insights'] },
  ],
  pkce: false,
  authorizeUrl,
  exchange,
}
