import { minute } from '@/lib/core/clock'
import type { ImageLimits, Limits, VideoLimits } from '../limits'
import { texts } from './texts'

const MB = 1_000_000
const GB = 1_000 * MB

/** Up to five beside each other, JPEG or PNG, and 500 characters of alt text: PinCreate of Pinterest's OpenAPI 5.23.0, read 2026-11-25. */
const images: ImageLimits = {
  max: 5,
  mimes: ['image/jpeg', 'image/png'],
  /** help.pinterest.com/en/business/article/pinterest-product-specs, through copies of it. Unverified. */
  maxBytes: 20 * MB,
  altMax: 500,
}

/** help.pinterest.com/en/business/article/pinterest-product-specs, through copies of it. Unverified. */
const video: VideoLimits = {
  mimes: ['video/mp4', 'video/quicktime', 'video/x-m4v'],
  maxBytes: 2 * GB,
  minMs: 4_000,
  maxMs: 15 * minute,
  ratio: { min: 0.5, max: 1.91 },
  /** help.pinterest.com/business/article/video-pins, through an archive, read 2026-11-27. */
  codecs: ['avc', 'hevc'],
  /** `alt_text` is of the pin, whatever it shows: PinCreate. */
  altMax: images.altMax,
}

export const limits: Limits = {
  text: texts.description,
  title: { rule: texts.title, required: false },
  images,
  video,
  needsMedia: ['image', 'video'],
  altsMax: images.altMax,
  threadMax: 1,
  /** A field of its own that the pin leads to; PinCreate. */
  link: { inText: false, besideMedia: true },
  formats: {
    /** `cover_image_data` of PinMediaSourceVideoID. */
    video: {
      needsMedia: ['video'],
      images: { ...images, max: 1 },
      video: { ...video, max: 1 },
      mixedMax: 2,
    },
  },
}

/** `link` of PinCreate, in characters. */
export const linkMax = 2_048

/** How long Pinterest's lists may lag behind what was written. Unverified: it names no bound. */
export const readBackLagMs = 20_000

/** How often a video that Pinterest is at work on is asked for. */
export const checkAfterMs = 5_000

/** What a limit without a moment of its own is waited for: the windows are of a minute (developers.pinterest.com/docs/reference/rate-limits). */
export const shortWaitMs = minute

/** How many pages of 250 pins are looked through. */
export const readBackPages = 5

/** How far back numbers can be asked for, in days (pins/analytics). */
export const analyticsDays = 90
