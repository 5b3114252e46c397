import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type {
  Answer,
  AppConfig,
  Credentials,
  Finding,
  Metrics,
  Part,
  Platform,
  PlatformError,
  Published,
  Quota,
} from '../platform'
import { removed } from '../outcome'
import { about } from './about'
import { comment, del, getInfo, getMe, submit, submitGallery, thingsOf } from './api'
import { findPublished } from './find'
import { inbox } from './inbox'
import { limits, readBackLagMs } from './limits'
import { uploadMedia } from './media'
import { accountMethod, refresh } from './oauth'
import { choices, options, precheck, untried } from './options'
import { apiVersion, place } from './place'
import {
  kindOf,
  objectionTo,
  outcomeOf,
  redditError,
  stillAtWork,
  toForm,
  toGallery,
  toMetrics,
  toPublished,
} from './translate'

async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const reason = objectionTo(part)
  if (reason) return fail({ code: 'rejected', reason })
  const since = now()
  const parent = part.replyTo?.parent.externalId
  const isGallery = kindOf(part) === 'gallery'
  const answer = parent
    ? await comment(app, as, parent, part.text)
    : isGallery
      ? await submitGallery(app, as, toGallery(part))
      : await submit(app, as, toForm(part))
  if (!answer.ok) return fail(redditError(answer.error, 'visible', now()))
  const made = outcomeOf(answer.value.body.json, now())
  if (!made.ok) return made.error.code === 'rate_limited' ? despite(app, as, part, since, made.error) : made
  const { name, permalink } = made.value
  if (!name && parent) return fail({ code: 'outcome_unknown', reason: 'Reddit took the comment, but did not name it.' })
  // Reddit names a post with files only over a WebSocket. It is in the account's list as soon as it is ready.
  return name ? ok(toPublished(app.webUrl, name, permalink)) : fail(stillAtWork)
}

/** Reddit has been seen to say RATELIMIT of what it made all the same (praw #1768): it is looked for before it is believed. */
async function despite(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
  limit: PlatformError,
): Answer<Published> {
  const found = await findPublished(app, as, part, since)
  if (found.ok) return found.value ? ok(found.value) : fail(limit)
  return fail({
    code: 'outcome_unknown',
    reason: 'Reddit says that it was too soon, and could not be asked whether it made it.',
  })
}

async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  for (let at = 0; at < published.length; at += 100) {
    const names = published.slice(at, at + 100).map(({ externalId }) => externalId)
    const answer = await getInfo(app, as, names)
    if (!answer.ok) return fail(redditError(answer.error, 'none', now()))
    for (const thing of thingsOf(answer.value.body)) found.set(thing.name, toMetrics(thing))
  }
  return ok(found)
}

/** Reddit counts calls of the whole app over ten minutes, and says so with every answer. */
async function quota(app: AppConfig, as: Credentials): Answer<readonly Quota[]> {
  const me = await getMe(app, as)
  if (!me.ok) return fail(redditError(me.error, 'none', now()))
  const { headers } = me.value
  const [used, left] = [headers.get('x-ratelimit-used'), headers.get('x-ratelimit-remaining')]
  if (used === null || left === null) return ok([])
  return ok([{ what: 'units', used: Number(used), max: Number(used) + Number(left), windowMs: 600_000 }])
}

async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const me = await getMe(app, as)
  if (!me.ok) return fail(redditError(me.error, 'none', now()))
  const { is_suspended: isSuspended, has_verified_email: isVerified } = me.value.body
  return ok([
    isSuspended
      ? { name: 'standing', label: 'Account', state: 'problem', message: 'Reddit has suspended this account.' }
      : { name: 'standing', label: 'Account', state: 'good', message: 'The account is in good standing.' },
    ...(isVerified === false
      ? [
          {
            name: 'email',
            label: 'Email address',
            state: 'advice' as const,
            message:
              'Many subreddits take posts only from accounts with a verified email address. Verify it on Reddit.',
          },
        ]
      : []),
  ])
}

/** Reddit's API for approved apps. */
export const reddit: Platform = {
  name: 'reddit',
  label: about.label,
  limits,
  apiVersion,
  place,
  connections: [accountMethod],
  threads: false,
  firstComment: true,
  metricsOffered: ['score', 'comments'],
  options,
  choices,
  precheck,
  untried,
  settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  uploadMedia,
  publish,
  findPublished,
  remove: async (app, as, published) =>
    removed(await del(app, as, published.externalId), (trouble) => redditError(trouble, 'visible', now())),
  metrics,
  refresh,
  async check(app, as) {
    const me = await getMe(app, as)
    return me.ok ? ok({ scopes: as.scopes }) : fail(redditError(me.error, 'none', now()))
  },
  quota,
  examine,
  inbox,
}
