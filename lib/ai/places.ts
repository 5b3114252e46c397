import { plain } from './said'

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl']
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
/** As people call them besides. No “us”: that is a word. */
const alsoCalled: readonly (readonly [string, string])[] = [
  ['US', 'usa'],
  ['GB', 'uk'],
  ['GB', 'great britain'],
  ['NL', 'holland'],
  ['EU', 'eu'],
]
/** Regions that are none, and what has no name people would use. */
const none: ReadonlySet<string> = new Set(['ZZ', 'XA', 'XB', 'QO', 'UN', 'EZ'])

let known: ReadonlyMap<string, readonly string[]> | undefined
/** What countries are called in the languages above, by their code (ISO 3166-1); Europe by 150. */
function names(): ReadonlyMap<string, readonly string[]> {
  if (known) return known
  const codes = ['150', ...letters.flatMap((first) => letters.map((second) => first + second))]
  const inWords = languages.map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }))
  known = new Map(
    codes
      .filter((code) => !none.has(code))
      .map((code) => [
        code,
        [
          ...new Set([
            ...inWords.map((say) => plain(say.of(code) ?? '')),
            ...alsoCalled.filter(([of]) => of === code).map(([, name]) => name),
          ]),
        ].filter(Boolean),
      ]),
  )
  return known
}

/** The two letters of a country as its flag. */
const flagOf = (code: string): string =>
  /^[A-Z]{2}$/.test(code)
    ? String.fromCodePoint(...[...code].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 'A'.charCodeAt(0)))
    : ''

/** Countries that a text names, each by all it may be called: words in small letters, and its flag. */
export function countriesIn(text: string): { readonly names: readonly string[]; readonly flags: readonly string[] } {
  const said = ` ${plain(text)} `
  const found = [...names()].filter(
    ([code, called]) =>
      called.some((name) => said.includes(` ${name} `)) || (flagOf(code) && text.includes(flagOf(code))),
  )
  return { names: found.flatMap(([, called]) => called), flags: found.map(([code]) => flagOf(code)).filter(Boolean) }
}
