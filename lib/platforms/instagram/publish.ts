import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { readEdge, type GraphTrouble } from '../graph'
import { containerOf, findByContainer, readiedOf, settleAtOnce } from '../graph-containers'
import { alone, clockSkewMs } from '../read-back'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { createComment, getMedia, listComments, listMedia, publishContainer } from './api'
import { commentLagMs, readBackPages } from './limits'
import { stateOf } from './prepare'
import {
  captionOf,
  formatOf,
  instagramError,
  label,
  matches,
  matchesComment,
  toPublished,
  toPublishedComment,
} from './translate'

const doubtful = (trouble: GraphTrouble) => fail(instagramError(trouble, 'visible', now()))
const failed = (trouble: GraphTrouble): PlatformError => instagramError(trouble, 'none', now())
const refused = (reason: string) => fail({ code: 'rejected', reason } as const)

/** A container becomes one post at most, however often it is sent. */
export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  if (part.kind === 'comment') return comment(app, as, part)
  if (part.kind === 'reply') return refused('Instagram has no threads. Join the posts into one.')
  const container = containerOf(readiedOf(part))
  if (!container) throw new Error('A post that was not prepared')
  const sent = await publishContainer(app, as, as.externalId, container)
  if (!sent.ok)
    return settleAtOnce(sent.error, instagramError(sent.error, 'visible', now()), part, finding(app, as, part))
  const kind = formatOf(part) === 'story' ? 'story' : 'post'
  const media = await getMedia(app, as, sent.value.body.id)
  // It is there for certain, whether or not Instagram says where.
  return ok(toPublished(app.webUrl, media.ok ? media.value.body : sent.value.body, kind))
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
  return findByContainer(part, finding(app, as, part))
}

const finding = (app: AppConfig, as: Credentials, part: Part) => ({
  label,
  state: (id: string) => stateOf(app, as, id),
  list: (from: Date) => findMedia(app, as, part, from),
})

/** What the account has shown since the container was made. */
async function findMedia(app: AppConfig, as: Credentials, part: Part, from: Date): Answer<Published | undefined> {
  const isStory = formatOf(part) === 'story'
  const media = await readEdge({
    pages: readBackPages,
    read: (after) => listMedia(app, as, as.externalId, isStory ? 'stories' : 'media', after),
    newestFirst: { from: from.getTime(), timeOf: ({ timestamp }) => Date.parse(timestamp) },
    failed,
  })
  if (!media.ok) return media
  const ours = media.value.filter((one) => Date.parse(one.timestamp) >= from.getTime() && matches(one, part))
  return alone(ours, (one) => toPublished(app.webUrl, one, isStory ? 'story' : 'post'))
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
  })
  if (!comments.ok) return comments
  const ours = comments.value.filter(
    (one) => Date.parse(one.timestamp) >= from && matchesComment(one, captionOf(part), as.externalId),
  )
  const found = alone(ours, ({ id }) => toPublishedComment(on.url, on.externalId, id))
  if (!found.ok || found.value || now().getTime() - since.getTime() > commentLagMs) return found
  return fail({ code: 'unavailable', reason: 'Instagram may not list the comment yet.' })
}
