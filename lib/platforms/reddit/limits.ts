import type { Limits, VideoLimits } from '../limits'
import { texts } from './texts'

const MiB = 1024 * 1024

const video: VideoLimits = {
  mimes: ['video/mp4', 'video/quicktime'],
  maxBytes: 1024 * MiB,
  minMs: 1_000,
  maxMs: 15 * 60_000,
}

/** Reddit publishes no description. Every number here is from memory and from working client code, unverified, 2026-11-21. */
export const limits: Limits = {
  text: texts.post,
  title: { rule: texts.title, required: true },
  images: {
    max: 20,
    mimes: ['image/jpeg', 'image/png', 'image/gif'],
    maxBytes: 20 * MiB,
    /** The API has no field for alt text. */
    altMax: 0,
  },
  video,
  threadMax: 1,
  link: { inText: true, besideMedia: true },
  formats: {
    post: {},
    /** Readers of a link post see its title and the address, and nothing else. */
    link: {
      text: { ...texts.post, max: 0 },
      link: { inText: false, besideMedia: false },
      needsLink: true,
      images: { max: 0, mimes: [], maxBytes: 0, altMax: 0 },
      video: { ...video, mimes: [] },
    },
  },
}

/** How long Reddit's listings may lag behind a post. Unverified: Reddit names no bound. */
export const readBackLagMs = 60_000
/** A listing goes back 1000 things at most: 10 pages of 100. */
export const readBackPages = 10
/** Files are worked on after a post was taken; until then it is in no list. */
export const processingMs = 5_000
/** Nothing with files counts as absent before. Unverified: Reddit names no bound. */
export const longestWorkMs = 15 * 60_000
