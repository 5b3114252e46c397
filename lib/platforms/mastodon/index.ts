import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Metrics, Platform, Published } from '../platform'
import { about } from './about'
import { createStatus, deleteStatus, serverOf, whoAmI } from './api'
import { examine } from './examine'
import { findStatus } from './find'
import { inbox, keyOf } from './inbox'
import { keepsUnpublishedMs, limits, limitsOf, readBackLagMs } from './limits'
import { mediaStatus, uploadMedia } from './media'
import { account } from './oauth'
import { choices, options } from './options'
import { apiVersion, place } from './place'
import { precheck } from './precheck'
import { readStatuses } from './read'
import { mastodonError, statusError, toMetrics, toPublished, toStatus } from './translate'

async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const statuses = await readStatuses(
    app,
    as,
    published.map(({ externalId }) => externalId),
  )
  return statuses.ok ? ok(new Map(statuses.value.map((status) => [status.id, toMetrics(status)]))) : statuses
}

/** Mastodon, and every server that speaks its API. */
export const mastodon: Platform = {
  name: 'mastodon',
  label: about.label,
  limits,
  limitsFor: limitsOf,
  apiVersion,
  place,
  connections: [account],
  threads: true,
  firstComment: true,
  metricsOffered: ['likes', 'comments', 'shares', 'quotes'],
  options,
  choices: (_app, _as, field) => choices(field),
  precheck,
  // The key makes a second sending within the hour harmless; that the first arrived is found by reading.
  settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
  newKey: (at) => ({ createdAt: at.toISOString(), recordKey: newId() }),
  async publish(app, as, part) {
    const status = toStatus(part)
    const answer = await createStatus(app, as, status, keyOf(part.key))
    return answer.ok
      ? ok(toPublished(serverOf(app, as), answer.value.body))
      : fail(statusError(answer.error, status, now()))
  },
  findPublished: (app, as, part, since) => findStatus(app, as, toStatus(part), since),
  uploadMedia,
  mediaStatus,
  keepsUnpublishedMs,
  async remove(app, as, published) {
    const answer = await deleteStatus(app, as, published.externalId)
    if (answer.ok) return ok(undefined)
    const gone = answer.error.kind === 'refused' && [404, 410].includes(answer.error.status)
    return gone ? ok(undefined) : fail(mastodonError(answer.error, 'visible', now()))
  },
  metrics,
  async check(app, as) {
    const me = await whoAmI(app, as)
    return me.ok ? ok({ scopes: as.scopes }) : fail(mastodonError(me.error, 'none', now()))
  },
  examine,
  inbox,
}
