/** A web address in a text. Offsets are UTF-16 units, `end` exclusive. */
type Address = { readonly start: number; readonly end: number; readonly url: string }

const addresses = /https?:\/\/[^\s<>"'“”«»]+/gi

/**
 * What begins with a scheme, as a reader takes it: without the punctuation after it, and without a closing bracket
 * unless its opening one is in the address (`https://en.wikipedia.org/wiki/Zurich_(city)`). Whether a network makes a
 * link of it is another question, which `findEntities` answers for X.
 */
export const findAddresses = (text: string): readonly Address[] =>
  Array.from(text.matchAll(addresses)).flatMap(({ 0: written, index: start }) => {
    const url = withoutWhatFollows(written)
    return url.endsWith('://') ? [] : [{ start, end: start + url.length, url }]
  })

function withoutWhatFollows(written: string): string {
  const count = (sign: string) => written.split(sign).length - 1
  const unopened = new Map([
    [')', count(')') - count('(')],
    [']', count(']') - count('[')],
  ])
  let end = written.length
  for (; end > 0; end -= 1) {
    const last = written.charAt(end - 1)
    const extra = unopened.get(last)
    if (extra === undefined ? !/[.,;:!?’]/.test(last) : extra <= 0) break
    if (extra !== undefined) unopened.set(last, extra - 1)
  }
  return written.slice(0, end)
}
