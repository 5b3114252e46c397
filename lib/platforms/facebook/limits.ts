import type { ImageLimits, Limits, VideoLimits } from '../limits'
import { texts } from './texts'

const MiB = 1024 * 1024
const GiB = 1024 * MiB
const day = 24 * 60 * 60_000

const images: ImageLimits = {
  /** Meta names no bound for `attached_media`. Unverified. */
  max: 10,
  /** developers.facebook.com/docs/graph-api/reference/page/photos, through a mirror, read 2026-11-21. */
  mimes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  /** Error 1366046 comes above 4 MB, as clients report. Unverified. */
  maxBytes: 4 * MiB,
  /** Ours: Meta takes `alt_text_custom` and names no bound. */
  altMax: 1000,
}

/** developers.facebook.com/docs/video-api/guides/publishing; size and length as clients report them. Unverified. */
const video: VideoLimits = {
  mimes: ['video/mp4', 'video/quicktime'],
  maxBytes: 1 * GiB,
  minMs: 1_000,
  maxMs: 20 * 60_000,
}

/** developers.facebook.com/docs/video-api/guides/reels-publishing, read 2026-11-25: 3 to 90 s, 9:16, at least 540 by 960. */
const upright: VideoLimits = { ...video, minMs: 3_000, maxMs: 90_000, ratio: { min: 0.5, max: 0.6 } }

/**
 * developers.facebook.com/docs/graph-api/reference/video/thumbnails#Creating, read 2026-11-26: an image of at most 10 MB.
 * JPEG and PNG are what Meta’s changelog of version 2.3 names, through a client.
 */
const cover: ImageLimits = { max: 1, mimes: ['image/jpeg', 'image/png'], maxBytes: 10 * MiB, altMax: 0 }
/** One film, and one picture that stands for it. */
const covered = {
  needsMedia: ['video'],
  images: cover,
  mixedMax: 2,
  link: { inText: true, besideMedia: true },
} as const

export const limits: Limits = {
  text: texts.post,
  images,
  video,
  threadMax: 1,
  /** `link` and `attached_media` exclude each other. */
  link: { inText: false, besideMedia: false },
  /** Meta has no comments on stories, but answers to them as messages. Unverified: its pages name no edge for either. */
  uncommented: { format: 'story' },
  formats: {
    video: { ...covered, video: { ...video, max: 1 } },
    reel: {
      ...covered,
      /** Frames: …/reels-publishing, as Ayrshare's page of media guidelines has them, read 2026-11-27. */
      video: { ...upright, max: 1, fps: { min: 24, max: 60 } },
      /** developers.facebook.com/docs/video-api/guides/reels-publishing, read 2026-11-25. */
      quotas: [{ what: 'posts', max: 30, of: 'account', windowMs: day }],
    },
    /** developers.facebook.com/docs/page-stories-api, read 2026-11-25: one photo of at most 10 MB, or a film of at most 60 s. No words. */
    story: {
      text: { ...texts.post, max: 0 },
      images: { ...images, max: 1, maxBytes: 10 * MiB, mimes: ['image/jpeg', 'image/png', 'image/gif'], altMax: 0 },
      video: { ...upright, maxMs: 60_000 },
      needsMedia: ['image', 'video'],
      mixedMax: 1,
    },
  },
}

/** How many pages of 100 a read-back looks at. */
export const readBackPages = 10

/** How long a page's own feed may lag behind a post. Unverified: Meta names no bound. */
export const readBackLagMs = 20_000

/** Facebook keeps unpublished photos for about a day, as clients met it. Unverified: Meta names no bound. */
export const keepsUnpublishedMs = 23 * 60 * 60_000

/** How many pages of 100 comments are read of one post: what stands under one with more is not known in full. */
export const commentsPages = 20

/** How many calls one look at a page or at a post makes at most; it goes on with the next. */
export const inboxCalls = 20
