import { anyDocument, type Limits } from '../limits'
import type { Traits } from '../platform'
import { texts } from './texts'

const MiB = 1024 * 1024

/** Discord names no kinds of files; these are what its apps show in place. Unverified. */
const imageMimes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']
const videoMimes = ['video/mp4', 'video/quicktime', 'video/webm']

/** discord.com/developers/docs/reference#uploading-files, read 2026-11-21: 10 MiB a file where nobody pays for more. */
const fileMaxBytes = 10 * MiB

/** Discord OpenAPI of 2026-07-18, MessageCreateRequest.attachments, read 2026-11-21. */
const filesMax = 10

/** Discord OpenAPI of 2026-07-18, MessageAttachmentRequest.description, read 2026-11-21: of any file. */
const altMax = 1024

export const limits: Limits = {
  text: texts.post,
  /** In a text channel a title starts a thread of that name under the message; in a forum it is the post's name. */
  title: { rule: texts.title, required: false, besideOnly: true },
  images: {
    max: filesMax,
    mimes: imageMimes,
    maxBytes: fileMaxBytes,
    altMax,
  },
  /** Discord has no bound for the length of a video: its size is the bound. */
  video: { mimes: videoMimes, maxBytes: fileMaxBytes, minMs: 0, maxMs: 24 * 3_600_000, altMax },
  /** Any file is taken. Discord OpenAPI of 2026-07-18, MessageAttachmentRequest.title, read 2026-11-27. */
  documents: { mimes: anyDocument, maxBytes: fileMaxBytes, titleMax: 1024 },
  mixedMax: filesMax,
  /** discord.com/developers/docs/reference#uploading-files: a request has 25 MiB at most. */
  filesMaxBytes: 25 * MiB,
  /** Ours, not Discord's: it names no bound. */
  threadMax: 25,
  /** An embed of ours, whose `thumbnail` Discord fetches (RichEmbedThumbnail: an address of at most 2048 characters). */
  link: { inText: false, besideMedia: true, card: { picture: 'address' } },
  poll: {
    /** Discord OpenAPI of 2026-07-18, PollCreateRequest, read 2026-11-21: 1 to 10 answers, 1 to 768 hours. */
    options: { min: 1, max: 10 },
    /** discord.com/developers/docs/resources/poll: 55 characters. Unverified: the OpenAPI says 300 for any text of a poll. */
    option: { ...texts.post, field: 'option', max: 55 },
    minutes: { min: 60, max: 768 * 60 },
    multiple: true,
    besideMedia: true,
    /** Its question is the last line of the text. */
    needsText: true,
  },
}

/** What was read of a channel when it was connected. */
export const traitsOf = (channelType: number | undefined): Traits =>
  channelType === undefined ? { webhook: true } : { channelType }

/** Discord OpenAPI of 2026-07-18, ChannelTypes. */
export const channelTypes = { text: 0, announcement: 5, publicThread: 11, forum: 15, media: 16 } as const

export const isForum = (channelType: unknown): boolean =>
  channelType === channelTypes.forum || channelType === channelTypes.media

/** A forum takes nothing without a name. */
export const limitsFor = (traits: Traits): Limits =>
  isForum(traits.channelType) ? { ...limits, title: { rule: texts.title, required: true, besideOnly: true } } : limits

/** Discord OpenAPI of 2026-07-18: PollMediaCreateRequest.text, RichEmbed.title, .description. */
export const questionMax = 300
export const embedTitleMax = 256
export const embedDescriptionMax = 4096

/** How many messages back a read-back or one poll looks: 10 pages of 100. */
export const pageSize = 100
export const readBackPages = 10

/** In how many of its channel's threads a line that begins looks for reactions that it missed: a call for each. Ours. */
export const threadsLookedAt = 50

/** How long a channel's list may lag behind a message. Unverified: Discord names no bound. */
export const readBackLagMs = 10_000
