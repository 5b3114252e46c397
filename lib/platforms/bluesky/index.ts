import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Metrics, Platform, Published } from '../platform'
import { about } from './about'
import { asAccount, xrpc } from './api'
import { examine } from './examine'
import { inbox } from './inbox'
import { newKey } from './key'
import { keepsUnpublishedMs, limits, postsPerRead } from './limits'
import { mediaStatus, uploadMedia } from './media'
import { options } from './options'
import { apiVersion, place } from './place'
import { findPublished, publish, remove, resolve } from './publish'
import { passwordMethod, refresh } from './session'
import { blueskyError, toMetrics } from './translate'

async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  for (let at = 0; at < published.length; at += postsPerRead) {
    const uris = published.slice(at, at + postsPerRead).map(({ externalId }) => externalId)
    const answer = await xrpc(asAccount(app, as), (client) => client.app.bsky.feed.getPosts({ uris }))
    if (!answer.ok) return fail(blueskyError(answer.error, 'none', now()))
    for (const post of answer.value.posts) found.set(post.uri, toMetrics(post))
  }
  return ok(found)
}

/** Bluesky and every other server of the AT Protocol. */
export const bluesky: Platform = {
  name: 'bluesky',
  label: about.label,
  limits,
  options,
  apiVersion,
  place,
  connections: [passwordMethod],
  threads: true,
  firstComment: true,
  metricsOffered: ['likes', 'comments', 'shares', 'quotes', 'saves'],
  settling: () => ({ by: 'own_key' }),
  newKey,
  publish,
  findPublished,
  resolve,
  uploadMedia,
  mediaStatus,
  keepsUnpublishedMs,
  remove,
  metrics,
  refresh,
  examine,
  inbox,
  async check(app, as) {
    const session = await xrpc(asAccount(app, as), (client) => client.com.atproto.server.getSession())
    return session.ok ? ok({ scopes: as.scopes }) : fail(blueskyError(session.error, 'none', now()))
  },
}
