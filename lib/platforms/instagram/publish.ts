import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { readEdge, type GraphTrouble } from '../graph'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { createComment, getContainer, getMedia, listComments, listMedia, publishContainer } from './api'
import { commentLagMs, readBackPages } from './limits'
import { readiedOf, type Readied } from './prepare'
import {
  captionOf,
  containerFailure,
  formatOf,
  instagramError,
  matches,
  matchesComment,
  toPublished,
  toPublishedComment,
} from './translate'

/** Our clock and Instagram's may differ by this much. */
const clockSkewMs = 30_000

const doubtful = (trouble: GraphTrouble) => fail(instagramError(trouble, 'visible', now()))
const failed = (trouble: GraphTrouble): PlatformError => instagramError(trouble, 'none', now())
const refused = (reason: string) => fail({ code: 'rejected', reason } as const)

/** What is published in the end: the carousel as a whole, or the only file. */
const containerOf = (readied: Readied | undefined): string | undefined => readied?.whole?.id ?? readied?.items[0]?.id

/** A container becomes one post at most, however often it is sent. */
export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  if (part.kind === 'comment') return comment(app, as, part)
  if (part.kind === 'reply') return refused('Instagram has no threads. Join the posts into one.')
  const container = containerOf(readiedOf(part))
  if (!container) throw new Error('A post that was not prepared')
  const sent = await publishContainer(app, as, as.externalId, container)
  if (!sent.ok) return settleAtOnce(app, as, part, sent.error)
  const kind = formatOf(part) === 'story' ? 'story' : 'post'
  const media = await getMedia(app, as, sent.value.body.id)
  // It is there for certain, whether or not Instagram says where.
  return ok(toPublished(app.webUrl, media.ok ? media.value.body : sent.value.body, kind))
}

/** Instagram answered, and not with a plain yes: it may have published all the same, and the container tells at once. */
async function settleAtOnce(app: AppConfig, as: Credentials, part: Part, trouble: GraphTrouble): Answer<Published> {
  const error = instagramError(trouble, 'visible', now())
  const isPlain = trouble.kind !== 'refused' || error.code === 'auth_expired' || error.code === 'rate_limited'
  if (isPlain) return fail(error)
  const found = await findPublished(app, as, part, now())
  return found.ok && found.value ? ok(found.value) : fail(error)
}

async function comment(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const on = part.replyTo?.parent
  if (!on) throw new Error('A comment without a post to comment on')
  if (part.media.length > 0) return refused('Instagram takes no media in a comment. Take it out.')
  const made = await createComment(app, as, on.externalId, captionOf(part))
  return made.ok ? ok(toPublishedComment(on.url, on.externalId, made.value.body.id)) : doubtful(made.error)
}

/** Asks the container of a post, and the post of a comment. */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  if (part.kind === 'comment') return findComment(app, as, part, since)
  const readied = readiedOf(part)
  const id = containerOf(readied)
  // What was never prepared was never sent.
  if (!readied || !id) return ok(undefined)
  const container = await getContainer(app, as, id)
  if (!container.ok) return fail(failed(container.error))
  switch (container.value.body.status_code) {
    case 'PUBLISHED':
      return findMedia(app, as, part, new Date(Date.parse(readied.at) - clockSkewMs))
    case 'ERROR':
      return refused(containerFailure(container.value.body.status))
    // Sent again, an expired container is refused, and its author told.
    case 'EXPIRED':
    case 'FINISHED':
    case 'IN_PROGRESS':
      return ok(undefined)
  }
}

/** The container is published, and does not say as what: the account's list since it was made does. */
async function findMedia(app: AppConfig, as: Credentials, part: Part, from: Date): Answer<Published | undefined> {
  const isStory = formatOf(part) === 'story'
  const media = await readEdge({
    pages: readBackPages,
    read: (after) => listMedia(app, as, as.externalId, isStory ? 'stories' : 'media', after),
    newestFirst: { from: from.getTime(), timeOf: ({ timestamp }) => Date.parse(timestamp) },
    failed,
    tooMuch: 'The account has posted too much since then to be read in full.',
  })
  if (!media.ok) return media
  const ours = media.value.filter((one) => Date.parse(one.timestamp) >= from.getTime() && matches(one, part))
  const found = alone(ours, (one) => toPublished(app.webUrl, one, isStory ? 'story' : 'post'))
  if (!found.ok || found.value) return found
  return fail({
    code: 'outcome_unknown',
    reason: 'Instagram has published this, and does not list it yet.',
    processing: { checkAfterMs: 15_000 },
  })
}

/**
 * A comment has no container. The caller asks once and takes "not there" for certain, so it is said only when the
 * comment has had time to be listed.
 */
async function findComment(app: AppConfig, as: Credentials, part: Part, since: Date): Answer<Published | undefined> {
  const on = part.replyTo?.parent
  if (!on) throw new Error('A comment without a post to comment on')
  const from = since.getTime() - clockSkewMs
  const comments = await readEdge({
    pages: readBackPages,
    read: (after) => listComments(app, as, on.externalId, after),
    failed,
    tooMuch: 'The post has too many comments to be read in full.',
  })
  if (!comments.ok) return comments
  const ours = comments.value.filter(
    (one) => Date.parse(one.timestamp) >= from && matchesComment(one, captionOf(part), as.externalId),
  )
  const found = alone(ours, ({ id }) => toPublishedComment(on.url, on.externalId, id))
  if (!found.ok || found.value || now().getTime() - since.getTime() > commentLagMs) return found
  return fail({ code: 'unavailable', reason: 'Instagram may not list the comment yet.' })
}

function alone<T>(found: readonly T[], toOurs: (one: T) => Published): Result<Published | undefined, PlatformError> {
  const [first, second] = found
  if (second)
    return fail({
      code: 'outcome_unknown',
      reason: 'The account has two posts that look like this one: compare them by eye.',
    })
  return ok(first && toOurs(first))
}
