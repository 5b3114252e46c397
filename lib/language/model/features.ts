import type { Piece } from './tokens'

/** What a model looks at: the `slot` of each feature in its weights, and `of`, the piece it comes from. */
export type Features = { readonly slots: Uint32Array; readonly of: Uint32Array }

const shortest = 3
const longest = 5
/** A piece is looked into this far: a word that long is no word. */
const lookedInto = 40

/** FNV-1a over UTF-16 units, from where `seed` left off. */
function hash(text: string, from: number, to: number, seed: number): number {
  let hashed = seed
  for (let at = from; at < to; at++) hashed = Math.imul(hashed ^ text.charCodeAt(at), 0x01000193)
  return hashed
}
const [wordSeed, pairSeed, partSeed] = [0x811c9dc5, 0x2b1e5f03, 0x6d2b79f5] as const

/** Spreads the last bits over all of them, as the slot is taken from the low ones. */
function slotOf(hashed: number, slots: number): number {
  let mixed = hashed ^ (hashed >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) % slots
}

/**
 * Words, pairs of neighbours, and runs of 3 to 5 letters within a word, each once, hashed into `slots` slots.
 * A pair belongs to its second word.
 */
export function featuresOf(pieces: readonly Piece[], slots: number): Features {
  const [found, from]: [number[], number[]] = [[], []]
  const seen = new Set<number>()
  const add = (hashed: number, piece: number) => {
    const slot = slotOf(hashed, slots)
    if (seen.has(slot)) return
    seen.add(slot)
    found.push(slot)
    from.push(piece)
  }
  let before = '\u{2}'
  for (const [at, { said }] of pieces.entries()) {
    add(hash(said, 0, said.length, wordSeed), at)
    const pair = `${before}\u{3}${said}`
    add(hash(pair, 0, pair.length, pairSeed), at)
    before = said
    if (said.startsWith('\u{1}')) continue
    const part = `\u{2}${said.slice(0, lookedInto)}\u{2}`
    for (let length = shortest; length <= longest; length++)
      for (let start = 0; start + length <= part.length; start++)
        add(hash(part, start, start + length, partSeed + length), at)
  }
  return { slots: Uint32Array.from(found), of: Uint32Array.from(from) }
}
