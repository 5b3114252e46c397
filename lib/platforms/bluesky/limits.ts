import type { Limits } from '../limits'
import { texts } from './texts'

/** Numbers of the lexicons are those of @atproto/api 0.21.0, read 2026-11-21. */
export const limits: Limits = {
  text: texts.post,
  /** app.bsky.embed.images: 4 images of at most 2 MB (formerly 1 MB). Alt: what the official app allows, unverified. */
  images: {
    max: 4,
    mimes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    maxBytes: 2_000_000,
    altMax: 2000,
    /** GIFs go to the video service, as clients send them (`image/gif` is in their list of its types, read 2026-11-26). */
    gifMaxBytes: 100_000_000,
  },
  /**
   * app.bsky.embed.video allows 300 MB; the video service takes 100 MB and 3 minutes (unverified, from memory of the
   * official app). The smaller one counts.
   */
  video: {
    mimes: ['video/mp4', 'video/quicktime', 'video/webm', 'video/mpeg'],
    maxBytes: 100_000_000,
    minMs: 0,
    maxMs: 180_000,
    /** app.bsky.embed.video bounds no `alt`: as for pictures, unverified. */
    altMax: 2000,
  },
  /** Ours, not Bluesky's: it names no bound. */
  threadMax: 25,
  /** docs.bsky.app/docs/advanced-guides/posts: a card is made by whoever posts it. app.bsky.embed.external: `thumb` ≤ 1 MB. */
  link: { inText: false, besideMedia: false, card: { picture: { maxBytes: 1_000_000 } } },
  /** docs.bsky.app/docs/advanced-guides/rate-limits: 5,000 points an hour and 35,000 a day, 3 for each record made. */
  quotas: [
    { what: 'posts', max: 1_666, of: 'account', windowMs: 60 * 60_000 },
    { what: 'posts', max: 11_666, of: 'account', windowMs: 24 * 60 * 60_000 },
  ],
}

/** app.bsky.feed.getPosts takes 25 addresses. */
export const postsPerRead = 25

/** Where the official network processes videos; every other server is asked itself. */
export const officialVideoService = 'https://video.bsky.app'

/** How long a chat may lag behind a message that was sent. Unverified: Bluesky names no bound. */
export const messageLagMs = 20_000

/**
 * com.atproto.repo.uploadBlob: deleted “if it is not referenced within a time window (eg, minutes)”; the servers of the
 * makers keep it longer than that, and how long they do not say (bluesky-social/atproto#1781). Half an hour is ours.
 */
export const keepsUnpublishedMs = 30 * 60_000
