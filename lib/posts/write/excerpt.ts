import { graphemesOf } from '@/lib/platforms/text'
import type { PostContent } from '../schema'

const longest = 160

/** The first words of a post, in one line, for lists and the calendar; what there is instead when it has no text. */
export function excerptOf({ text, thread, link }: PostContent): string {
  const words = (text.trim() || thread.find((part) => part.text.trim())?.text || link || '').replace(/\s+/g, ' ').trim()
  // A visible character is at most a few dozen units: no need to cut a whole essay into graphemes.
  const graphemes = graphemesOf(words.slice(0, longest * 8))
  return graphemes.length <= longest
    ? words
    : `${graphemes
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}
