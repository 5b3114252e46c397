import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { refusedWith, renewing } from '../oauth'
import type { Answer, AppConfig, Credentials, Metrics, Part, Platform, PlatformError, Published } from '../platform'
import { about } from './about'
import { createComment, createPost, deleteComment, deletePost, getMember, getPage, getStatistics } from './api'
import { pageMethod, personMethod } from './connect'
import { findPublished, isPage } from './find'
import { inbox } from './inbox'
import { limits, readBackLagMs } from './limits'
import { mediaStatus, uploadMedia } from './media'
import { grantTokens } from './oauth'
import { options, optionsFor, pageTraits } from './options'
import { apiVersion, place } from './place'
import { linkedinError, publishedAt, Ref, toCreatePost, toMetrics, toPublished, toPublishedComment } from './translate'
import { webhook } from './webhook'

type Trouble = Parameters<typeof linkedinError>[0]

const doubtful = (app: AppConfig, trouble: Trouble) => fail(linkedinError(trouble, 'visible', app.webUrl, now()))
const failedRead = (app: AppConfig, trouble: Trouble) => fail(linkedinError(trouble, 'none', app.webUrl, now()))

/** LinkedIn took it, and did not say under which name. */
const nameless: PlatformError = {
  code: 'outcome_unknown',
  reason: 'LinkedIn accepted this and did not say where it is.',
}

async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  if (part.kind === 'comment') return publishComment(app, as, part)
  if (part.kind === 'reply')
    return fail({ code: 'rejected', reason: 'LinkedIn has no threads. Join the posts into one.' })
  const post = toCreatePost(as.externalId, part)
  if (!post.ok) return post
  const answer = await createPost(app, as, post.value)
  if (!answer.ok) return doubtful(app, answer.error)
  const id = answer.value.headers.get('x-restli-id')
  return id ? ok(toPublished(app.webUrl, id)) : fail(nameless)
}

async function publishComment(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const on = part.replyTo?.parent.externalId
  if (!on) throw new Error('A comment without a post to comment on')
  if (part.media.length > 0)
    return fail({ code: 'rejected', reason: 'Posthorn adds no media to a comment on LinkedIn. Take it out.' })
  const answer = await createComment(app, as, { on, actor: as.externalId, text: part.text })
  if (!answer.ok) return doubtful(app, answer.error)
  const id = answer.value.headers.get('x-restli-id') ?? answer.value.body?.id
  return id ? ok(toPublishedComment(app.webUrl, on, id)) : fail(nameless)
}

async function remove(app: AppConfig, as: Credentials, { externalId, ref }: Published): Answer<void> {
  const kept = Ref.safeParse(ref)
  // Known by an address that a person gave: it can be named to LinkedIn only when its URN stands in there.
  if (!kept.success && !externalId.startsWith('urn:li:'))
    return fail({ code: 'rejected', reason: 'Posthorn knows this post only by its address. Delete it there.' })
  const answer =
    kept.data?.kind === 'comment'
      ? await deleteComment(app, as, kept.data.on, externalId, as.externalId)
      : await deletePost(app, as, externalId)
  if (answer.ok) return ok(undefined)
  const gone = answer.error.kind === 'refused' && answer.error.status === 404
  return gone ? ok(undefined) : doubtful(app, answer.error)
}

/** Pages only: the numbers of members are for apps with `r_member_postAnalytics`. Comments have none. */
async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  if (!isPage(as)) return ok(found)
  for (const [kind, prefix] of [
    ['shares', 'urn:li:share:'],
    ['ugcPosts', 'urn:li:ugcPost:'],
  ] as const) {
    const posts = published.map(({ externalId }) => externalId).filter((id) => id.startsWith(prefix))
    for (let at = 0; at < posts.length; at += 20) {
      const answer = await getStatistics(app, as, as.externalId, kind, posts.slice(at, at + 20))
      if (!answer.ok) return failedRead(app, answer.error)
      for (const one of answer.value.body.elements) found.set(one.share ?? one.ugcPost ?? '', toMetrics(one))
    }
  }
  return ok(found)
}

const refresh = renewing({
  by: 'LinkedIn',
  unlasting: 'LinkedIn gives this app no lasting sign-in.',
  grant: grantTokens,
  isSpent: refusedWith(400),
  judged: (trouble, app) => linkedinError(trouble, 'visible', app.webUrl, now()),
})

/** LinkedIn, versioned REST: a person and the pages they run are two ways to connect, with two apps. */
export const linkedin: Platform = {
  name: 'linkedin',
  label: about.label,
  limits,
  options,
  optionsFor,
  apiVersion,
  place,
  connections: [personMethod, pageMethod],
  threads: false,
  firstComment: true,
  metricsOffered: ['impressions', 'clicks', 'likes', 'comments', 'shares'],
  settling: (as) => (isPage(as) ? { by: 'read_back', lagMs: readBackLagMs } : { by: 'person' }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  publish,
  findPublished,
  async resolve(app, as, url) {
    const published = publishedAt(app.webUrl, url)
    return published
      ? ok(published)
      : fail({
          code: 'rejected',
          reason: 'This is not the address of a post on LinkedIn. Open the post’s menu there and copy its link.',
        })
  },
  uploadMedia,
  mediaStatus,
  remove,
  metrics,
  refresh,
  async check(app, as) {
    const answer = isPage(as)
      ? await getPage(app, as, as.externalId.slice('urn:li:organization:'.length))
      : await getMember(app, as)
    if (!answer.ok) return failedRead(app, answer.error)
    return ok({ scopes: as.scopes, ...(isPage(as) ? { traits: pageTraits } : {}) })
  },
  webhook,
  inbox,
}
