import type { Piece } from './model/tokens'

/** A phrase that was found: what the text says there, and where, in UTF-16 units. */
export type Found<Kind> = { readonly kind: Kind; readonly phrase: string; readonly start: number; readonly end: number }

/** Phrases of words, by their first word. A last word that ends in `*` stands for whatever begins with it. */
export type PhraseList<Kind> = {
  readonly whole: ReadonlyMap<string, readonly Phrase<Kind>[]>
  readonly begun: ReadonlyMap<string, readonly Phrase<Kind>[]>
}
type Phrase<Kind> = { readonly kind: Kind; readonly phrase: string; readonly words: readonly string[] }

/** Phrases as they are written down in the room's lists: between commas, over several lines. */
export const listed = (phrases: string): readonly string[] =>
  phrases
    .trim()
    .split(/\s*,\s*/)
    .map((phrase) => phrase.replace(/\s+/g, ' ').replaceAll('\u{fe0f}', ''))

/** Words that stand for more are found by this many of their first letters. */
const stem = 3

/** Throws when a phrase with `*` has fewer than three letters before it. */
export function phraseList<Kind extends string>(lists: Readonly<Record<Kind, readonly string[]>>): PhraseList<Kind> {
  const [whole, begun] = [new Map<string, Phrase<Kind>[]>(), new Map<string, Phrase<Kind>[]>()]
  // The keys of a record are its kinds.
  for (const kind of Object.keys(lists) as Kind[])
    for (const phrase of lists[kind]) {
      const words = phrase.split(' ')
      const [first = ''] = words
      const isBegun = words.length === 1 && first.endsWith('*')
      if (isBegun && first.length <= stem) throw new Error(`“${phrase}” says too little before its *`)
      const [map, key] = isBegun ? [begun, first.slice(0, stem)] : [whole, first]
      map.set(key, [...(map.get(key) ?? []), { kind, phrase, words }])
    }
  return { whole, begun }
}

const says = (said: string | undefined, word: string): boolean =>
  said !== undefined && (word.endsWith('*') ? said.startsWith(word.slice(0, -1)) : said === word)

/** Every phrase in the pieces of a text, in its order. A handle, a link or a number is never a word. */
export function findPhrases<Kind>(pieces: readonly Piece[], list: PhraseList<Kind>): readonly Found<Kind>[] {
  const found: Found<Kind>[] = []
  for (const [at, { said, start }] of pieces.entries()) {
    const word = bare(said)
    for (const { kind, phrase, words } of [
      ...(list.whole.get(word) ?? []),
      ...(list.begun.get(word.slice(0, stem)) ?? []),
    ]) {
      if (!words.every((wanted, n) => says(bare(pieces[at + n]?.said), wanted))) continue
      found.push({ kind, phrase, start, end: pieces[at + words.length - 1]?.end ?? start })
    }
  }
  return found
}

/** A hashtag is read as its word, and an emoji of whatever skin as itself. */
function bare(said: string): string
function bare(said: string | undefined): string | undefined
function bare(said: string | undefined): string | undefined {
  if (said === undefined) return undefined
  if (said.startsWith('#')) return said.slice(1)
  return said.charCodeAt(0) < 0x2000 ? said : said.replace(/\p{Emoji_Modifier}/gu, '')
}
