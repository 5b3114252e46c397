import { anyDocument, type Limits } from '../limits'
import type { AnswerFiles } from '../platform'
import { texts } from './texts'

/** People are answered there, and nothing is posted: developers.facebook.com/documentation/business-messaging/whatsapp, read 2026-11-25. */
export const limits: Limits = {
  answersOnly: true,
  text: texts.post,
  images: { max: 0, mimes: [], maxBytes: 0, altMax: 0 },
  video: { mimes: [], maxBytes: 0, minMs: 0, maxMs: 0 },
  threadMax: 1,
  duties: ['WhatsApp is for answering people who wrote first. It has no place for posts.'],
}

/** The customer service window: free words for so long after the person's last message. */
export const windowMs = 24 * 60 * 60_000

const MiB = 1024 * 1024

/** One file in a message, with the words as its caption. Sizes and types from memory of Meta's page on media, unverified. */
export const answerFiles: AnswerFiles = {
  kinds: ['image', 'video', 'document'],
  max: 1,
  caption: texts.caption,
  rules: {
    image: { mimes: ['image/jpeg', 'image/png'], maxBytes: 5 * MiB },
    video: { mimes: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MiB },
    document: { mimes: anyDocument, maxBytes: 100 * MiB },
  },
}
