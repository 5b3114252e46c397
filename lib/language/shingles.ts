const length = 4
/** More of a text adds nothing to whether it is a copy, and bounds what an index holds. */
const looksAt = 2_000

/** What stays when a copy is passed on: no case, no marks, no links, no handles, no "RT". */
export const plain = (text: string): string =>
  text
    .slice(0, looksAt)
    .replace(/^\s*RT @\w+:?/, ' ')
    .replace(/https?:\/\/\S+|www\.\S+|@\w+/g, ' ')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()

function hash(text: string, from: number, to: number, seed: number): number {
  let hashed = seed
  for (let at = from; at < to; at++) hashed = Math.imul(hashed ^ text.charCodeAt(at), 0x01000193)
  hashed ^= hashed >>> 15
  return Math.imul(hashed, 0x85ebca6b) >>> 0
}

/** The runs of four letters and the words of a text, hashed to 32 bits, each once, in ascending order. */
export function shinglesOf(text: string): Uint32Array {
  const said = plain(text)
  if (said === '') return new Uint32Array()
  const padded = ` ${said} `
  const found = new Set<number>()
  for (let at = 0; at + length <= padded.length; at++) found.add(hash(padded, at, at + length, 0x811c9dc5))
  for (const word of said.split(' ')) found.add(hash(word, 0, word.length, 0x2b1e5f03))
  return Uint32Array.from(found).sort()
}

/** The Jaccard index of two ascending lists: what they share, of all they have. Two empty lists share nothing. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  let [at, other, shared] = [0, 0, 0]
  while (at < a.length && other < b.length) {
    const [left = 0, right = 0] = [a[at], b[other]]
    if (left === right) shared++
    if (left <= right) at++
    if (right <= left) other++
  }
  const all = a.length + b.length - shared
  return all === 0 ? 0 : shared / all
}
