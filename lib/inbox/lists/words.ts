/** One thing to look for, and whether it must not be said. */
type Term = { readonly text: string; readonly anyEnding: boolean; readonly absent: boolean }

const isSaid = /[\p{L}\p{N}]/u

/**
 * What a view looks for, in ways of which one is enough: all words of a way, in any order; “words in quotes” side by side;
 * `or` between ways; `-word` for what must not be said; `*` at the end for any ending.
 * @returns nothing where there is nothing to look for
 */
export function waysOf(words: string): readonly (readonly Term[])[] {
  const written = [...words.matchAll(/(-?)(?:["“”„]([^"“”„]*)["“”„]|(\S+))/gu)]
  const ways: Term[][] = [[]]
  for (const [n, [whole, minus, phrase, word = '']] of written.entries()) {
    const text = (phrase ?? word).replace(/\*+$/, '')
    const anyEnding = phrase === undefined && word.endsWith('*')
    // In quotes, or with nothing on one of its sides, it is a word like any other.
    if (/^or$/i.test(whole) && n > 0 && n < written.length - 1) ways.push([])
    else if (isSaid.test(text)) ways.at(-1)?.push({ text, anyEnding, absent: minus === '-' })
  }
  // What is only left out would be everything else there is.
  return ways.filter((terms) => terms.some(({ absent }) => !absent))
}

/** The same without the marks that put words side by side. */
export const unquoted = (words: string): string =>
  words
    .replaceAll(/["“”„]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

/**
 * The same as Postgres looks for it.
 * @param fold as the words it is looked for in are folded
 */
export const tsqueryOf = (ways: readonly (readonly Term[])[], fold: (text: string) => string): string | undefined =>
  ways
    .map((terms) =>
      terms
        .filter(({ text }) => isSaid.test(fold(text)))
        .map(({ text, anyEnding, absent }) => `${absent ? '!' : ''}${quoted(fold(text))}${anyEnding ? ':*' : ''}`)
        .join(' & '),
    )
    .filter((way) => /(^|& )'/.test(way))
    .map((way) => `(${way})`)
    .join(' | ') || undefined

/** Between quotes everything is a word to Postgres; what it splits is looked for side by side. */
export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
