import emojiFile from './emoji.json'
import lexiconFile from './lexicon.json'

/** Cuts at the last or the first space, as the two files are written: `a token -1.5`, `😀 grinning face`. */
const cut = (line: string, at: number): readonly [string, string] => [line.slice(0, at), line.slice(at + 1)]

/** The mean valence of each lower-case token, -4 to 4. */
export const lexicon: ReadonlyMap<string, number> = new Map(
  lexiconFile.map((line) => {
    const [token, valence] = cut(line, line.lastIndexOf(' '))
    return [token, Number(valence)] as const
  }),
)

/** What each emoji of one code point shows, in English words. */
export const emoji: ReadonlyMap<string, string> = new Map(emojiFile.map((line) => cut(line, line.indexOf(' '))))
