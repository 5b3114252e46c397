import { intentCues, type CuedIntent } from './intent-cues'
import { findPhrases, phraseList, type Found, type PhraseList } from './phrase-list'
import { round } from './round'
import { saidIn, type Said } from './said'
import { intents, type Intent, type IntentName } from './schema'

/** What a phrase counts that says it outright, against 1 for a hint. */
const sure = 2
const lists = [
  [phraseList(intentCues.sure), sure],
  [phraseList(intentCues.likely), 1],
] as const satisfies readonly (readonly [PhraseList<CuedIntent>, number])[]

/** Nearly everything that is asked has the form of a question, so the form alone counts for less. */
const formWeight = 0.5
/** What people ask a company for. */
const askedFor = ['refund_request', 'support_request', 'purchase_inquiry', 'feedback'] as const
/** Below this nothing is intended that we have a word for. */
const least = 1
/** A sentiment beyond this, either way, is a reason of its own. */
const feltFrom = 0.3

/** What set phrases say by a denial. */
const intentBy = { praise: 'praise', blame: 'complaint' } as const

/** Nobody complains in fewer words than these, unless they say so: "Sad" and 😢 are a feeling, and want nothing. */
const fewestWords = 3

type Signs = { readonly sentiment: number; readonly isSpam: boolean }
type WhyIntent = Intent['reasons'][number]

/**
 * What an English text wants, by its phrases, its question marks and its sentiment (-1 to 1).
 * @returns `reasons` for every intent that has some, the strongest first.
 */
export function intentOf(text: string, { sentiment, isSpam }: Signs, said: Said = saidIn(text)): Intent {
  if (isSpam)
    return {
      label: 'spam',
      confidence: 1,
      reasons: [{ intent: 'spam', because: 'it was judged to be spam', weight: 1 }],
    }
  const reasons = [...cuesIn(text, said), ...signsIn(text, sentiment, said.words)]
  const sumOf = (intent: IntentName) =>
    reasons.reduce((sum, reason) => (reason.intent === intent ? sum + reason.weight : sum), 0)
  // "Where can I buy this?" is a question in form only: what is asked for says more.
  const isAskedFor = askedFor.some((intent) => sumOf(intent) >= sure)
  const scoreOf = (intent: IntentName) => (intent === 'question' && isAskedFor ? 0 : sumOf(intent))
  // A stable sort: among equals the first of the list, which is what needs a person most.
  const [best, second] = intents
    .map((intent) => ({ intent, score: scoreOf(intent) }))
    .toSorted((a, b) => b.score - a.score)
  const isClear = best !== undefined && best.score >= least
  return {
    label: isClear ? best.intent : 'other',
    confidence: isClear ? round(best.score / (best.score + Math.max(0, second?.score ?? 0) + 1)) : 0,
    reasons: reasons.toSorted((a, b) => b.weight - a.weight),
  }
}

function cuesIn(text: string, { pieces, phrases }: Said): readonly WhyIntent[] {
  const found = lists.flatMap(([list, weight]) => findPhrases(pieces, list).map((one) => ({ ...one, weight })))
  const counted: (Found<CuedIntent> & { weight: number })[] = []
  // The longest phrase first, so that "not working" is not counted again as a "not" of something else.
  for (const one of found.toSorted((a, b) => b.end - b.start - (a.end - a.start) || b.weight - a.weight)) {
    const isKnown = counted.some(
      ({ kind, phrase, start, end }) =>
        kind === one.kind && (phrase === one.phrase || (one.start >= start && one.end <= end)),
    )
    if (!isKnown) counted.push(one)
  }
  const meant = phrases.flatMap(({ kind, text: said, start, end }) =>
    kind === 'praise' || kind === 'blame' ? [{ intent: intentBy[kind], said, start, end }] : [],
  )
  return [
    ...counted.map(({ kind, start, end, weight }) => ({
      intent: kind,
      because: 'it says',
      text: text.slice(start, end),
      start,
      end,
      weight: kind === 'question' ? weight * formWeight : weight,
    })),
    ...meant.map(({ intent, said, start, end }) => ({
      intent,
      because: 'it says',
      text: said,
      start,
      end,
      weight: sure,
    })),
  ]
}

function signsIn(text: string, sentiment: number, words: number): readonly WhyIntent[] {
  const mark = text.replace(/https?:\S+/g, (link) => ' '.repeat(link.length)).lastIndexOf('?')
  const asks: WhyIntent[] =
    mark < 0 ? [] : [{ intent: 'question', because: 'it asks', text: '?', start: mark, end: mark + 1, weight: 1.5 }]
  if (sentiment <= -feltFrom)
    return [
      ...asks,
      ...(words < fewestWords ? [] : [{ intent: 'complaint' as const, because: 'it is negative', weight: 1 }]),
      { intent: 'praise', because: 'it is negative', weight: -2 },
    ]
  if (sentiment >= feltFrom)
    return [
      ...asks,
      { intent: 'praise', because: 'it is positive', weight: 1 },
      { intent: 'complaint', because: 'it is positive', weight: -1 },
    ]
  return asks
}
