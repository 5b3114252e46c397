import type { NetworkName } from '../names'

/** The texts a network takes, each with a length of its own. */
export type TextField =
  | 'post'
  | 'reply'
  | 'comment'
  | 'message'
  | 'caption'
  | 'title'
  | 'description'
  | 'alt'
  | 'option'

/**
 * Where a number comes from. `source` is a page or a file of the maker; `readOn` is a date (YYYY-MM-DD).
 * `verified: false` means the number, or the way it is counted, was not found in a document of the maker.
 */
export type Provenance = { readonly source: string; readonly readOn: string; readonly verified: boolean }

type Bounds = {
  /** The largest length that is accepted, in `unit`. */
  readonly max: number
  /** A second bound, in UTF-8 bytes of the text as it will be shown. */
  readonly maxBytes?: number
  readonly maxHashtags?: number
  readonly maxMentions?: number
  readonly maxLinks?: number
  readonly maxCashtags?: number
  /** Characters the network refuses, e.g. `<>`. */
  readonly forbidden?: string
}

/**
 * How a text becomes a number.
 * - `weighted`: X: 1 or 2 per character, 2 per emoji, `urlLength` per link; `freeLeadingMentions` for replies
 *   whose leading mentions X filled in by itself.
 * - `graphemes`: what a reader sees as one character; with `shortenLinks`, counted after links are shortened.
 * - `utf16`, `codePoints`, `utf8Bytes`: as the names say.
 * - `emojiBytes`: code points, but an emoji counts as its UTF-8 bytes.
 * - `mastodon`: graphemes, `urlLength` per link with a scheme, mentions without their server.
 * - `telegram`: UTF-16 units of what is left once the markup has become entities.
 */
export type Counting =
  | { readonly unit: 'weighted'; readonly urlLength: number; readonly freeLeadingMentions?: boolean }
  | { readonly unit: 'graphemes'; readonly shortenLinks: boolean }
  | { readonly unit: 'mastodon'; readonly urlLength: number }
  | { readonly unit: 'telegram'; readonly markup: 'plain' | 'html' }
  | { readonly unit: 'utf16' | 'codePoints' | 'utf8Bytes' | 'emojiBytes' }

/** How a text is counted, and how long it may be. */
export type TextLimit = Bounds & Provenance & Counting

/** The limit of one text of one network. Plain JSON: it may travel to the browser. */
export type TextRule = TextLimit & { readonly network: NetworkName; readonly field: TextField }

export type Measure = {
  readonly length: number
  readonly max: number
  /** Negative when the text is too long. */
  readonly remaining: number
  readonly bytes?: number
  readonly maxBytes?: number
  readonly fits: boolean
  /** Sentences for the author; empty exactly when `fits`. */
  readonly problems: readonly string[]
}
