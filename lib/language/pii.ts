import { hasCardNumber, isIban } from './check-digits'
import type { Pii } from './schema'

/** `kept` says which beginning of what was found is one, if any is. */
type Look = { readonly kind: Pii['kind']; readonly at: RegExp; readonly kept: (found: string) => string | undefined }

const digitsOf = (text: string): string => text.replace(/\D/g, '')
const whole = (found: string): string => found.trimEnd()
const onlyIf = (isOne: (found: string) => boolean) => (found: string) => (isOne(found) ? found : undefined)

/**
 * What may be personal, the surest first: where two overlap, the first is kept. Every run is bounded, and begins where
 * no such run is already under way, so a long text costs no more for each of its characters.
 */
const looks: readonly Look[] = [
  {
    kind: 'iban',
    at: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\p{L}\p{N}])/giu,
    kept: accountIn,
  },
  { kind: 'card', at: /(?<![\d+]|\d[ -])\d(?:[ -]?\d){12,18}(?![ -]?\d)/g, kept: onlyIf(hasCardNumber) },
  {
    kind: 'email',
    at: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/giu,
    kept: whole,
  },
  {
    // As it is written where programs collect addresses. Without brackets “at” is a word.
    kind: 'email',
    at: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64} ?[([{]at[)\]}] ?[\p{L}\p{N}-]{1,63}(?:(?:\.| ?[([{]dot[)\]}] ?| dot )[\p{L}\p{N}-]{1,63}){0,4}(?:\.| ?[([{]dot[)\]}] ?| dot )\p{L}{2,24}(?![\p{L}\p{N}])/giu,
    kept: whole,
  },
  {
    kind: 'phone',
    at: /(?<![\p{L}\p{N}+.,/]|\d[ -])(?:\+|00|\()?\d(?:[ ./()-]{0,2}\d){6,14}(?![\p{L}\p{N}]|[ .,/-]\d)/gu,
    kept: onlyIf(isPhone),
  },
  {
    kind: 'address',
    at: /(?<![\p{L}\p{N}])\d{1,5}[A-Za-z]?,? (?:\p{Lu}[\p{L}'’.-]{0,30} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|Terrace|Place|Pl|Way|Close|Crescent|Gardens|Highway|Hwy)\b/gu,
    kept: whole,
  },
  {
    kind: 'address',
    at: /(?<![\p{L}\p{N}])(?:\p{Lu}\p{L}{1,30}(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|damm|ufer)|\p{Lu}\p{L}{1,30}(?:straat|laan|gracht|plein)) \d{1,4}[a-z]?(?![\p{L}\p{N}])/gu,
    kept: whole,
  },
  {
    kind: 'address',
    at: /(?<![\p{L}\p{N}])(?:\d{1,4}(?: bis)?,? (?:rue|avenue|boulevard|place|chemin|quai) (?:\p{L}[\p{L}'’-]{0,30} ?){1,4}|(?:Calle|Avenida|Via|Viale|Piazza|Rua|Plaza) (?:\p{L}[\p{L}'’.-]{0,30} ){1,4}?,? ?\d{1,4}(?!\d))/giu,
    kept: whole,
  },
]

/** The account number without the words that may follow it. */
function accountIn(found: string): string | undefined {
  const groups = found.split(' ')
  const counts = groups.map((_, dropped) => groups.length - dropped)
  return counts.map((count) => groups.slice(0, count).join(' ')).find(isIban)
}

/**
 * A number that people dial. Eight digits to fifteen (E.164), written in groups or with a sign that says so: an order
 * number is a bare run, and a date has two groups of two.
 */
function isPhone(found: string): boolean {
  const digits = digitsOf(found)
  const isInternational = /^(\+|00)/.test(found)
  if (digits.length < 8 || digits.length > 15) return false
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(found) || /^\d{4}[./-]\d{1,2}[./-]\d{1,2}/.test(found)) return false
  return (
    isInternational || (/^[0(]|[ ./()-]/.test(found) && digits.length >= 9) || /^0?[2-9]\d{2}[2-9]\d{6}$/.test(digits)
  )
}

/** Where a text names a person's email, phone, card, bank account or address, in the order of the text. */
export function piiIn(text: string): readonly Pii[] {
  const found: Pii[] = []
  for (const { kind, at, kept } of looks)
    for (const match of text.matchAll(at)) {
      const [start, one] = [match.index, kept(match[0])]
      if (one === undefined) continue
      const end = start + one.length
      if (!found.some((other) => start < other.end && end > other.start)) found.push({ kind, start, end })
    }
  return found.toSorted((a, b) => a.start - b.start)
}

/** The text with what was spotted put out of sight: `[email]`, `[card]` and so on. */
export function maskPii(text: string, spotted: readonly Pii[] = piiIn(text)): string {
  let [masked, at] = ['', 0]
  for (const { kind, start, end } of spotted.toSorted((a, b) => a.start - b.start)) {
    masked += `${text.slice(at, start)}[${kind}]`
    at = end
  }
  return masked + text.slice(at)
}
