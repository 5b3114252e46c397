const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }
const references = /&(?:([a-z]+)|#(\d{1,7})|#x([\da-f]{1,6}));/gi

function character(whole: string, name?: string, decimal?: string, hex?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
}

/**
 * The words of a status as its author wrote them. Mastodon hides parts of long links by CSS alone, so the text of a
 * link is the whole address; a mention is shown without its server. Never shown as HTML: what comes out is plain text.
 */
export const textOfHtml = (html: string): string =>
  html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/p>\s*<p[^<>]*>/gi, '\n\n')
    .replace(/<[^<>]*>/g, '')
    .replace(references, character)
    .trim()
