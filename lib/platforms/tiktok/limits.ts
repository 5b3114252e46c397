import { day, hour } from '@/lib/core/clock'
import type { Limits } from '../limits'
import { texts } from './texts'

/** TikTok counts in decimal megabytes (media transfer guide: a file of 50,000,123 bytes in chunks of 10,000,000). */
const MB = 1_000_000
const GB = 1_000 * MB

/** developers.tiktok.com/doc/content-posting-api-media-transfer-guide, read 2026-11-25. Verified but for what is marked. */
export const limits: Limits = {
  text: texts.caption,
  /** Pictures only; the title of a video is its caption. developers.tiktok.com/doc/content-posting-api-reference-photo-post. */
  title: { rule: texts.title, required: false },
  images: {
    /** …/content-posting-api-reference-photo-post: up to 35. No PNG. */
    max: 35,
    mimes: ['image/jpeg', 'image/webp'],
    maxBytes: 20 * MB,
    altMax: 0,
    /** "1080p" at most, says TikTok; taken as the longer side of Full HD. Unverified. */
    width: { min: 1, max: 1920 },
  },
  video: {
    mimes: ['video/mp4', 'video/webm', 'video/quicktime'],
    /** Unverified. */
    maxBytes: 4 * GB,
    /** Unverified. */
    minMs: 1_000,
    /** The most there is; each creator has a bound of their own, which `precheck` asks for. Unverified. */
    maxMs: 10 * 60_000,
    /** …/content-posting-api-media-transfer-guide: H.264, H.265, VP8, VP9; 23 to 60 frames a second. */
    codecs: ['avc', 'hevc', 'vp8', 'vp9'],
    fps: { min: 23, max: 60 },
  },
  needsMedia: ['video', 'image'],
  threadMax: 1,
  /** Addresses in a caption are shown and cannot be tapped. */
  link: { inText: true, besideMedia: true },
  /** About 15 posts a day and creator by API; TikTok names no number (`spam_risk_too_many_posts`). Unverified. */
  quotas: [{ what: 'posts', max: 15, of: 'account', windowMs: day }],
  /** At most 5 drafts that nobody has finished within any 24 hours (`spam_risk_too_many_pending_share`): whether one is finished, TikTok does not tell. */
  formats: { inbox: { quotas: [{ what: 'posts', max: 5, of: 'account', windowMs: day }] } },
  /** …/content-sharing-guidelines, “Required UX”: said before anything is posted. Its words are from memory, unverified. */
  duties: [
    'By posting to TikTok you agree to its Music Usage Confirmation, and for branded content to its Branded Content Policy.',
    'Who may see it is yours to choose each time; TikTok allows no choice made beforehand.',
  ],
}

/** Chunks are 5 to 64 MB, the last one up to 128 MB (media transfer guide). What is sent between two notes of ours. */
export const chunkBytes = 10 * MB
export const wholeBelowBytes = 5 * MB

/** How long our and TikTok's view of an upload may differ. Unverified: TikTok names no bound. */
export const readBackLagMs = 10_000

/** Moderation "usually finishes within one minute" and "may take a few hours" (…/content-posting-api-reference-get-video-status). */
export const moderationPatienceMs = 10 * 60_000

/** What a limit without a moment of its own is waited for: 6 posts and 30 looks a minute; a day's cap moves on by the hour. */
export const minuteWaitMs = 60_000
export const dayCapWaitMs = hour
