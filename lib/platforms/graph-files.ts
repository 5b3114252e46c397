import type { AskedAddress } from './fetch-file'
import { anyDocument } from './limits'
import type { AnswerFiles, IncomingFile, MediaKind, PartMedia } from './platform'

const MiB = 1024 * 1024
/** Of developers.facebook.com/docs/messenger-platform/send-messages, from memory: 25 MB. Unverified. */
export const messengerFiles: AnswerFiles = {
  kinds: ['image', 'gif', 'video', 'document'],
  max: 1,
  apart: true,
  rules: {
    image: { mimes: ['image/jpeg', 'image/png'], maxBytes: 25 * MiB },
    gif: { mimes: ['image/gif'], maxBytes: 25 * MiB },
    video: { mimes: ['video/mp4', 'video/quicktime'], maxBytes: 25 * MiB },
    document: { mimes: anyDocument, maxBytes: 25 * MiB },
  },
}
/** Of developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api, from memory: pictures of 8 MB, film of 25 MB. Unverified. */
export const directFiles: AnswerFiles = {
  ...messengerFiles,
  kinds: ['image', 'video'],
  rules: { ...messengerFiles.rules, image: { mimes: ['image/jpeg', 'image/png'], maxBytes: 8 * MiB } },
}

/** What kind a file is there: a GIF is a picture that moves. */
const types = { image: 'image', gif: 'image', video: 'video', document: 'file' } as const
export const typeOf = (kind: MediaKind): (typeof types)[MediaKind] => types[kind]
/** A file that was brought before, or one that Meta fetches. */
export type SentFile = {
  readonly type: (typeof types)[MediaKind]
  readonly payload: { readonly attachment_id: string } | { readonly url: string }
}

/** Named by what was given for its bytes, or else by where it can be fetched. */
export function toFile({ kind, ref, file }: PartMedia): SentFile {
  const payload = ref === undefined ? { url: file?.publicUrl ?? '' } : { attachment_id: String(ref) }
  return { type: typeOf(kind), payload }
}

/** A file of a chat. Its address is signed, and ends. */
export const fileAt = (kind: IncomingFile['kind'], url: string, name?: string): IncomingFile => ({
  kind,
  ask: { url } satisfies AskedAddress,
  ...(name ? { name } : {}),
})
