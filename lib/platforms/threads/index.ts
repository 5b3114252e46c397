import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { isGone } from '../graph'
import type { Answer, AppConfig, Credentials, Metrics, Platform, Published, Quota } from '../platform'
import { deletePost, getInsights, getPublishingLimit, inspectToken } from './api'
import { refresh, threadsLogin } from './connect'
import { inbox } from './inbox'
import { limits } from './limits'
import { options } from './options'
import { apiVersion, place } from './place'
import { findPublished, prepare, publish } from './publish'
import { label, metricsAsked, threadsError, toMetrics } from './translate'
import { webhook } from './webhook'

/** Post by post. What Threads has no number of yet is left out. */
async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  for (const { externalId } of published) {
    const insights = await getInsights(app, as, externalId, metricsAsked)
    if (insights.ok) found.set(externalId, toMetrics(insights.value.body.data))
    else if (!isGone(insights.error)) return fail(threadsError(insights.error, 'none', now()))
  }
  return ok(found)
}

async function quota(app: AppConfig, as: Credentials): Answer<readonly Quota[]> {
  const answer = await getPublishingLimit(app, as, as.externalId)
  if (!answer.ok) return fail(threadsError(answer.error, 'none', now()))
  return ok(
    answer.value.body.data.flatMap((one) =>
      (
        [
          ['posts', one.quota_usage, one.config],
          ['replies', one.reply_quota_usage, one.reply_config],
          ['deletes', one.delete_quota_usage, one.delete_config],
        ] as const
      ).flatMap(([what, used, config]) =>
        used !== undefined && config
          ? [{ what, used, max: config.quota_total, windowMs: config.quota_duration * 1000 }]
          : [],
      ),
    ),
  )
}

/** Threads, by its own login and API. Everything is published by container, words too. */
export const threads: Platform = {
  name: 'threads',
  label,
  limits,
  apiVersion,
  place,
  connections: [threadsLogin],
  threads: true,
  firstComment: true,
  fetchesMedia: ['image', 'video'],
  metricsOffered: ['views', 'likes', 'comments', 'shares', 'quotes'],
  options,
  settling: () => ({ by: 'own_key' }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  prepare,
  publish,
  findPublished,
  async remove(app, as, { externalId }) {
    const gone = await deletePost(app, as, externalId)
    return gone.ok || isGone(gone.error) ? ok(undefined) : fail(threadsError(gone.error, 'visible', now()))
  },
  metrics,
  refresh,
  quota,
  async check(app, as) {
    const token = await inspectToken(app, as)
    return token.ok ? ok({ scopes: token.value.body.data.scopes }) : fail(threadsError(token.error, 'none', now()))
  },
  webhook,
  inbox,
}
