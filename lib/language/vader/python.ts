/** What Python's strings and rounding do differently from JavaScript's, as far as the scores depend on it. */

/** The runs between what `str.split()` takes for white space, which is not what `\s` takes. */
export const runsOf = (text: string): RegExpStringIterator<RegExpExecArray> =>
  // eslint-disable-next-line no-control-regex -- Python splits at these control characters.
  text.matchAll(/[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g)

/** `str.isupper()`: some letter has a case, and all that have one are upper. */
export const isUpper = (word: string): boolean =>
  word !== word.toLowerCase() && /\p{Uppercase}/u.test(word) && !/[\p{Lowercase}\p{Lt}]/u.test(word)

/** `len(str)`: code points. */
export function lengthOf(word: string): number {
  let length = 0
  for (const _ of word) length++
  return length
}

/**
 * `round(value, digits)`: the nearest decimal, an exact half to the even neighbour. For values that `toFixed` takes.
 * What comes to nothing is 0, never Python's `-0.0`, which would not survive being stored.
 */
export function roundHalfEven(value: number, digits: number): number {
  const scaled = value * 10 ** digits
  // A double lies exactly half-way only when it is an odd multiple of this power of two; then the product is exact too.
  const isHalf =
    (value * 2 ** (digits + 1)) % 2 !== 0 && Number.isInteger(value * 2 ** (digits + 1)) && scaled % 1 !== 0
  if (!isHalf || Math.abs(scaled % 1) !== 0.5) return Number(value.toFixed(digits)) + 0
  const below = Math.floor(scaled)
  return (below % 2 === 0 ? below : below + 1) / 10 ** digits
}
