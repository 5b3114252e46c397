import type { Limits } from '../limits'
import { textRules } from '../text'

const MiB = 1024 * 1024

/**
 * LinkedIn's pages (learn.microsoft.com/linkedin/marketing/community-management) were not reachable: every number here
 * is from memory and from working client code, and unverified, 2026-11-21.
 */
export const limits: Limits = {
  text: textRules.linkedin,
  /** Unverified: MultiImage API, 2 to 20 images; Images API names 36,152,320 pixels and no bytes. */
  images: { max: 20, mimes: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 5 * MiB, altMax: 4086 },
  /** Unverified: Videos API, 75 KB to 500 MB, 3 s to 30 min, MP4 only. */
  video: { mimes: ['video/mp4'], maxBytes: 500 * MiB, minMs: 3_000, maxMs: 30 * 60_000 },
  /** LinkedIn has no threads: one post, and comments under it. */
  threadMax: 1,
  link: { inText: false, besideMedia: false },
}

/** How long a page's own list may lag behind a post. Unverified: LinkedIn names no bound. */
export const readBackLagMs = 30_000

/** How many posts back a read-back looks: 10 lists of 100. */
export const readBackPages = 10
export const readBackPageSize = 100
