import { weighedEmoji } from './emoji'
import { findLinks } from './links'

export type WeightedOptions = {
  /** What a link counts, whatever its length. X: 23. */
  readonly urlLength?: number
  /** In a reply, the mentions X put in front by itself count nothing. */
  readonly freeLeadingMentions?: boolean
}

const leadingMentions = /^(?:[@＠][A-Za-z0-9_]{1,20}\s+)+/

/**
 * The length X counts, in whole characters (twitter-text v3: scale 100, weights 100 and 200).
 * Emoji are those of the running engine's Unicode version; twitter-text 3.1.0 stops at Emoji 12.
 */
export function weightedLength(
  text: string,
  { urlLength = 23, freeLeadingMentions = false }: WeightedOptions = {},
): number {
  const counted = (freeLeadingMentions ? text.replace(leadingMentions, '') : text).normalize('NFC')
  let length = 0
  let at = 0
  for (const link of findLinks(counted)) {
    length += weigh(counted.slice(at, link.start)) + urlLength
    at = link.end
  }
  return length + weigh(counted.slice(at))
}

function weigh(text: string): number {
  let length = 0
  let at = 0
  for (const emoji of text.matchAll(weighedEmoji)) {
    length += weighCharacters(text, at, emoji.index) + 2
    at = emoji.index + emoji[0].length
  }
  return length + weighCharacters(text, at, text.length)
}

function weighCharacters(text: string, start: number, end: number): number {
  let length = 0
  for (let at = start; at < end;) {
    const point = text.codePointAt(at) ?? 0
    length += weightOf(point)
    at += point > 0xffff ? 2 : 1
  }
  return length
}

const weightOf = (point: number): 1 | 2 =>
  point <= 0x10ff ||
  (point >= 0x2000 && point <= 0x200d) ||
  (point >= 0x2010 && point <= 0x201f) ||
  (point >= 0x2032 && point <= 0x2037)
    ? 1
    : 2
