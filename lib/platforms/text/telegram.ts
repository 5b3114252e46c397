/** Tags of Telegram's HTML parse mode (core.telegram.org/bots/api#html-style, read in a copy of 2026-06-28). */
const tags = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  'ins',
  's',
  'strike',
  'del',
  'span',
  'tg-spoiler',
  'tg-emoji',
  'tg-time',
  'a',
  'code',
  'pre',
  'blockquote',
])
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const markup =
  /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)(?![a-zA-Z0-9-])((?:[^<>"']|"[^"]*"|'[^']*')*)>|&(?:([a-zA-Z]+)|#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6}));|</g

export type TelegramText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string }

/** What a reader sees of a text written for `parse_mode: HTML`. Fails with a sentence where Telegram would refuse it. */
export function telegramVisibleText(html: string): TelegramText {
  const open: string[] = []
  let text = ''
  let at = 0
  for (const match of html.matchAll(markup)) {
    text += html.slice(at, match.index)
    at = match.index + match[0].length
    const [whole, slash, rawName, , entity, decimal, hex] = match
    if (whole === '<') return { ok: false, reason: 'A “<” does not begin a tag: write &lt; instead.' }
    if (rawName === undefined) {
      text += character(whole, entity, decimal, hex)
      continue
    }
    const name = rawName.toLowerCase()
    if (!tags.has(name)) return { ok: false, reason: `Telegram does not know the tag <${name}>: remove it.` }
    if (slash === '') open.push(name)
    else if (open.pop() !== name)
      return { ok: false, reason: `The tag </${name}> closes nothing: close tags in the order they were opened.` }
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined) return { ok: false, reason: `The tag <${unclosed}> is never closed: add </${unclosed}>.` }
  return { ok: true, text: text + html.slice(at) }
}

function character(whole: string, entity?: string, decimal?: string, hex?: string): string {
  if (entity !== undefined) return named[entity] ?? whole
  const point = decimal === undefined ? parseInt(hex ?? '', 16) : parseInt(decimal, 10)
  return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : whole
}

/** Makes any text safe inside `parse_mode: HTML`. */
export const escapeTelegramHtml = (text: string): string =>
  text.replace(/[<>&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : '&amp;'))

/** The outermost elements and the character references of a text in HTML parse mode: what must not be cut. */
export function telegramElements(html: string): { start: number; end: number; what: string }[] {
  const found: { start: number; end: number; what: string }[] = []
  let depth = 0
  let start = 0
  for (const match of html.matchAll(markup)) {
    const end = match.index + match[0].length
    if (match[2] === undefined) {
      if (depth === 0 && match[0] !== '<') found.push({ start: match.index, end, what: 'character' })
    } else if (match[1] === '') {
      if (depth === 0) start = match.index
      depth += 1
    } else {
      depth -= 1
      if (depth === 0) found.push({ start, end, what: 'formatted text' })
    }
  }
  return found
}
