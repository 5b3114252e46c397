import type { MediaKind } from './part'

/** What people can do to an account. */
export const incomingKinds = ['comment', 'mention', 'dm', 'review', 'reaction', 'share'] as const
export type IncomingKind = (typeof incomingKinds)[number]

export type Person = {
  readonly externalId: string
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl?: string
  readonly followers?: number
  /** The network named them by their id alone: handle and name only stand in, until `Inbox.identify` tells. */
  readonly nameless?: true
}

/** A file that came with something. One without `url` and without `ask` is there and cannot be had. */
export type IncomingFile = {
  readonly kind: Exclude<MediaKind, 'document'> | 'audio' | 'file'
  /** Where anybody may see it for good. */
  readonly url?: string
  /** What `Inbox.fetchFile` wants to know, where the address wants a token or ends: it is brought once, and kept here. Holds no secret. */
  readonly ask?: unknown
  /** As its sender called it. */
  readonly name?: string
  /** As its sender described it. */
  readonly alt?: string
}

/** A file as the network gave it. `gone`: to nobody any more. */
export type FetchedFile =
  | { readonly state: 'here'; readonly bytes: Uint8Array }
  | { readonly state: 'too_large' }
  | { readonly state: 'gone' }

/** Something said or done to an account, in our words. Plain JSON. */
export type Incoming = {
  /** The network's own name for it; the same however often and by whichever way it comes. */
  readonly externalId: string
  readonly kind: IncomingKind
  readonly change: 'new' | 'edited' | 'deleted'
  readonly text: string
  /** Which language that is, as a BCP 47 code, where the network says: by its own guess, or its author's settings. */
  readonly language?: string
  /** ISO 8601 in UTC, by the network's clock. */
  readonly at: string
  readonly author: Person
  /** Written by the account itself: an echo of ours, or somebody answered in the network's own app. */
  readonly own: boolean
  /** What belongs together: the root of a thread, a chat. */
  readonly conversation: string
  /**
   * It stands wherever its `parent` stands, whichever comes first: for networks that name what a message answers, and not
   * what began the talk. `conversation` is then the name of `parent`, and counts while that is not held; and for good where
   * somebody here, or a rule, did something to the conversation that began so.
   */
  readonly conversationOf?: 'parent'
  /** What it answers. */
  readonly parent?: string
  /** Our post that it stands under, by `Published.externalId`. */
  readonly post?: string
  readonly url?: string
  readonly media: readonly IncomingFile[]
  /** 1 to 5, for reviews. */
  readonly rating?: number
  /** For reviews that say yes or no in the place of stars. */
  readonly recommends?: boolean
  /** What was given, for reactions: an emoji, or the network's word. */
  readonly reaction?: string
  /** Whatever the adapter needs to answer it. Never null: that is what nobody but an import has told of. */
  readonly ref: unknown
  /** The report does not say all that must be known: `Inbox.complete` tells. */
  readonly bare?: true
  /**
   * The report does not say what it answers: `parent` is absent, and `ref` and `conversation` only stand in. What any other
   * report of the same says of them stands, and the message goes there as soon as it comes, with what answers it and, once
   * nothing else stands there, with all that was done about it.
   */
  readonly unplaced?: true
}
