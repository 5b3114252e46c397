import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { GraphTrouble } from '../graph'
import { isLapsed } from '../outcome'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { createComment, createPost, publishPhotoStory } from './api'
import { finishFilm, finishUpright } from './films'
import { findFilm } from './find'
import { readiedOf, type Readied } from './prepare'
import {
  captionOf,
  facebookError,
  filmWanted,
  formatOf,
  titleOf,
  toFeedPost,
  toPublished,
  toPublishedComment,
  uploadError,
} from './translate'

const doubtful = (trouble: GraphTrouble) => fail(facebookError(trouble, 'visible', now()))
/** Of what was brought beforehand. */
const used = (trouble: GraphTrouble) => fail(uploadError(trouble, 'visible', now()))
const refused = (reason: string) => fail({ code: 'rejected', reason } as const)

/** Facebook has the film and is at work on it; what becomes of it, it says later. */
const working = fail({
  code: 'outcome_unknown',
  reason: 'Facebook has taken this film and is still processing it.',
  processing: { checkAfterMs: 5_000 },
} as const)

export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  if (part.kind === 'comment') return comment(app, as, part)
  if (part.kind === 'reply') return refused('Facebook has no threads. Join the posts into one.')
  const readied = readiedOf(part) ?? {}
  if (readied.film) return film(app, as, part, readied.film)
  const format = formatOf(part)
  // Readied without one: its file is there no more.
  if (format === 'reel' || format === 'video') return refused(filmWanted(format))
  if (format === 'story') return photoStory(app, as, readied)
  const { photos = [] } = readied
  const made = await createPost(app, as, as.externalId, toFeedPost(part, photos))
  if (made.ok) return ok(toPublished(app.webUrl, made.value.body.id))
  return photos.length > 0 ? used(made.error) : doubtful(made.error)
}

async function comment(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const on = part.replyTo?.parent.externalId
  if (!on) throw new Error('A comment without a post to comment on')
  if (part.media.length > 0) return refused('Posthorn adds no media to a comment on Facebook. Take it out.')
  const made = await createComment(app, as, on, captionOf(part))
  return made.ok ? ok(toPublishedComment(app.webUrl, on, made.value.body.id)) : doubtful(made.error)
}

async function photoStory(app: AppConfig, as: Credentials, { photos: [photo] = [] }: Readied): Answer<Published> {
  if (!photo) return refused('A story needs a picture or a film. Add one.')
  const made = await publishPhotoStory(app, as, as.externalId, photo)
  if (!made.ok) return used(made.error)
  const { post_id: id } = made.value.body
  return id === undefined
    ? fail({ code: 'outcome_unknown', reason: 'Facebook accepted this story and did not say where it is.' })
    : ok(toPublished(app.webUrl, String(id), 'story'))
}

async function film(
  app: AppConfig,
  as: Credentials,
  part: Part,
  { videoId, session }: NonNullable<Readied['film']>,
): Answer<Published> {
  const page = as.externalId
  if (session !== undefined) {
    const ended = await finishFilm(app, as, page, {
      upload_session_id: session,
      description: captionOf(part),
      ...titleOf(part),
    })
    return ended.ok ? working : unended(app, as, videoId, ended.error)
  }
  const isReel = formatOf(part) === 'reel'
  const ended = await finishUpright(app, as, page, isReel ? 'video_reels' : 'video_stories', {
    video_id: videoId,
    ...(isReel ? { description: captionOf(part), ...titleOf(part) } : {}),
  })
  return ended.ok ? working : unended(app, as, videoId, ended.error)
}

/** A session may be gone because it was ended: the film itself tells. */
async function unended(app: AppConfig, as: Credentials, videoId: string, trouble: GraphTrouble): Answer<Published> {
  const error = uploadError(trouble, 'visible', now())
  if (!isLapsed(error)) return fail(error)
  const found = await findFilm(app, as, videoId)
  if (!found.ok) return found
  return found.value ? ok(found.value) : fail(error)
}
