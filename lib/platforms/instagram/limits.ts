import type { ImageLimits, Limits, VideoLimits } from '../limits'
import { texts } from './texts'

const MiB = 1024 * 1024
const day = 24 * 60 * 60_000

/** developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media, through a mirror, read 2026-11-21. */
const images: ImageLimits = {
  max: 10,
  mimes: ['image/jpeg'],
  maxBytes: 8 * MiB,
  /** `alt_text` came on 2025-03-24, for pictures alone; its bound is ours. */
  altMax: 1000,
  ratio: { min: 0.8, max: 1.91 },
  width: { min: 320, max: 1440 },
}

/** The same page: reels of 3 s to 15 min, at most 1920 pixels wide, of 23 to 60 frames and 25 Mbit a second. Any ratio is taken; 9:16 fills the screen. */
const video: VideoLimits = {
  mimes: ['video/mp4', 'video/quicktime'],
  maxBytes: 300 * MiB,
  minMs: 3_000,
  maxMs: 15 * 60_000,
  width: 1920,
  codecs: ['avc', 'hevc'],
  soundCodecs: ['aac'],
  fps: { min: 23, max: 60 },
  bitsPerSecond: 25_000_000,
}

export const limits: Limits = {
  text: texts.caption,
  images,
  video,
  /** Pictures and films of one carousel; it counts as one post. */
  mixedMax: 10,
  needsMedia: ['image', 'video'],
  threadMax: 1,
  /** Addresses in captions are text that nobody can follow. */
  link: { inText: true, besideMedia: true },
  /** Meta's guide says 100 and its reference 50; `content_publishing_limit` tells what is so for the account. */
  quotas: [{ what: 'posts', max: 50, of: 'account', windowMs: day }],
  /** Stories are answered by messages; …/ig-media/comments is of posts and reels. Unverified that no story takes one. */
  uncommented: { format: 'story' },
  formats: {
    /** A picture beside the film is its cover: JPEG of 8 MB, of any form. The same page, read 2026-11-26. */
    reel: {
      images: { max: 1, mimes: images.mimes, maxBytes: images.maxBytes, altMax: 0 },
      video: { ...video, max: 1 },
      mixedMax: 2,
      needsMedia: ['video'],
    },
    /** No words, and one file. Pictures may be upright; 100 MB for films is what clients report. Unverified. */
    story: {
      text: { ...texts.caption, max: 0 },
      images: { max: 1, mimes: images.mimes, maxBytes: images.maxBytes, altMax: 0 },
      video: { ...video, minMs: 1_000, maxMs: 60_000, maxBytes: 100 * MiB },
      mixedMax: 1,
    },
  },
}

/** How many pages of 100 are looked through for a post. */
export const readBackPages = 10

/** How long a comment may be missing under its post. Unverified: Meta names no bound. */
export const commentLagMs = 60_000

/** How many calls one look at an account or at a post makes at most, of 50 comments each; it goes on with the next. */
export const inboxCalls = 40
