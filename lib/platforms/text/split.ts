import { networkLabels } from '../names'
import { piecesOf, type Pieces, type Unit } from './boundaries'
import { cutterOf } from './cut'
import { measure } from './measure'
import type { TextRule } from './rule'
import { telegramVisibleText } from './telegram'

export type SplitOptions = {
  /** Ends every part with “ (2/7)”, unless there is only one. */
  readonly numbered?: boolean
  /** Fails rather than giving more. */
  readonly maxParts?: number
}

export type Split =
  | { readonly ok: true; readonly parts: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/**
 * Splits a text into posts that each fit `rule`, numbering included. Ends posts at paragraphs, else sentences, else
 * words; never inside a link, mention, hashtag or visible character; inside a word only when the word alone is too long.
 * Everything but spaces is kept, in order. A text without anything but spaces gives no parts.
 * Fails with a sentence when something that must not be cut does not fit, or when `maxParts` is passed.
 */
export function splitThread(
  text: string,
  rule: TextRule,
  { numbered = false, maxParts = Infinity }: SplitOptions = {},
): Split {
  if (rule.unit === 'telegram' && rule.markup === 'html') {
    const visible = telegramVisibleText(text)
    if (!visible.ok) return visible
  }
  const pieces = piecesOf(text, rule)
  const whole = pack(text, rule, pieces, () => '', 1)
  if (whole.ok) return whole
  if (!numbered) return withoutDetail(pack(text, rule, pieces, () => '', maxParts))
  // The numbering takes room that depends on how many digits the total has, which depends on the numbering.
  for (let digits = 1; ; digits += 1) {
    const total = '9'.repeat(digits)
    const split = pack(text, rule, pieces, (index) => ` (${index}/${total})`, Math.min(maxParts, Number(total)))
    if (split.ok)
      return { ok: true, parts: split.parts.map((part, index) => `${part} (${index + 1}/${split.parts.length})`) }
    if (!split.tooMany || maxParts <= Number(total)) return { ok: false, reason: split.reason }
  }
}

type Packed =
  | { readonly ok: true; readonly parts: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly tooMany: boolean }

function pack(
  text: string,
  rule: TextRule,
  pieces: Pieces,
  suffix: (index: number) => string,
  maxParts: number,
): Packed {
  const parts: string[] = []
  const cutter = cutterOf(text, pieces)
  while (!cutter.done()) {
    if (parts.length >= maxParts) return { ok: false, tooMany: true, reason: tooManyParts(maxParts, rule) }
    const ending = suffix(parts.length + 1)
    const part = cutter.next((candidate) => measure(candidate + ending, rule).fits)
    if (part === undefined) return { ok: false, tooMany: false, reason: cannotFit(text, cutter.unit(), rule) }
    parts.push(part)
  }
  return { ok: true, parts }
}

const withoutDetail = (packed: Packed): Split => (packed.ok ? packed : { ok: false, reason: packed.reason })

const tooManyParts = (maxParts: number, rule: TextRule): string =>
  `This needs more than ${maxParts} posts on ${networkLabels[rule.network]}: shorten it.`

function cannotFit(text: string, unit: Unit | undefined, rule: TextRule): string {
  const piece = text.slice(unit?.start, unit?.end)
  const shown = piece.length > 40 ? `${Array.from(piece.slice(0, 40)).slice(0, -1).join('')}…` : piece
  return `The ${unit?.span?.what ?? 'character'} “${shown}” alone is too long for ${networkLabels[rule.network]}: shorten it.`
}
