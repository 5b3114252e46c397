import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { refusedWith, renewing, type Granted } from '../oauth'
import type {
  Answer,
  AppConfig,
  ConnectedAccount,
  ConnectionMethod,
  Credentials,
  Metrics,
  Platform,
  Published,
} from '../platform'
import { removed } from '../outcome'
import { about } from './about'
import { createPost, deletePost, getMe, getPosts } from './api'
import { findPublished } from './find'
import { inbox } from './inbox'
import { limits, readBackLagMs } from './limits'
import { mediaStatus, uploadMedia } from './media'
import { authorizeUrl, grantTokens, hidingScope, scopes } from './oauth'
import { options } from './options'
import { apiVersion, place } from './place'
import { examine, limitsOf, traitsOf } from './plan'
import { toCreatePost, toMetrics, toPublished, xError, xSignInError } from './translate'
import { webhook } from './webhook'

const account: ConnectionMethod = {
  kind: 'oauth',
  name: 'account',
  label: 'X account',
  needs: {
    variables: ['X_CLIENT_ID', 'X_CLIENT_SECRET'],
    help: 'Create an app in the X developer console, switch on OAuth 2.0 with read and write access, and copy its client ID and secret.',
    url: 'https://console.x.com',
  },
  scopes,
  features: [
    { name: 'publish', label: 'Publish posts', scopes: ['tweet.read', 'tweet.write', 'users.read'] },
    { name: 'media', label: 'Add pictures and videos', scopes: ['media.write'] },
    { name: 'messages', label: 'Read and answer messages', scopes: ['dm.read', 'dm.write'] },
    { name: 'hiding', label: 'Hide answers to posts', scopes: [hidingScope], spare: true },
    { name: 'lasting', label: 'Stay connected', scopes: ['offline.access'] },
  ],
  pkce: 'S256',
  authorizeUrl,
  async exchange(app, { code, verifier, redirectUri }) {
    const tokens = await grantTokens(app, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    })
    if (!tokens.ok) return fail(xSignInError(tokens.error, now()))
    return whoIs(app, tokens.value)
  },
}

async function whoIs(app: AppConfig, tokens: Granted): Answer<readonly ConnectedAccount[]> {
  const me = await getMe(app, tokens)
  if (!me.ok) return fail(xError(me.error, 'none', now()))
  const { id, name, username, profile_image_url } = me.value.body.data
  return ok([
    {
      kind: 'person',
      traits: traitsOf(me.value.body.data),
      handle: `@${username}`,
      displayName: name,
      ...(profile_image_url ? { avatarUrl: profile_image_url } : {}),
      profileUrl: `${app.webUrl}/${username}`,
      credentials: { ...tokens, externalId: id },
    },
  ])
}

const refresh = renewing({
  by: 'X',
  grant: grantTokens,
  // X answers a spent refresh token with 400, and `invalid_request` as often as `invalid_grant`.
  isSpent: refusedWith(400),
  judged: (trouble) => xError(trouble, 'visible', now()),
})

async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  for (let at = 0; at < published.length; at += 100) {
    const ids = published.slice(at, at + 100).map(({ externalId }) => externalId)
    const answer = await getPosts(app, as, ids)
    if (!answer.ok) return fail(xError(answer.error, 'none', now()))
    for (const post of answer.value.body.data ?? []) found.set(post.id, toMetrics(post))
  }
  return ok(found)
}

/** X, API v2. */
export const x: Platform = {
  name: 'x',
  label: about.label,
  limits,
  limitsFor: limitsOf,
  options,
  apiVersion,
  place,
  connections: [account],
  threads: true,
  firstComment: true,
  metricsOffered: ['impressions', 'likes', 'comments', 'shares', 'quotes', 'saves'],
  settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  async publish(app, as, part) {
    const answer = await createPost(app, as, toCreatePost(part))
    return answer.ok
      ? ok(toPublished(app.webUrl, answer.value.body.data.id))
      : fail(xError(answer.error, 'visible', now()))
  },
  findPublished,
  async resolve(app, as, url) {
    const id = /\/status\/(\d+)/.exec(url)?.[1]
    return id
      ? ok(toPublished(app.webUrl, id))
      : fail({
          code: 'rejected',
          reason: 'This is not the address of a post on X: it has /status/ and a number in it.',
        })
  },
  uploadMedia,
  mediaStatus,
  remove: async (app, as, published) =>
    removed(await deletePost(app, as, published.externalId), (trouble) => xError(trouble, 'visible', now())),
  metrics,
  refresh,
  async check(app, as) {
    const me = await getMe(app, as)
    return me.ok
      ? ok({ scopes: as.scopes, traits: traitsOf(me.value.body.data) })
      : fail(xError(me.error, 'none', now()))
  },
  examine,
  webhook,
  inbox,
}
