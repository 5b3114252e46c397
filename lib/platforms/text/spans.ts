import { findEntities } from './entities'
import type { TextRule } from './rule'
import { telegramElements } from './telegram'

/** A stretch that must stay in one piece. `what` names it to the author. */
export type Span = { readonly start: number; readonly end: number; readonly what: string }

/** What some networks read as one thing although X does not: addresses without a known ending, full handles, mention markup. */
const others: readonly (readonly [string, RegExp])[] = [
  ['link', /https?:\/\/[!-~]+/gi],
  ['mention', /[@＠][\w\u00C0-\u024F-]+(?:[.@][\w\u00C0-\u024F-]+)*/g],
  ['mention', /@\[[^\]\n]{1,200}\]\(urn:li:[^()\s]{1,200}\)/g],
]

/** The stretches of `text` that a thread must not cut, in order; those that overlap are joined, and so are those that share a character. */
export function protectedSpans(text: string, rule: TextRule): Span[] {
  const spans: Span[] = findEntities(text).map(({ kind, start, end }) => ({ start, end, what: kind }))
  for (const [what, expression] of others)
    for (const match of text.matchAll(expression)) {
      // Cut before its “@”, a mail address or a “!@name” would become a mention.
      const start = what === 'mention' ? startOfWhatBinds(text, match.index) : match.index
      spans.push({ start, end: match.index + match[0].length, what })
    }
  if (rule.unit === 'telegram' && rule.markup === 'html') spans.push(...telegramElements(text))
  return joinOverlapping(spans).map((span) => ({ ...span, end: endOfGrapheme(text, span.end) }))
}

/** Where that begins which keeps an “@” from making a mention; the local part of a mail address has at most 64 characters. */
const startOfWhatBinds = (text: string, at: number): number =>
  at - (/(?:[\w.+-]+|[!#$%&*@＠])?$/.exec(text.slice(Math.max(0, at - 64), at))?.[0].length ?? 0)

function joinOverlapping(spans: Span[]): Span[] {
  spans.sort((a, b) => a.start - b.start || b.end - a.end)
  const joined: Span[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last && span.start < last.end) joined[joined.length - 1] = { ...last, end: Math.max(last.end, span.end) }
    else joined.push(span)
  }
  return joined
}

/** A combining mark or joiner after a link belongs to the link's last character. */
function endOfGrapheme(text: string, end: number): number {
  const rest = /(?:[\p{M}\p{Emoji_Modifier}\u{E0020}-\u{E007F}]|\u200C|\u200D)*/uy
  rest.lastIndex = end
  return end + (rest.exec(text)?.[0].length ?? 0)
}
