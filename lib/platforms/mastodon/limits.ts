import type { Limits } from '../limits'
import type { Traits } from '../platform'
import { Configuration } from './api'
import { postOn, texts } from './texts'

const MiB = 1024 * 1024
/** `image_matrix_limit` and `video_matrix_limit`. */
const [imagePixels, videoPixels] = [33_177_600, 8_294_400]
/** `video_frame_rate_limit`: 120 in the same example. */
const framesMax = 120

/**
 * What an unmodified server of version 4 takes; each server names its own numbers in `GET /api/v2/instance`, which
 * `limitsOf` puts in their place. The example answer of docs.joinmastodon.org/entities/Instance (OpenAPI 4.7, read
 * 2026-11-25) names 500 characters, 4 files, 16 MiB, 99 MiB, 33,177,600 and 8,294,400 pixels, polls of 2 to 4 options for 5 minutes to a month.
 */
const images: Limits['images'] = {
  max: 4,
  mimes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  maxBytes: 16 * MiB,
  altMax: 1500,
  gifMaxBytes: 16 * MiB,
  pixels: imagePixels,
  /** mastodon/mastodon app/models/concerns/attachmentable.rb, GIF_MATRIX_LIMIT, which no server names; read 2026-11-27. */
  gif: { pixels: 921_600 },
}
/** Mastodon names no length in time. A day is ours: the size ends it sooner. */
const video: Limits['video'] = {
  mimes: ['video/mp4', 'video/quicktime', 'video/webm'],
  maxBytes: 99 * MiB,
  minMs: 0,
  maxMs: 86_400_000,
  pixels: videoPixels,
  fps: { min: 0, max: framesMax },
  altMax: images.altMax,
}
const poll: NonNullable<Limits['poll']> = {
  options: { min: 2, max: 4 },
  option: texts.option,
  minutes: { min: 5, max: 43_829 },
  multiple: true,
  besideMedia: false,
  /** docs.joinmastodon.org/methods/statuses/#create: `status` is optional beside files alone. */
  needsText: true,
}

export const limits: Limits = {
  text: texts.post,
  images,
  video,
  /** Ours, not Mastodon's: it names no bound. */
  threadMax: 25,
  /** Mastodon has no field for a link: it makes its card from the text. */
  link: { inText: true, besideMedia: true },
  poll,
  /** mastodon/mastodon app/lib/rate_limiter.rb, from memory, unverified. */
  quotas: [{ what: 'posts', max: 300, of: 'account', windowMs: 3 * 3_600_000 }],
}

const present = <T extends object>(value: T | null | undefined): Partial<T> => value ?? {}

/** The limits by one server's own numbers. What it does not name stays as above. */
export function limitsOf({ configuration }: Traits): Limits {
  const known = Configuration.safeParse(configuration)
  if (!known.success) return limits
  const statuses = present(known.data.statuses)
  const media = present(known.data.media_attachments)
  const polls = present(known.data.polls)
  const mimes = (kind: string, usual: readonly string[]) =>
    media.supported_mime_types?.filter((mime) => mime.startsWith(`${kind}/`)) ?? usual
  const altMax = media.description_limit ?? images.altMax
  const imageBytes = media.image_size_limit ?? images.maxBytes
  return {
    ...limits,
    text: postOn(statuses),
    images: {
      ...images,
      max: statuses.max_media_attachments ?? images.max,
      mimes: mimes('image', images.mimes),
      maxBytes: imageBytes,
      gifMaxBytes: imageBytes,
      pixels: media.image_matrix_limit ?? imagePixels,
      altMax,
    },
    video: {
      ...video,
      mimes: mimes('video', video.mimes),
      maxBytes: media.video_size_limit ?? video.maxBytes,
      pixels: media.video_matrix_limit ?? videoPixels,
      fps: { min: 0, max: media.video_frame_rate_limit ?? framesMax },
      altMax,
    },
    poll: {
      ...poll,
      options: { min: poll.options.min, max: polls.max_options ?? poll.options.max },
      ...(poll.option ? { option: { ...poll.option, max: polls.max_characters_per_option ?? poll.option.max } } : {}),
      minutes: {
        min: Math.ceil((polls.min_expiration ?? poll.minutes.min * 60) / 60),
        max: Math.floor((polls.max_expiration ?? poll.minutes.max * 60) / 60),
      },
    },
  }
}

/** `limit` of `GET /api/v1/accounts/:id/statuses` and of `…/notifications` (OpenAPI 4.7: 40 and 80 at most). */
export const pageSize = 40

/** How many statuses `GET /api/v1/statuses` is asked for at once. Unverified: the page names no bound. */
export const statusesPerRead = 20

/** How many pages back a read-back looks. */
export const readBackPages = 10

/** A status is in its author's list when it was accepted. The rest is for servers with a lagging replica; unverified. */
export const readBackLagMs = 15_000

/**
 * Mastodon clears out files without a post once a day, those older than a day (app/lib/vacuum/media_attachments_vacuum.rb,
 * read 2026-11-26). Not for long have servers said so: older ones show the post without its files.
 */
export const keepsUnpublishedMs = 23 * 60 * 60_000
