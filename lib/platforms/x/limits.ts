import type { Limits } from '../limits'
import { premium, texts } from './texts'

const MiB = 1024 * 1024
const minute = 60_000

/** Segments are numbered 0 to 999 (OpenAPI 2.167, AppendMediaUploadRequest); 4 MiB is within what the docs call safe. */
export const segmentBytes = 4 * MiB
const mostSegments = 1000

type Sides = { readonly longer: number; readonly shorter: number }

/**
 * docs.x.com/x-api/media/quickstart/best-practices, read 2026-11-27: 20 minutes and 8 GB, by the account's plan 125 and
 * 16 GB. So many bytes as our segments hold are less. Between 32 × 32 and 1280 × 1024; the page wants upright films of
 * 720 × 1280, so that the bound is taken to be for either way up, and lets accounts with a plan have 1080p.
 */
const filmOf = (minutes: number, sides: Sides): Limits['video'] => ({
  /** X API OpenAPI 2.167, MediaUploadConfigRequest.media_type: MOV, too; the page speaks of MP4 alone. */
  mimes: ['video/mp4', 'video/quicktime'],
  maxBytes: mostSegments * segmentBytes,
  minMs: 500,
  maxMs: minutes * minute,
  ratio: { min: 1 / 3, max: 3 },
  /** The same page: H.264 with AAC, of up to 60 frames a second. */
  codecs: ['avc'],
  soundCodecs: ['aac'],
  fps: { min: 0, max: 60 },
  sides: { least: 32, ...sides },
})

export const limits: Limits = {
  text: texts.post,
  images: {
    /** X API OpenAPI 2.167, CreatePostsMedia.media_ids (maxItems 4), read 2026-11-21. */
    max: 4,
    mimes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    maxBytes: 5 * MiB,
    /** docs.x.com/x-api/media/metadata-create, read 2026-11-21. */
    altMax: 1000,
    /** docs.x.com/x-api/media/quickstart/best-practices, read 2026-11-21. */
    gifMaxBytes: 15 * MiB,
    /** The same page: 350 frames, and 300 million pixels in all of them. */
    gif: { width: 1280, height: 1080, frames: 350, pixelsInAll: 300_000_000 },
  },
  video: filmOf(20, { longer: 1280, shorter: 1024 }),
  /** X API OpenAPI 2.167, CreatePostRequest.poll, read 2026-11-25. A poll stands with words alone. */
  poll: {
    options: { min: 2, max: 4 },
    option: texts.option,
    minutes: { min: 5, max: 10_080 },
    multiple: false,
    besideMedia: false,
  },
  /**
   * docs.x.com/x-api/fundamentals/rate-limits, POST /2/tweets: so many of one account, and so many of the app, read
   * 2026-11-21; another page says 300 in 3 hours.
   */
  quotas: [
    { what: 'posts', max: 100, of: 'account', windowMs: 15 * minute },
    { what: 'posts', max: 10_000, of: 'app', windowMs: 24 * 60 * minute },
  ],
  /** Ours, not X's: it names no bound. */
  threadMax: 25,
  /** X has no field for a link: it makes its card from the text. */
  link: { inText: true, besideMedia: true },
  /** docs.x.com/changelog, 2026-02-23, read 2026-11-21; of replies to one's own posts it says nothing. */
  dutiesBelow: [
    'Since 23 February 2026 X lets self-serve apps reply only to people who mention or quote the account. Whether that holds under one’s own posts, X does not say: a thread or a first comment may be refused once the post is out.',
  ],
  /** docs.x.com/x-api/pricing, pay per use, read 2026-11-21. */
  price: { postMicros: 15_000, postWithLinkMicros: 200_000 },
}

/** Those of an account that has a plan with X. */
export const premiumLimits: Limits = {
  ...limits,
  text: premium.post,
  texts: { reply: premium.reply, comment: premium.comment },
  video: filmOf(125, { longer: 1920, shorter: 1080 }),
}

/** How many posts back a read-back looks: 10 pages of 100. The API itself goes back 3200. */
export const readBackPages = 10

/** How long X's own timeline may lag behind a post. Unverified: X names no bound. */
export const readBackLagMs = 20_000

/**
 * Messages may be listed 15 times in 15 minutes (docs.x.com/x-api/fundamentals/rate-limits, read 2026-11-21): half of
 * that is left for looking after doubtful answers.
 */
export const messagePaceMs = 2 * 60_000
/** Each message that X shows costs $0.010, once a day: what is looked at is few, and more only when there is more. */
export const messagesPerLook = 20
/** Pages of one look, and of one chat that is searched for an answer. */
export const messagePages = 10
/**
 * How many posts of others are asked about again in a day: X charges $0.005 for each that it shows, once a day, so this is
 * $0.25 for an account at most. Ours, not X's.
 */
export const rereads = { mostADay: 50, eachMicros: 5_000 }
