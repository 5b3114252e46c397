/** The first words of a text, in one line: at most `most` UTF-16 units, and no character cut in two, which JSON columns refuse. */
export const excerptOf = (text: string, most = 200): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
