import { anyDocument, type Limits } from '../limits'
import type { TextRule } from '../text'
import { texts } from './texts'

const MB = 1_000_000

/** Bot API 10.1: every length is of what is left once tags and entities are taken off. */
const inHtml = (rule: TextRule): TextRule => ({ ...rule, unit: 'telegram', markup: 'html' })

/** core.telegram.org/bots/api#sending-files: photos up to 10 MB, other files up to 50 MB; from memory, unverified. */
export const limits: Limits = {
  text: texts.post,
  images: {
    /** Bot API 10.1, sendMediaGroup.media: 2 to 10 items; one goes alone. */
    max: 10,
    mimes: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
    maxBytes: 10 * MB,
    gifMaxBytes: 50 * MB,
    /** Bot API 10.1, sendMediaGroup.media: an album has no animations. */
    gifAlone: { unless: 'asFiles' },
    /** The Bot API has no field for one. */
    altMax: 0,
    /** Bot API 10.1, sendPhoto.photo: "width and height ratio must be at most 20". */
    ratio: { min: 1 / 20, max: 20 },
    /** The same: "width and height must not exceed 10000 in total". */
    sum: 10_000,
    /** Bot API 10.1, sendDocument: of a file it names its bytes alone. */
    untouched: { by: 'asFiles' },
  },
  /** Bot API 10.1, sendVideo: "MPEG4 videos (other formats may be sent as Document)". A day is ours: the size ends it sooner. */
  video: { mimes: ['video/mp4'], maxBytes: 50 * MB, minMs: 0, maxMs: 86_400_000 },
  documents: {
    mimes: anyDocument,
    /** Bot API 10.1, sendDocument: "files of any type of up to 50 MB". */
    maxBytes: 50 * MB,
    /** Its title is the file's name, of which Telegram names no bound: ours. */
    titleMax: 200,
    /** Bot API 10.1, sendMediaGroup: "documents … can be only grouped in an album with messages of the same type". */
    apart: { unless: 'asFiles' },
  },
  mixedMax: 10,
  /** Ours, not Telegram's: it names no bound. */
  threadMax: 25,
  /** Telegram makes its preview from the text. */
  link: { inText: true, besideMedia: true },
  /** Bot API 10.1, sendPoll: 12 options at most, open for 5 to 2,628,000 seconds; one option alone asks nothing. */
  poll: {
    text: 'title',
    needsText: true,
    options: { min: 2, max: 12 },
    option: texts.option,
    minutes: { min: 1, max: 43_800 },
    multiple: true,
    besideMedia: false,
  },
  formats: {
    html: {
      text: inHtml(texts.post),
      texts: { reply: inHtml(texts.reply), caption: inHtml(texts.caption), title: inHtml(texts.title) },
    },
  },
}

/**
 * How long the copy of a post in its discussion group may take to be reported. Unverified: Telegram names no bound;
 * a report that our server did not take is sent again for hours.
 */
export const echoPatienceMs = 10 * 60_000
