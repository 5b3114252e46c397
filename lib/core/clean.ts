/** Deeper than anything that is kept; what is nested so deep is refused by what it is parsed with. */
const deepest = 100

/**
 * A text as Postgres takes it: without NUL, and half a surrogate pair replaced by U+FFFD. One such character would
 * refuse the whole statement that it is kept with.
 */
export const cleanText = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '')

/**
 * A value with all its texts clean, names of fields too. What is clean comes back as it is; anything but plain objects
 * and lists is passed over: files, streams, dates, what has functions.
 */
export const cleaned = <T>(value: T): T =>
  // Only texts are replaced, by texts.
  clean(value, 0) as T

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => clean(item, depth + 1))
    return items.every((item, at) => Object.is(item, value[at])) ? value : items
  }
  if (!isPlain(value)) return value
  const entries = Object.entries(value)
  const all = entries.map(([name, inner]) => [cleanText(name), clean(inner, depth + 1)] as const)
  const isClean = all.every(([name, inner], at) => name === entries[at]?.[0] && Object.is(inner, entries[at]?.[1]))
  return isClean ? value : Object.fromEntries(all)
}

function isPlain(value: object): boolean {
  const made: unknown = Object.getPrototypeOf(value)
  return (made === Object.prototype || made === null) && !Object.values(value).some((one) => typeof one === 'function')
}

/** Escapes by which JSON says what no text here may hold. Unescaped it cannot: bytes are decoded into whole characters. */
const unclean = /\\u(0000|d[89a-f])/i

/** Reads JSON from outside; its texts are clean. Throws a SyntaxError as `JSON.parse` does. */
export function parseJsonClean(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return unclean.test(text) ? cleaned(value) : value
}
