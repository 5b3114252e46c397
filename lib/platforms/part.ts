import type { OptionValues } from './options'

export type MediaKind = 'image' | 'gif' | 'video' | 'document'

/** A file ready to be sent. `open` may be called again for a retry and streams from storage; both ends of a range are in it. */
export type MediaFile = {
  readonly id: string
  readonly kind: MediaKind
  readonly mime: string
  readonly sizeBytes: number
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  /** Words for those who cannot see it; of a document, its title. */
  readonly alt: string
  /** What must stay in view, as shares (0 to 1) of width and height from the upper left corner. */
  readonly focus?: { readonly x: number; readonly y: number }
  /** Where the network can fetch it, for networks that do so instead of taking bytes. Ends after some hours. */
  readonly publicUrl?: string
  open(range?: { readonly start: number; readonly end: number }): ReadableStream<Uint8Array>
}

/**
 * The network's own handle on a file. `more`: not all of its bytes are there, and `uploadMedia` goes on from `ref` at
 * once. Otherwise `ready: false` asks to be looked at again after `checkAfterMs`. `at`: when the network last said that
 * it has it, in ISO 8601; added by whoever keeps it.
 */
export type UploadedMedia = {
  readonly ref: unknown
  readonly ready: boolean
  readonly more?: true
  readonly checkAfterMs?: number
  readonly at?: string
}

/** A post that exists at the network. `ref` is whatever the adapter needs to answer or delete it (an id, a URI with its CID). */
export type Published = {
  readonly externalId: string
  readonly url: string
  readonly ref: unknown
  /** What was to go with it and was refused for certain, a sentence each (`withoutExtra`). It does not undo the post. */
  readonly notes?: readonly string[]
}

/** A question to readers. */
export type Poll = {
  readonly options: readonly string[]
  /** How long it is open. */
  readonly minutes: number
  readonly multiple: boolean
}

/** A file within a part: what it is, and where its bytes are. `ref` is what `uploadMedia` gave, where the network has that. */
export type PartMedia = {
  readonly kind: MediaKind
  readonly alt: string
  readonly width?: number
  readonly height?: number
  readonly ref?: unknown
  /** The file itself, for networks that take it together with the post or fetch it. Not part of what is compared or kept. */
  readonly file?: MediaFile
}

/** A link, and what its card says. `picture` is what `uploadMedia` gave, where the network takes a file for the card. */
export type PartLink = {
  readonly url: string
  readonly title?: string
  readonly description?: string
  readonly imageUrl?: string
  readonly picture?: unknown
}

/**
 * One thing that will appear at the network: a post, a further post of its thread, or its first comment.
 * Everything random is in `key`, fixed before the first byte is sent, so that any retry is byte-identical.
 */
export type Part = {
  readonly kind: 'post' | 'reply' | 'comment'
  readonly text: string
  readonly title?: string
  readonly link?: PartLink
  readonly media: readonly PartMedia[]
  readonly poll?: Poll
  /** What was chosen for this account, by the names of the adapter's `options`. */
  readonly options?: OptionValues
  readonly replyTo?: { readonly root: Published; readonly parent: Published }
  readonly key: PartKey
  /** What `prepare` made, for networks that have it. */
  readonly prepared?: unknown
}

/**
 * Work at the network that no reader sees and that `publish` then makes visible: a container, an upload session, all but
 * the last bytes of a video. `ready: false` asks to be continued after `checkAfterMs` (at once when absent).
 * `holds`: the places, from 0 on, of those of the part's files that the network has or is fetching: what is left to do
 * here needs none of their bytes from us. `at` as with `UploadedMedia`.
 */
export type Prepared = {
  readonly ref: unknown
  readonly ready: boolean
  readonly holds?: readonly number[]
  readonly checkAfterMs?: number
  readonly at?: string
}

/** Made once by `newKey`, stored with the intent as JSON. `createdAt` is ISO 8601 in UTC. */
export type PartKey = { readonly createdAt: string; readonly recordKey?: string }
