import { hour, minute } from '@/lib/core/clock'
import type { ImageLimits, Limits, VideoLimits } from '../limits'
import { texts } from './texts'

const MiB = 1024 * 1024
const GiB = 1024 * MiB

/** developers.google.com/youtube/v3/docs/videos/insert (size, types) and support.google.com/youtube/answer/71673 (length). Unverified. */
const video: VideoLimits = {
  mimes: [
    'video/mp4',
    'video/quicktime',
    'video/webm',
    'video/x-msvideo',
    'video/mpeg',
    'video/3gpp',
    'video/x-matroska',
  ],
  maxBytes: 256 * GiB,
  minMs: 1_000,
  maxMs: 12 * hour,
}

/** The picture beside a video is its thumbnail (developers.google.com/youtube/v3/docs/thumbnails/set: 2 MB, JPEG or PNG). */
const thumbnail: ImageLimits = {
  max: 1,
  mimes: ['image/jpeg', 'image/png'],
  maxBytes: 2 * MiB,
  altMax: 0,
  /** support.google.com/youtube/answer/72431. Unverified. */
  width: { min: 640, max: 3840 },
}

/** Google counts days of quota by the Pacific (developers.google.com/youtube/v3/determine_quota_cost). */
export const quotaZone = 'America/Los_Angeles'

export const limits: Limits = {
  text: texts.description,
  title: { rule: texts.title, required: true },
  images: { ...thumbnail, max: 0 },
  video,
  needsMedia: ['video'],
  threadMax: 1,
  link: { inText: true, besideMedia: true },
  /**
   * Of the whole project, which is the app, and day: 100 `videos.insert`, and 10,000 units for the rest, of which a comment takes 50
   * (developers.google.com/youtube/v3/determine_quota_cost, read 2026-11-25).
   */
  quotas: [
    { what: 'posts', max: 100, of: 'app', dayIn: quotaZone },
    { what: 'replies', max: 200, of: 'app', units: 50, dayIn: quotaZone },
  ],
  /** support.google.com/youtube/answer/9706180: comments are off under what is made for kids. */
  uncommented: { madeForKids: 'yes' },
  formats: {
    video: { images: thumbnail, video: { ...video, max: 1 }, mixedMax: 2 },
    /** support.google.com/youtube/answer/15424877: up to 3 minutes, square or upright. Unverified. */
    short: { video: { ...video, maxMs: 3 * minute, ratio: { min: 0.3, max: 1 } } },
  },
}

/** Pieces are multiples of 256 KiB (…/guides/using_resumable_upload_protocol); what is sent between two notes of ours. */
export const pieceBytes = 8 * MiB

/** Videos of more than 15 minutes are for verified accounts (support.google.com/youtube/answer/71673). Unverified. */
export const longVideoMs = 15 * minute

/** How long YouTube's lists may lag behind what was written. Unverified: it names no bound. */
export const readBackLagMs = 20_000

/** How long a video that YouTube is at work on is followed; afterwards it counts as published, which it is. */
export const processingPatienceMs = 30 * minute

/** What a limit without a moment of its own is waited for. */
export const shortWaitMs = minute
/** `uploadLimitExceeded` is of the channel and moves on through the day; YouTube names no hour. */
export const uploadLimitWaitMs = 6 * hour

/** How often comments are asked for at most: each look costs one of the 10,000 units that all channels share in a day. */
export const inboxPaceMs = 5 * minute

/**
 * Old threads are read while so many units are left for each hour until midnight: a little less than reading's whole part
 * lasts for, so that what looking at the newest threads needs is never spent on them.
 */
export const sparePerHour = 300

/** How many of our own uploads and comments are looked through: 5 pages. */
export const readBackPages = 5
