import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { isGone } from '../graph'
import type { Answer, AppConfig, Credentials, Metrics, Platform, Published } from '../platform'
import { getFigures, getPage, remove } from './api'
import { getFilm } from './films'
import { pagesMethod } from './connect'
import { examine } from './examine'
import { findPublished } from './find'
import { inbox } from './inbox'
import { keepsUnpublishedMs, limits, readBackLagMs } from './limits'
import { options } from './options'
import { apiVersion, place } from './place'
import { prepare } from './prepare'
import { publish } from './publish'
import { facebookError, isComment, label, toMetrics } from './translate'
import { webhook } from './webhook'

/** The post that a film stands in: its numbers are counted there. */
async function postOf(app: AppConfig, as: Credentials, { externalId }: Published): Answer<string | undefined> {
  if (externalId.includes('_')) return ok(externalId)
  const film = await getFilm(app, as, externalId)
  if (!film.ok) return isGone(film.error) ? ok(undefined) : fail(facebookError(film.error, 'none', now()))
  const { post_id: id } = film.value.body
  return ok(id && (id.includes('_') ? id : `${as.externalId}_${id}`))
}

/** One by one: in a question about several, one that is gone spoils the answer for all. Comments and stories have no numbers here. */
async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  for (const one of published) {
    if (isComment(one.ref)) continue
    const post = await postOf(app, as, one)
    if (!post.ok) return post
    if (!post.value) continue
    const figures = await getFigures(app, as, [post.value])
    if (!figures.ok && isGone(figures.error)) continue
    if (!figures.ok) return fail(facebookError(figures.error, 'none', now()))
    const [first] = Object.values(figures.value.body)
    if (first) found.set(one.externalId, toMetrics(first))
  }
  return ok(found)
}

/** Facebook pages, by the Graph API. */
export const facebook: Platform = {
  name: 'facebook',
  label,
  limits,
  apiVersion,
  place,
  connections: [pagesMethod],
  threads: false,
  firstComment: true,
  metricsOffered: ['views', 'reach', 'clicks', 'reactions', 'comments', 'shares'],
  options,
  settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  prepare,
  keepsUnpublishedMs,
  publish,
  findPublished,
  async remove(app, as, { externalId }) {
    const gone = await remove(app, as, externalId)
    return gone.ok || isGone(gone.error) ? ok(undefined) : fail(facebookError(gone.error, 'visible', now()))
  },
  metrics,
  async check(app, as) {
    const page = await getPage(app, as, as.externalId)
    return page.ok ? ok({ scopes: as.scopes }) : fail(facebookError(page.error, 'none', now()))
  },
  examine,
  webhook,
  inbox,
}
