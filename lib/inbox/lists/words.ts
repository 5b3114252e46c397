/** One thing to look for, and whether it must not be said. */
type Term = { readonly lexeme: string; readonly absent: boolean }

const isSaid = /[\p{L}\p{N}]/u

/**
 * The words of a view as Postgres looks for them: all of them, in any order and case; “words in quotes” side by side;
 * `or` between what is enough alone; `-word` for what must not be said; `*` at the end for any ending.
 * @returns undefined where there is nothing to look for.
 */
export function tsqueryOf(words: string): string | undefined {
  const ways = words
    .split(/\s+or\s+/i)
    .map(termsOf)
    // What is only left out would be everything else there is.
    .filter((terms) => terms.some(({ absent }) => !absent))
    .map((terms) => terms.map(({ lexeme, absent }) => `${absent ? '!' : ''}${lexeme}`).join(' & '))
  return ways.length > 0 ? ways.map((way) => `(${way})`).join(' | ') : undefined
}

const termsOf = (words: string): readonly Term[] =>
  [...words.matchAll(/(-?)(?:["“”„]([^"“”„]*)["“”„]|(\S+))/gu)].flatMap(([, minus, phrase, word = '']) => {
    const bare = (phrase ?? word).replace(/\*+$/, '')
    const any = phrase === undefined && word.endsWith('*') ? ':*' : ''
    return isSaid.test(bare) ? [{ lexeme: `${quoted(bare)}${any}`, absent: minus === '-' }] : []
  })

/** Between quotes everything is a word to Postgres; what it splits is looked for side by side. */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
