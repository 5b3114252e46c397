import { anyDocument, type Limits } from '../limits'
import { texts } from './texts'

const MiB = 1024 * 1024

/** The only times a poll may stay open, in minutes, by LinkedIn's names for them. Unverified. */
export const pollDurations: ReadonlyMap<number, string> = new Map([
  [1_440, 'ONE_DAY'],
  [4_320, 'THREE_DAYS'],
  [10_080, 'SEVEN_DAYS'],
  [20_160, 'FOURTEEN_DAYS'],
])

/**
 * LinkedIn's pages (learn.microsoft.com/linkedin/marketing/community-management) were not reachable: every number here
 * is from memory and from working client code, and unverified, 2026-11-21.
 */
export const limits: Limits = {
  text: texts.post,
  /** Unverified: MultiImage API, 2 to 20 images; Images API names 36,152,320 pixels and no bytes. */
  images: {
    max: 20,
    mimes: ['image/jpeg', 'image/png', 'image/gif'],
    maxBytes: 5 * MiB,
    altMax: 4086,
    pixels: 36_152_320,
  },
  /** Unverified: Videos API, 75 KB to 500 MB, 3 s to 30 min, MP4 only. */
  video: { mimes: ['video/mp4'], maxBytes: 500 * MiB, minMs: 3_000, maxMs: 30 * 60_000 },
  /** Documents API (learn.microsoft.com, from a stored copy): PPT, PPTX, DOC, DOCX and PDF, 100 MB and 300 pages. */
  documents: {
    mimes: anyDocument,
    maxBytes: 100 * MiB,
    pagesMax: 300,
    titleMax: 400,
  },
  /** Unverified: Polls API, 2 to 4 options of 30, a question of 140, alone with the text. */
  poll: {
    options: { min: 2, max: 4 },
    option: texts.option,
    minutes: { min: 1_440, max: 20_160 },
    durations: [...pollDurations.keys()],
    multiple: false,
    besideMedia: false,
    link: 'none',
    question: { option: 'poll_question', max: 140 },
  },
  /** LinkedIn has no threads: one post, and comments under it. */
  threadMax: 1,
  /** Posts API: articles are not looked at, and `thumbnail` is an image of the Images API. Unverified, as its size is. */
  link: { inText: false, besideMedia: false, card: { picture: { maxBytes: 5 * MiB } } },
}

/** How long a page's own list may lag behind a post. Unverified: LinkedIn names no bound. */
export const readBackLagMs = 30_000

/**
 * The shortest time between two looks for what was said. Ours: LinkedIn names its daily limits in the developer's portal
 * alone, and they may be as low as 500 calls a day for an app that is not approved yet (unverified, from client code).
 */
export const inboxPaceMs = 5 * 60_000
/** How long a list may lag behind what is in it: so far back each look begins again. Unverified: LinkedIn names no bound. */
export const inboxLagMs = 10 * 60_000

/** How many posts back a read-back looks: 10 lists of 100. */
export const readBackPages = 10
export const readBackPageSize = 100

/**
 * Of how many comments that one page of notifications tells of LinkedIn is asked at most where they stand. Ours; the list
 * under a post of ours says it of the others.
 */
export const placesAtOnce = 50

/**
 * How many calls one look at a post makes at most: one for each 100 comments, and one for each comment that was answered.
 * It goes on with the next.
 */
export const inboxCalls = 200
