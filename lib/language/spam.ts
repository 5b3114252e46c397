import { wordedLikeSpam } from './customers-words'
import { featuresOf } from './model/features'
import { judge, openModel } from './model/judge'
import weights from './model/spam.json'
import { piecesOf, type Piece } from './model/tokens'
import { findPhrases, phraseList } from './phrase-list'
import { round } from './round'
import type { Reason, Spam } from './schema'
import { spamPhrases, spamWords, type SpamPhrase } from './spam-rules'

const model = openModel(weights)
const list = phraseList(spamWords)
const [leastWeight, mostWords] = [0.2, 5]
/** How much must speak for spam before it is likelier than not, in logits. */
const doubt = 2.5
/** A second and a third phrase of the same sort count for this share of the first. */
const again = [1, 0.5, 0.25] as const

type Look = { readonly because: string; readonly weight: number; readonly at: RegExp }

/** Looks of spam that are the same in every language. Each counts once. No pattern can go back over what it read. */
const looks: readonly Look[] = [
  { because: 'it gives a premium number', weight: 2.6, at: /(?<![\d+])0(?:9\d{8,9}|8[047]\d{8,9}|7[01]\d{8,9})(?!\d)/ },
  { because: 'it gives a phone number', weight: 1, at: /(?<!\d)\+?\d{10,13}(?!\d)/ },
  {
    because: 'it asks to text a short number',
    weight: 2.2,
    at: /\b(?:te?xt|send|sms|reply|msg|call)\b[^.!?\n]{0,30}\b(?:to|2|on)?\s?\d{5,6}(?!\d)/i,
  },
  { because: 'it gives a short number', weight: 1, at: /(?<![\d.,:/-])[2-9]\d{4}(?![\d.,:/-]*\d)/ },
  {
    because: 'it names a price a minute or a message',
    weight: 2.4,
    at: /\d ?p(?:pm|\/?(?:min|msg|txt|day|wk)|\s?per\b)|[£$€]\d+(?:\.\d+)?\/?(?:wk|week|msg|min|pm|day)/i,
  },
  {
    because: 'it has small print',
    weight: 1.8,
    at: /\b(?:1[68]\+|1[68]yrs|(?:18|16) ?or over|valid ?\d{1,2} ?hrs?|ts?&cs?\b|stop ?(?:to|2) ?\d|www\.[a-z0-9-]+\.co\.uk)/i,
  },
  {
    because: 'it names a sum',
    weight: 1.1,
    at: /[£$€]\s?\d[\d,.]{0,12}\d\d|(?<![\d,.])\d[\d,.]{0,12}\d\d ?(?:pounds|dollars|usd|euros?|gbp|cash)\b|[£$€]\s?\d+k?\b/i,
  },
  {
    because: 'its link hides where it leads',
    weight: 1.6,
    // Google's own short links lead anywhere, those of its photos and maps only there.
    at: /(?<!app\.)\b(?:bit\.ly|tinyurl\.com|goo\.gl|cutt\.ly|is\.gd|rb\.gy|t\.me|wa\.me|shorturl\.at|rebrand\.ly|linktr\.ee|discord\.gg|ow\.ly)\//,
  },
  {
    because: 'it says little besides a link',
    weight: 1.6,
    at: /^\W{0,20}(?:[\p{L}.]{1,12}\W{1,3}){0,3}(?:https?:\/\/|www\.)\S{4,400}\W{0,4}(?:[\p{L}.]{1,12}\W{0,3}){0,3}$/u,
  },
  {
    because: 'it breaks up an address',
    weight: 1.4,
    at: /\b[\p{L}\d]{2,40}(?: \. ?| ?\. | \()(?:com|net|org|info|co)\b/iu,
  },
  { because: 'it has a link', weight: 0.6, at: /https?:\/\/|\bwww\.[a-z0-9]/i },
  {
    because: 'its link ends as few honest ones do',
    weight: 1.4,
    at: /\.(?:xyz|top|click|icu|buzz|loan|win|bid|cfd|sbs|ru|tk)\b(?:\/|\s|$)/i,
  },
  {
    because: 'it hides letters behind figures',
    weight: 1.2,
    at: /\b(?:fr33|w1n|c4sh|v1agra|cl1ck|m0ney|pr1ze|f0llow\w*|b1tcoin)\b/i,
  },
  { because: 'it shouts', weight: 0.8, at: /(?:\b[A-Z]{3,}\b\W{1,3}){3}/ },
  { because: 'it exclaims', weight: 0.5, at: /!!/ },
  { because: 'it repeats its emoji', weight: 0.8, at: /(\p{Extended_Pictographic})\u{fe0f}?\1\u{fe0f}?\1\u{fe0f}?\1/u },
  { because: 'it has more hashtags than words need', weight: 1.2, at: /(?:#[\p{L}\p{N}_]+\s*){7}/u },
  { because: 'it calls many people', weight: 1.2, at: /(?:@\w+\s+){6}/ },
]

/** Which of the rules hold for a text. They were written, not trained; weights in logits. */
export const spamReasons = (text: string, pieces: readonly Piece[]): readonly Reason[] => [
  ...phrasesIn(text, pieces),
  ...looksOf(text),
]

const sumOf = (reasons: readonly Reason[]): number => reasons.reduce((sum, { weight }) => sum + weight, 0)

/** What the model is told beside the words: how much the rules found, and whether it is more than they take for honest. */
export function besideSpam(reasons: readonly Reason[]): readonly number[] {
  const weight = sumOf(reasons)
  return [Math.min(8, weight) / 4, weight >= doubt ? 1 : 0, weight === 0 ? 1 : 0]
}

/** How likely a text of any language is spam, by the rules alone. */
export function spamByRules(text: string, pieces: readonly Piece[] = piecesOf(text)): Spam {
  const reasons = spamReasons(text, pieces)
  const score = round(1 / (1 + Math.exp(doubt - sumOf(reasons))))
  return { score, isSpam: score >= 0.5, reasons: reasons.toSorted((a, b) => b.weight - a.weight) }
}

/** How likely an English text is spam, by a model that is told what the rules found; with what speaks for it. */
export function spamOf(text: string, pieces: readonly Piece[] = piecesOf(text)): Spam {
  const rules = spamReasons(text, pieces)
  const features = featuresOf(pieces, model.slots)
  const { probabilities, pieces: added } = judge(model, features, pieces.length, besideSpam(rules))
  const score = pieces.length === 0 ? 0 : (probabilities[1] ?? 0)
  const words = pieces
    .map(({ start, end }, at): Reason => {
      const weight = round(added[1]?.[at] ?? 0)
      return { because: wordedLikeSpam, text: text.slice(start, end), start, end, weight }
    })
    .filter(({ weight }) => weight >= leastWeight)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostWords)
  return {
    score: round(score),
    isSpam: score >= 0.5,
    reasons: [...rules, ...words].toSorted((a, b) => b.weight - a.weight),
  }
}

function phrasesIn(text: string, pieces: readonly Piece[]): readonly Reason[] {
  const counted = new Map<SpamPhrase, { start: number; end: number }[]>()
  const longestFirst = findPhrases(pieces, list).toSorted((a, b) => b.end - b.start - (a.end - a.start))
  return longestFirst.flatMap(({ kind, start, end }): Reason[] => {
    const before = counted.get(kind) ?? []
    const share = again[before.length]
    if (share === undefined || before.some((one) => start < one.end && end > one.start)) return []
    counted.set(kind, [...before, { start, end }])
    const { because, weight } = spamPhrases[kind]
    return [{ because, text: text.slice(start, end), start, end, weight: round(weight * share) }]
  })
}

const looksOf = (text: string): readonly Reason[] =>
  looks.flatMap(({ because, weight, at }): Reason[] => {
    const found = at.exec(text)
    if (!found) return []
    return [{ because, text: found[0], start: found.index, end: found.index + found[0].length, weight }]
  })
