import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { isGone } from '../graph'
import type { Answer, AppConfig, Credentials, Metrics, OptionField, Platform, Published, Quota } from '../platform'
import { getInsights, getMe, getPublishingLimit } from './api'
import { instagramLogin, refresh } from './connect'
import { examine } from './examine'
import { inbox } from './inbox'
import { limits } from './limits'
import { apiVersion, place } from './place'
import { prepare } from './prepare'
import { findPublished, publish } from './publish'
import { instagramError, isComment, label, metricsOf, toMetrics } from './translate'
import { webhook } from './webhook'

const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'Format',
    hint: 'A single film is a reel in any case.',
    required: false,
    preset: 'post',
    input: {
      kind: 'choice',
      choices: [
        { value: 'post', label: 'Post', hint: 'A picture, a film, or up to 10 of both' },
        { value: 'reel', label: 'Reel', hint: 'One film of 3 seconds to 15 minutes' },
        { value: 'story', label: 'Story', hint: 'One picture or film, without words, for 24 hours' },
      ],
    },
  },
  {
    name: 'collaborators',
    label: 'Collaborators',
    hint: 'Names of public accounts that are asked to show the post, too.',
    required: false,
    formats: ['post', 'reel'],
    input: { kind: 'tags', max: 3, maxEach: 30 },
  },
  {
    name: 'share_to_feed',
    label: 'Show the reel in the feed, too',
    required: false,
    preset: true,
    formats: ['post', 'reel'],
    input: { kind: 'flag' },
  },
  {
    name: 'cover_at',
    label: 'Cover, in seconds from the start',
    hint: 'The picture of the film that stands for it, such as 2.5.',
    required: false,
    formats: ['post', 'reel'],
    input: { kind: 'text', max: 8 },
  },
  {
    name: 'trial',
    label: 'Trial reel',
    hint: 'Shown to people who do not follow the account first.',
    required: false,
    formats: ['reel'],
    input: {
      kind: 'choice',
      choices: [
        { value: 'MANUAL', label: 'Until you share it with followers' },
        { value: 'SS_PERFORMANCE', label: 'Until it does well' },
      ],
    },
  },
]

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
