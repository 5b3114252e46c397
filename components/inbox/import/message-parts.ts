import type { ImportedMessage } from '@/lib/inbox/schema'

/** So many messages go in one request: what is done is seen, and a lost connection loses little. */
const atOnce = 100
/** Next takes 1 MB from a browser's action; a character may be 3 bytes, and marks are escaped. */
const mostCharacters = 200_000

/** Messages in their order, in parts that one request takes. A message that is longer than a part goes by itself. */
export function partsOf(messages: readonly ImportedMessage[]): readonly (readonly ImportedMessage[])[] {
  const parts: ImportedMessage[][] = []
  let characters = 0
  for (const message of messages) {
    const more = JSON.stringify(message).length
    const last = parts.at(-1)
    if (last && last.length < atOnce && characters + more <= mostCharacters) {
      last.push(message)
      characters += more
    } else {
      parts.push([message])
      characters = more
    }
  }
  return parts
}
