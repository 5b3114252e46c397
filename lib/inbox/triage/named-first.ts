import type { Said } from './find-answers'

/** A name has so many words at most. */
const longest = 5
const fold = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^@|[^\p{L}\p{N}]+$/gu, '')

/**
 * Whom an answer begins by naming. Networks of two levels hang every answer at the top of its thread, and their apps put
 * the name of whoever is answered before the words: "Ben Hart, on Sunday too", "@ben on Sunday too".
 * @param topOf the thread that a message stands in
 * @returns the latest of that person's messages in the answer's thread that is no younger than it
 */
export function namedFirst(said: readonly Said[], topOf: (one: Said) => string) {
  const named = said.flatMap((one) => {
    const names = one.own ? [] : one.names.map(fold).filter((name) => name !== '')
    return [...new Set(names)].map((name) => ({ key: `${topOf(one)} ${name}`, one }))
  })
  const byName = Map.groupBy(named, ({ key }) => key)
  return (answer: Said): Said | undefined => {
    const words = answer.words.trim().split(/\s+/, longest)
    // The longest name first: "Ben Hart" is not Ben.
    const names = words.map((_, n) => fold(words.slice(0, words.length - n).join(' ')))
    // Whoever speaks only later is not meant, though they be called so.
    const earlier = names
      .map((name) => (byName.get(`${topOf(answer)} ${name}`) ?? []).map(({ one }) => one))
      .map((of) => of.filter(({ at }) => at <= answer.at))
      .find((of) => of.length > 0)
    return (earlier ?? []).toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1)
  }
}
