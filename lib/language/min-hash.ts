/**
 * Texts whose shingles overlap by j land together in a band of 3 hashes with probability j³, so in one of 32 bands with
 * 1 - (1 - j³)³²: 0.986 at 0.5, 0.9997 at 0.6, 0.03 at 0.1 (Broder 1997; Leskovec et al., Mining of Massive Datasets, 3.4).
 */
export const bandCount = 32
const rows = 3

/** Odd multipliers and offsets, the same in every process: hashes of two servers can be compared. */
const seeds = (() => {
  let state = 0x9e3779b9
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (Math.imul(state ^ (state >>> 16), 0x85ebca6b) ^ state) >>> 0
  }
  return Array.from({ length: bandCount * rows }, () => ({ multiply: next() | 1, add: next() }))
})()

/** For each band, where a text with these shingles belongs. */
export function bandsOf(shingles: Uint32Array): Int32Array {
  const least = Uint32Array.from(seeds, ({ multiply, add }) => {
    let lowest = 0xffffffff
    for (const shingle of shingles) {
      let mixed = Math.imul(shingle ^ add, multiply)
      mixed = (mixed ^ (mixed >>> 15)) >>> 0
      if (mixed < lowest) lowest = mixed
    }
    return lowest
  })
  // Signed, because V8 keeps a signed whole number in place, where an unsigned one may need a cell of its own.
  const bands = new Int32Array(bandCount)
  for (let band = 0; band < bandCount; band++) {
    let key = 0x811c9dc5
    for (let row = 0; row < rows; row++) key = Math.imul(key ^ (least[band * rows + row] ?? 0), 0x01000193)
    bands[band] = key
  }
  return bands
}
