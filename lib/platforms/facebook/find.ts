import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { isGone, readEdge, type GraphTrouble } from '../graph'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { alone, clockSkewMs } from '../read-back'
import { listComments, listFeed, listStories } from './api'
import { getFilm } from './films'
import { readBackPages } from './limits'
import { readiedOf } from './prepare'
import {
  captionOf,
  facebookError,
  filmState,
  formatOf,
  matches,
  matchesComment,
  toPublished,
  toPublishedComment,
  toPublishedFilm,
} from './translate'

const failed = (trouble: GraphTrouble): PlatformError => facebookError(trouble, 'none', now())

/** A film and a story are known by what was brought for them; a post by its photos and words among all since `since`. */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const from = new Date(since.getTime() - clockSkewMs)
  const readied = readiedOf(part)
  if (part.kind === 'comment')
    return findComment(app, as, { on: part.replyTo?.parent.externalId, text: captionOf(part) }, from)
  if (readied?.film) return findFilm(app, as, readied.film.videoId)
  if (formatOf(part) === 'story') return findStory(app, as, readied?.photos?.[0])
  const posts = await readEdge({
    pages: readBackPages,
    read: (after) => listFeed(app, as, as.externalId, from, after),
    failed,
  })
  return among(
    posts,
    (post) => matches(post, part, as.externalId, readied),
    ({ id }) => toPublished(app.webUrl, id),
  )
}

export async function findComment(
  app: AppConfig,
  as: Credentials,
  { on, text }: { readonly on: string | undefined; readonly text: string },
  from: Date,
): Answer<Published | undefined> {
  if (!on) throw new Error('A comment without a post to comment on')
  const comments = await readEdge({
    pages: readBackPages,
    read: (after) => listComments(app, as, on, { since: from, order: 'reverse_chronological' }, after),
    failed,
  })
  return among(
    comments,
    (one) => matchesComment(one, text, as.externalId),
    ({ id }) => toPublishedComment(app.webUrl, on, id),
  )
}

/** What became of a film: nothing, as long as nobody has ended its upload. */
export async function findFilm(app: AppConfig, as: Credentials, videoId: string): Answer<Published | undefined> {
  const film = await getFilm(app, as, videoId)
  // A session that nobody ended leaves nothing behind.
  if (!film.ok) return isGone(film.error) ? ok(undefined) : fail(failed(film.error))
  const state = filmState(film.value.body)
  if (state === 'published') return ok(toPublishedFilm(app.webUrl, film.value.body))
  if (state === 'waiting') return ok(undefined)
  if (state === 'working')
    return fail({
      code: 'outcome_unknown',
      reason: 'Facebook has taken this film and is still processing it.',
      processing: { checkAfterMs: 10_000 },
    })
  return fail({ code: 'rejected', reason: `Facebook took this film and could not show it: ${state.failed}.` })
}

async function findStory(app: AppConfig, as: Credentials, photo: string | undefined): Answer<Published | undefined> {
  const stories = await readEdge({
    pages: readBackPages,
    read: (after) => listStories(app, as, as.externalId, after),
    failed,
  })
  return among(
    stories,
    (story) => story.media_id === photo,
    ({ post_id }) => toPublished(app.webUrl, post_id, 'story'),
  )
}

const among = <T>(
  listed: Result<readonly T[], PlatformError>,
  isOurs: (one: T) => boolean,
  toOurs: (one: T) => Published,
): Result<Published | undefined, PlatformError> => (listed.ok ? alone(listed.value.filter(isOurs), toOurs) : listed)
