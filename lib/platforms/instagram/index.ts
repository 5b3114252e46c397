import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { isGone } from '../graph'
import type { Answer, AppConfig, Credentials, Metrics, Platform, Published, Quota } from '../platform'
import { getInsights, getMe, getPublishingLimit } from './api'
import { instagramLogin, refresh } from './connect'
import { examine } from './examine'
import { inbox } from './inbox'
import { limits } from './limits'
import { options } from './options'
import { apiVersion, place } from './place'
import { prepare } from './prepare'
import { findPublished, publish } from './publish'
import { instagramError, isComment, label, metricsOf, toMetrics } from './translate'
import { webhook } from './webhook'

/** Post by post. Comments have no numbers, and what Instagram has none of yet is left out. */
async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  for (const { externalId, ref } of published) {
    if (isComment(ref)) continue
    const insights = await getInsights(app, as, externalId, metricsOf(ref))
    if (insights.ok) found.set(externalId, toMetrics(insights.value.body.data))
    else if (!isGone(insights.error)) return fail(instagramError(insights.error, 'none', now()))
  }
  return ok(found)
}

async function quota(app: AppConfig, as: Credentials): Answer<readonly Quota[]> {
  const answer = await getPublishingLimit(app, as, as.externalId)
  if (!answer.ok) return fail(instagramError(answer.error, 'none', now()))
  return ok(
    answer.value.body.data.flatMap(({ quota_usage: used, config }) =>
      config ? [{ what: 'posts', used, max: config.quota_total, windowMs: config.quota_duration * 1000 } as const] : [],
    ),
  )
}

/** Instagram, by its API with Instagram Login: professional accounts, no Facebook page needed. It offers no deleting. */
export const instagram: Platform = {
  name: 'instagram',
  label,
  limits,
  fetchesMedia: ['image'],
  apiVersion,
  place,
  connections: [instagramLogin],
  threads: false,
  firstComment: true,
  metricsOffered: ['views', 'reach', 'likes', 'comments', 'shares', 'saves'],
  options,
  settling: () => ({ by: 'own_key' }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  prepare,
  publish,
  findPublished,
  metrics,
  refresh,
  quota,
  async check(app, as) {
    const me = await getMe(app, as)
    return me.ok ? ok({ scopes: as.scopes }) : fail(instagramError(me.error, 'none', now()))
  },
  examine,
  webhook,
  inbox,
}
