import { recommendedEmoji } from './emoji'
import { countCodePoints, countUtf8Bytes } from './graphemes'

/** The length Threads counts: one per character, but an emoji counts as its bytes in UTF-8. */
export function emojiBytesLength(text: string): number {
  let length = countCodePoints(text)
  for (const [emoji] of text.matchAll(recommendedEmoji)) length += countUtf8Bytes(emoji) - countCodePoints(emoji)
  return length
}
