import { piecesOf, type Boundary, type Pieces, type Unit } from './boundaries'
import { measure } from './measure'
import { networkLabels } from './networks'
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
  { units, boundaries }: Pieces,
  suffix: (index: number) => string,
  maxParts: number,
): Packed {
  const parts: string[] = []
  const end = units.at(-1)?.end ?? 0
  let start = units[0]?.start ?? 0
  let boundary = 0
  let unit = 0
  while (start < end) {
    if (parts.length >= maxParts)
      return {
        ok: false,
        tooMany: true,
        reason: `This needs more than ${maxParts} posts on ${networkLabels[rule.network]}: shorten it.`,
      }
    const ending = suffix(parts.length + 1)
    const fits = (to: number): boolean => measure(text.slice(start, to) + ending, rule).fits
    while (boundary < boundaries.length && (boundaries[boundary]?.start ?? 0) <= start) boundary += 1
    while (unit < units.length && (units[unit]?.start ?? 0) < start) unit += 1
    const cut = cutAtBoundary(boundaries, boundary, start, end, fits) ?? cutInWord(text, units, unit, fits)
    if (!cut) return { ok: false, tooMany: false, reason: cannotFit(text, units[unit], rule) }
    parts.push(text.slice(start, cut.end))
    start = cut.start
  }
  return { ok: true, parts }
}

const withoutDetail = (packed: Packed): Split => (packed.ok ? packed : { ok: false, reason: packed.reason })

type Cut = { readonly end: number; readonly start: number }

/** The best of the boundaries from `first` on whose text still fits; the end of the text is one of them. */
function cutAtBoundary(
  boundaries: readonly Boundary[],
  first: number,
  start: number,
  end: number,
  fits: (to: number) => boolean,
): Cut | undefined {
  const at = (index: number): Cut => boundaries[index] ?? { end, start: end }
  const last = lastThatFits(first, boundaries.length, (index) => fits(at(index).end))
  if (last === undefined) return undefined
  if (last >= boundaries.length) return at(last)
  let best = boundaries[last]
  // A post should be at least half full: a heading alone is a poor post.
  for (let index = last; index >= first; index -= 1) {
    const candidate = boundaries[index]
    if (!candidate || !best || (candidate.end - start) * 2 < at(last).end - start) break
    if (candidate.strength > best.strength) best = candidate
  }
  return best && (best === boundaries[last] || fits(best.end)) ? best : at(last)
}

/** Cuts a word that is too long for a post of its own, never so that a part would begin with a new mention or hashtag. */
function cutInWord(
  text: string,
  units: readonly Unit[],
  first: number,
  fits: (to: number) => boolean,
): Cut | undefined {
  const last = lastThatFits(first, units.length - 1, (index) => fits(units[index]?.end ?? 0))
  if (last === undefined) return undefined
  let cut = last
  while (cut > first && !units[cut + 1]?.span && /^[@＠#＃$]/.test(text.charAt(units[cut + 1]?.start ?? 0))) cut -= 1
  const chosen = cut > first ? cut : last
  return { end: units[chosen]?.end ?? 0, start: units[chosen + 1]?.start ?? units[chosen]?.end ?? 0 }
}

/** The largest index from `first` to `bound` that passes, where all before a passing one pass. Asks O(log) times. */
function lastThatFits(first: number, bound: number, passes: (index: number) => boolean): number | undefined {
  if (!passes(first)) return undefined
  let good = first
  let step = 1
  while (good + step <= bound && passes(good + step)) {
    good += step
    step *= 2
  }
  let bad = Math.min(good + step, bound + 1)
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (passes(middle)) good = middle
    else bad = middle
  }
  return good
}

function cannotFit(text: string, unit: Unit | undefined, rule: TextRule): string {
  const piece = text.slice(unit?.start, unit?.end)
  const shown = piece.length > 40 ? `${Array.from(piece.slice(0, 40)).slice(0, -1).join('')}…` : piece
  return `The ${unit?.span?.what ?? 'character'} “${shown}” alone is too long for ${networkLabels[rule.network]}: shorten it.`
}
