import { randomBytes } from 'node:crypto'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Metrics, Platform, Published } from '../platform'
import { about } from './about'
import {
  deleteMessage,
  deleteThread,
  deleteWebhookMessage,
  getChannel,
  getMessage,
  getWebhook,
  getWebhookMessage,
} from './api'
import { botMethod, tokenMethod, webhookMethod } from './connect'
import { examine } from './examine'
import { findPublished } from './find'
import { inbox } from './inbox'
import { limits, limitsFor, readBackLagMs } from './limits'
import { choices, options, precheck } from './options'
import { apiVersion, place } from './place'
import { publish } from './publish'
import { discordError, isGone, placeOf, refOf, toMetrics } from './translate'
import { webhook } from './webhook'

/** A forum's post goes with all that was said under it. */
async function remove(app: AppConfig, as: Credentials, published: Published): Answer<void> {
  const place = placeOf(as)
  const { channel, thread, begins } = refOf(published, place)
  const id = published.externalId
  const answer = place.webhook
    ? await deleteWebhookMessage(app, place.webhook, as.accessToken, id, thread)
    : begins
      ? await deleteThread(app, as.accessToken, id)
      : await deleteMessage(app, as.accessToken, channel, id)
  if (answer.ok) return ok(undefined)
  const isSpentHook = answer.error.kind === 'refused' && answer.error.problem?.code === 10015
  return isGone(answer.error) && !isSpentHook ? ok(undefined) : fail(discordError(answer.error, 'visible', now()))
}

/** Discord counts reactions and nothing else, and tells them message by message. */
async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const place = placeOf(as)
  const found = new Map<string, Metrics>()
  for (const each of published) {
    const { channel, thread } = refOf(each, place)
    const answer = place.webhook
      ? await getWebhookMessage(app, place.webhook, as.accessToken, each.externalId, thread)
      : await getMessage(app, as.accessToken, channel, each.externalId)
    if (answer.ok) found.set(each.externalId, toMetrics(answer.value.body))
    else if (!isGone(answer.error)) return fail(discordError(answer.error, 'none', now()))
  }
  return ok(found)
}

/** Discord, API v10: channels of a server, by a bot or by an incoming webhook. */
export const discord: Platform = {
  name: 'discord',
  label: about.label,
  limits,
  limitsFor,
  apiVersion,
  place,
  connections: [botMethod, tokenMethod, webhookMethod],
  threads: true,
  firstComment: true,
  metricsOffered: ['reactions'],
  options,
  choices,
  precheck,
  settling: (as) => (placeOf(as).webhook ? { by: 'person' } : { by: 'read_back', lagMs: readBackLagMs }),
  // 24 of the 25 characters a nonce may have.
  newKey: (at) => ({ createdAt: at.toISOString(), recordKey: randomBytes(12).toString('hex') }),
  publish,
  findPublished,
  remove,
  metrics,
  async check(app, as) {
    const place = placeOf(as)
    const answer = place.webhook
      ? await getWebhook(app, place.webhook, as.accessToken)
      : await getChannel(app, as.accessToken, place.channel)
    return answer.ok ? ok({ scopes: as.scopes }) : fail(discordError(answer.error, 'none', now()))
  },
  examine,
  webhook,
  inbox,
}
