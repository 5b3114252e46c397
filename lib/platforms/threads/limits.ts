import type { ImageLimits, Limits, VideoLimits } from '../limits'
import { texts } from './texts'

const MiB = 1024 * 1024
const day = 24 * 60 * 60_000

/** developers.facebook.com/documentation/threads/posts, media specifications, through a mirror, read 2026-11-25. */
const images: ImageLimits = {
  max: 20,
  mimes: ['image/jpeg', 'image/png'],
  maxBytes: 8 * MiB,
  /** …/threads/reference/publishing: 1 000 characters of `alt_text`, for pictures and films. */
  altMax: 1000,
  ratio: { min: 0.1, max: 10 },
  width: { min: 320, max: 1440 },
}

/** The same page: MOV or MP4 of at most 5 minutes and 1 GB, 0.01:1 to 10:1, 1920 pixels wide, HEVC or H.264 with AAC, of 23 to 60 frames and 100 Mbit a second. It names no shortest. */
const video: VideoLimits = {
  mimes: ['video/mp4', 'video/quicktime'],
  maxBytes: 1024 * MiB,
  minMs: 0,
  maxMs: 300_000,
  width: 1920,
  codecs: ['avc', 'hevc'],
  soundCodecs: ['aac'],
  fps: { min: 23, max: 60 },
  bitsPerSecond: 100_000_000,
  ratio: { min: 0.01, max: 10 },
  altMax: images.altMax,
}

export const limits: Limits = {
  text: texts.post,
  /** …/threads/posts: `text` is optional beside files, and required where `media_type` is TEXT: with a card or a poll, too. */
  needsText: true,
  images,
  video,
  /** A carousel has 2 to 20 pictures and films, and counts as one post. */
  mixedMax: 20,
  /** Ours, not Threads': it names no bound. */
  threadMax: 25,
  /** A card stands under words alone. */
  link: { inText: false, besideMedia: false },
  /** …/threads/create-posts/polls: 2 to 4 options of 1 to 25 characters, with words alone. That a poll is open for a day is what clients report; it cannot be chosen. */
  poll: {
    options: { min: 2, max: 4 },
    option: texts.option,
    minutes: { min: 1_440, max: 1_440 },
    durations: [1_440],
    multiple: false,
    besideMedia: false,
    link: 'text',
  },
  /** …/threads/overview, through a mirror; `threads_publishing_limit` tells what is so for the account. */
  quotas: [
    { what: 'posts', max: 250, of: 'account', windowMs: day },
    { what: 'replies', max: 1000, of: 'account', windowMs: day },
  ],
  formats: {
    /** …/threads/create-posts/ghost-posts: words alone. */
    ghost: {
      images: { ...images, max: 0 },
      video: { ...video, mimes: [] },
      threadMax: 1,
      link: { inText: true, besideMedia: true },
      poll: undefined,
    },
  },
}

/** How many pages of 100 are looked through. */
export const readBackPages = 10

/** How long an answer may be missing from what is listed. Unverified: Meta names no bound. */
export const replyLagMs = 30_000

/** How many lists of 100 one look at a profile or at a post asks for at most; it goes on with the next. */
export const inboxCalls = 20
