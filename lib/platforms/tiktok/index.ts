import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { duration } from '@/lib/core/format'
import { fail, ok } from '@/lib/core/result'
import { renewing } from '../oauth'
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
import { about } from './about'
import { getCreatorInfo, getMe, getStatus, getVideos } from './api'
import { limits, readBackLagMs } from './limits'
import { authorizeUrl, grantTokens, scopes } from './oauth'
import { choices, options, precheck } from './options'
import { apiVersion, place } from './place'
import { prepare } from './prepare'
import { findPublished, publish } from './publish'
import { tiktokError, tiktokSignInError, toMetrics } from './translate'
import { webhook } from './webhook'

const account: ConnectionMethod = {
  kind: 'oauth',
  name: 'account',
  label: 'TikTok account',
  needs: {
    variables: ['TIKTOK_CLIENT_ID', 'TIKTOK_CLIENT_SECRET'],
    help: 'Create an app at TikTok for Developers, add Login Kit and the Content Posting API with Direct Post, and copy its client key and secret. Until TikTok has audited the app, what it posts is private.',
    url: 'https://developers.tiktok.com/apps',
  },
  scopes,
  features: [
    { name: 'profile', label: 'Show who the account is', scopes: ['user.info.basic', 'user.info.profile'] },
    { name: 'publish', label: 'Publish videos and pictures', scopes: ['video.publish'] },
    { name: 'draft', label: 'Put drafts into the inbox', scopes: ['video.upload'] },
    { name: 'metrics', label: 'Read numbers', scopes: ['video.list'] },
    { name: 'followers', label: 'Read how many follow', scopes: ['user.info.stats'] },
  ],
  pkce: 'hex',
  authorizeUrl,
  async exchange(app, { code, verifier, redirectUri }) {
    const tokens = await grantTokens(app, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    })
    return tokens.ok ? whoIs(app, tokens.value) : fail(tiktokSignInError(tokens.error, now()))
  },
}

async function whoIs(app: AppConfig, credentials: Credentials): Answer<readonly ConnectedAccount[]> {
  const me = await getMe(app, credentials)
  if (!me.ok) return fail(tiktokError(me.error, 'none', now()))
  const { display_name, username, avatar_url } = me.value.body.user
  return ok([
    {
      kind: 'person',
      handle: username ? `@${username}` : display_name,
      displayName: display_name,
      ...(avatar_url ? { avatarUrl: avatar_url } : {}),
      profileUrl: username ? `${app.webUrl}/@${username}` : app.webUrl,
      credentials,
    },
  ])
}

const refresh = renewing({
  by: 'TikTok',
  grant: grantTokens,
  isSpent: (trouble) => trouble.kind === 'refused' && trouble.problem?.code === 'invalid_grant',
  judged: (trouble) => tiktokError(trouble, 'visible', now()),
})

const Ref = z.object({ publishId: z.string().optional() })

/** The public id of each post; one that had none when it was sent is asked for again, and left out while it has none. */
async function postIds(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  for (const { externalId, ref } of published) {
    if (/^\d+$/.test(externalId)) {
      ids.set(externalId, externalId)
      continue
    }
    const { publishId } = Ref.parse(ref)
    if (!publishId) continue
    const status = await getStatus(app, as, publishId)
    if (!status.ok) return fail(tiktokError(status.error, 'none', now()))
    const [postId] = status.value.body.publicaly_available_post_id ?? []
    if (postId) ids.set(postId, externalId)
  }
  return ok(ids)
}

async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const known = await postIds(app, as, published)
  if (!known.ok) return known
  const ids = [...known.value.keys()]
  const found = new Map<string, Metrics>()
  for (let at = 0; at < ids.length; at += 20) {
    const answer = await getVideos(app, as, ids.slice(at, at + 20))
    if (!answer.ok) return fail(tiktokError(answer.error, 'none', now()))
    for (const video of answer.value.body.videos) found.set(known.value.get(video.id) ?? video.id, toMetrics(video))
  }
  return ok(found)
}

/** TikTok, Content Posting API v2. */
export const tiktok: Platform = {
  name: 'tiktok',
  label: about.label,
  limits,
  fetchesMedia: ['image'],
  // …/content-posting-api-media-transfer-guide: pictures, which cannot be sent, come from a verified prefix alone.
  fetchesAfter:
    'TikTok fetches pictures only from addresses that its developer portal knows as yours. Verify this beginning there, as a URL prefix.',
  apiVersion,
  place,
  connections: [account],
  threads: false,
  firstComment: false,
  metricsOffered: ['views', 'likes', 'comments', 'shares'],
  options,
  choices,
  precheck,
  settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  prepare,
  publish,
  findPublished,
  metrics,
  refresh,
  async check(app, as) {
    const me = await getMe(app, as)
    return me.ok ? ok({ scopes: as.scopes }) : fail(tiktokError(me.error, 'none', now()))
  },
  async examine(app, as) {
    const creator = await getCreatorInfo(app, as)
    if (!creator.ok) return fail(tiktokError(creator.error, 'none', now()))
    const { privacy_level_options: open, max_video_post_duration_sec: seconds } = creator.value.body
    return ok([
      open.includes('PUBLIC_TO_EVERYONE')
        ? {
            name: 'audience',
            label: 'Audience',
            state: 'good',
            message: `The account may post for everyone, videos of up to ${duration(seconds * 1_000)}.`,
          }
        : {
            name: 'audience',
            label: 'Audience',
            state: 'advice',
            message: 'The account is private: TikTok lets it post for its followers at most.',
          },
    ])
  },
  webhook,
  // The Content Posting API shows no comments, mentions or messages: those are for partners of TikTok's Business API.
  inbox: { ways: {}, answers: {} },
}
