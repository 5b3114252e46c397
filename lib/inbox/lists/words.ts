/** One thing to look for, and whether it must not be said. */
type Term = { readonly text: string; readonly anyEnding: boolean; readonly absent: boolean }

const isSaid = /[\p{L}\p{N}]/u

/**
 * What a view looks for, in ways of which one is enough: all words of a way, in any order; “words in quotes” side by side;
 * `or` between ways; `-word` for what must not be said; `*` at the end for any ending.
 * @returns nothing where there is nothing to look for
 */
export const waysOf = (words: string): readonly (readonly Term[])[] =>
  words
    .split(/\s+or\s+/i)
    .map(termsOf)
    // What is only left out would be everything else there is.
    .filter((terms) => terms.some(({ absent }) => !absent))

const termsOf = (words: string): readonly Term[] =>
  [...words.matchAll(/(-?)(?:["“”„]([^"“”„]*)["“”„]|(\S+))/gu)].flatMap(([, minus, phrase, word = '']) => {
    const text = (phrase ?? word).replace(/\*+$/, '')
    const anyEnding = phrase === undefined && word.endsWith('*')
    return isSaid.test(text) ? [{ text, anyEnding, absent: minus === '-' }] : []
  })

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
