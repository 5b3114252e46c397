import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { removed } from '../outcome'
import { renewing, type Granted } from '../oauth'
import type {
  Answer,
  AppConfig,
  ConnectedAccount,
  ConnectionMethod,
  Credentials,
  Finding,
  Metrics,
  Platform,
  Published,
} from '../platform'
import { about } from './about'
import { getMyChannel } from './api'
import { deleteComment } from './comment-api'
import { deleteVideo, getVideos } from './video-api'
import { inbox } from './inbox'
import { limits, readBackLagMs } from './limits'
import { authorizeUrl, fullScope, grantTokens, readScope, scopes, uploadScope } from './oauth'
import { choices, options, precheck } from './options'
import { apiVersion, place } from './place'
import { prepare } from './prepare'
import { findPublished, publish } from './publish'
import { isSpentGrant, toMetrics, youtubeError, youtubeSignInError } from './translate'
import { webhook } from './webhook'

const channelMethod: ConnectionMethod = {
  kind: 'oauth',
  name: 'channel',
  label: 'YouTube channel',
  needs: {
    variables: ['YOUTUBE_CLIENT_ID', 'YOUTUBE_CLIENT_SECRET'],
    help: 'In the Google Cloud console, enable the YouTube Data API v3, create an OAuth client for a web application, and copy its ID and secret. Until Google has audited the project, what it uploads is private.',
    url: 'https://console.cloud.google.com/apis/credentials',
  },
  scopes,
  features: [
    { name: 'publish', label: 'Upload videos', scopes: [uploadScope] },
    { name: 'manage', label: 'Comment, answer, delete, and fill playlists', scopes: [fullScope] },
    { name: 'read', label: 'Read the channel, its comments and numbers', scopes: [readScope] },
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
    return tokens.ok ? whoIs(app, tokens.value) : fail(youtubeSignInError(tokens.error, now()))
  },
}

async function whoIs(app: AppConfig, tokens: Granted): Answer<readonly ConnectedAccount[]> {
  const channels = await getMyChannel(app, tokens)
  if (!channels.ok) return fail(youtubeError(channels.error, 'none', now()))
  if (channels.value.body.items.length === 0)
    return fail({
      code: 'rejected',
      reason: 'This Google account has no YouTube channel. Make one at youtube.com, then connect it.',
    })
  return ok(
    channels.value.body.items.map(({ id, snippet: { title, customUrl, thumbnails } }) => ({
      kind: 'page',
      handle: customUrl ?? title,
      displayName: title,
      ...(thumbnails?.default ? { avatarUrl: thumbnails.default.url } : {}),
      profileUrl: `${app.webUrl}/channel/${id}`,
      credentials: { ...tokens, externalId: id },
    })),
  )
}

const refresh = renewing({
  by: 'Google',
  grant: grantTokens,
  isSpent: isSpentGrant,
  judged: (trouble) => youtubeError(trouble, 'visible', now()),
})

const Ref = z.object({ kind: z.enum(['video', 'comment']) })

async function remove(app: AppConfig, as: Credentials, { externalId, ref }: Published): Answer<void> {
  // Known by an address that a person gave: that is a video's.
  const isComment = Ref.safeParse(ref).data?.kind === 'comment'
  const answer = isComment ? await deleteComment(app, as, externalId) : await deleteVideo(app, as, externalId)
  return removed(answer, (trouble) => youtubeError(trouble, 'visible', now()))
}

async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  const ids = published
    .filter(({ ref }) => Ref.safeParse(ref).data?.kind !== 'comment')
    .map(({ externalId }) => externalId)
  for (let at = 0; at < ids.length; at += 50) {
    const answer = await getVideos(app, as, ids.slice(at, at + 50), 'statistics')
    if (!answer.ok) return fail(youtubeError(answer.error, 'none', now()))
    for (const video of answer.value.body.items) found.set(video.id, toMetrics(video))
  }
  return ok(found)
}

async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const channels = await getMyChannel(app, as)
  if (!channels.ok) return fail(youtubeError(channels.error, 'none', now()))
  const long = channels.value.body.items[0]?.status?.longUploadsStatus
  return ok([
    long === 'allowed'
      ? {
          name: 'long_videos',
          label: 'Long videos',
          state: 'good',
          message: 'The channel may upload videos of more than 15 minutes.',
        }
      : {
          name: 'long_videos',
          label: 'Long videos',
          state: 'advice',
          message:
            'The channel may upload videos of up to 15 minutes, and no thumbnails. Verify it at youtube.com/verify.',
        },
  ])
}

/** YouTube, Data API v3. */
export const youtube: Platform = {
  name: 'youtube',
  label: about.label,
  limits,
  apiVersion,
  place,
  connections: [channelMethod],
  threads: false,
  firstComment: true,
  metricsOffered: ['views', 'likes', 'comments'],
  options,
  choices,
  precheck,
  settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  prepare,
  publish,
  findPublished,
  remove,
  metrics,
  refresh,
  async check(app, as) {
    const channels = await getMyChannel(app, as)
    return channels.ok ? ok({ scopes: as.scopes }) : fail(youtubeError(channels.error, 'none', now()))
  },
  examine,
  webhook,
  inbox,
}
