import type { HidingSeen } from './hiding'
import type { Incoming } from './incoming'
import type { Published } from './part'
import type { WebhookEvent } from './webhook'

/** A post of the account, whoever published it by whatever way. */
export type RecentPost = {
  readonly post: Published
  /** ISO 8601 in UTC. */
  readonly at: string
  /** Where asking what stands under it begins: what was said long before is history. */
  readonly cursor: string
}
/** So many posts of an account are watched that it did not publish from here. */
export const mostRecent = 25

/**
 * `gone`: the post was taken away, and whoever asks is refused nothing else, so that it is not merely shown to us no more.
 * `closed`: comments are switched off under it, which says nothing of what was said there before.
 */
export type PostEnd = 'gone' | 'closed'

/** What stands under a post, for whoever holds something of it to find what is new, reads otherwise, or is gone. */
export type StandsUnder = {
  readonly post: string
  readonly there: readonly Incoming[]
  /** It was read to its end: what stood there before and is not among it was taken away. */
  readonly whole: boolean
  /** ISO 8601 in UTC, by our clock: a network may hand out what it read a while ago. */
  readonly asOf: string
  /** The post itself was taken away; nobody looks a second time before that is believed. */
  readonly end?: Extract<PostEnd, 'gone'>
}

/** What `Inbox.pollPost` answers of a post under which nothing stands for such a reason. */
export const nothingUnder = (end: PostEnd, cursor: string | undefined): IncomingPage => ({
  items: [],
  cursor: cursor ?? '',
  more: false,
  end,
})

export type IncomingPage = {
  readonly items: readonly Incoming[]
  /** Where to go on, next time. Opaque. */
  readonly cursor: string
  /** There is more right now. */
  readonly more: boolean
  /** What of it the network refuses to show, each in a sentence: the rest is told, and this asked for again next time. */
  readonly missing?: readonly string[]
  /** ISO 8601 in UTC: when the network says that it will have looked anew. Asking before that brings nothing. */
  readonly nextAt?: string
  /**
   * Of a post: all that stands under it, read to its end in this very look (`Inbox.listsWhole`). What stood there before
   * and is not among it was taken away.
   */
  readonly there?: readonly Incoming[]
  /** Of a post, in the place of what stands under it: why nothing does. */
  readonly end?: PostEnd
  /** Of an account that is asked about all its posts at once: what stands under them. None of it is among `items`. */
  readonly under?: readonly StandsUnder[]
  /** Where a line was when it said this, if it can be taken up from there again. Opaque; of streams alone. */
  readonly mark?: string
  /** Which of what was read is hidden, and which is not, where the network says. */
  readonly hidings?: readonly HidingSeen[]
  /** What came along about others than the asker (all accounts of a bot share its news): handed on as if it had been reported. */
  readonly reports?: readonly WebhookEvent[]
}
