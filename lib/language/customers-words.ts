import type { Reason, Spam } from './schema'

/**
 * What customers say that spam is worded like. Most of the spam that the model learned from is fifteen years old and
 * comes by text message: there who speaks of a subscription sells one, and here who does wants to be rid of it. Written
 * for Posthorn; English.
 */
const wishes = [
  String.raw`(?:cancel|end|stop|pause|quit|leave|change|renew)(?:l?ing)?\s+(?:my|our|this|the)\s+(?:\w+\s+)?(?:subscription|membership|order|plan|account|contract|trial|service|newsletter)`,
  String.raw`unsubscribe\s+(?:me|us)`,
  String.raw`^\W*(?:please\s+|pls\s+)?(?:unsubscribe|opt\s?out)(?:\s+(?:please|pls|now))?\W*$`,
  String.raw`(?:stop|quit)\s+(?:charging|billing|debiting|e?-?mailing|texting|calling|messaging|spamming|sending)\s+(?:me|us|my|our|it|this)`,
  String.raw`(?:remove|take|delete)\s+(?:me|us|my\s+\w+|our\s+\w+)\s+(?:from|off)`,
  String.raw`(?:i|we)\s+(?:did\s+not|did\s?n'?t|have\s+not|haven'?t|never)\s+(?:subscribed?|sign(?:ed)?|order(?:ed)?|agreed?|ask(?:ed)?|book(?:ed)?|buy|bought|authori[sz]ed?)`,
  String.raw`(?:i|we)\s+(?:was|were|have\s+been|got|am\s+being|are\s+being)\s+(?:wrongly\s+|double\s+|over)?(?:charged|billed|overcharged)`,
]
/** What hinders them at our site is no offer to build one. */
const trouble =
  /(?<![\p{L}\p{N}])(?:your|the)\s+(?:web\s?site|site|page|app|shop|checkout|link)\s+(?:\w+\s+)?(?:(?:does|is|will|can|did)\s?(?:not|n't)|doesn't|isn't|won't|can't|didn't|(?:is|was)\s+(?:down|broken|slow|offline)|crash(?:es|ed)?|keeps|freezes)(?![\p{L}\p{N}])/iu
/** A question of who wants to buy. Whoever sells asks what one wants. */
const asking =
  /^\W*(?:(?:hi|hello|hey|good\s+morning|good\s+evening)(?:\s+\w+)?\W+)?(?:do\s+you\s+(?:also\s+|still\s+)?(?:sell|have|offer|ship|deliver|take|accept|make|open)|is\s+there|are\s+there|(?:can|could|may)\s+i|how\s+(?:much|long|many|do\s+i|can\s+i)|where\s+(?:can|do)\s+i|when\s+(?:do|will)|what\s+(?:is|are)\s+(?:the|your)|which|does\s+(?:it|this|the))(?![\p{L}\p{N}])[^?!\n]{0,120}\?\W*$/iu
const wish = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${wishes.join('|')})(?![\p{L}\p{N}])`, 'iu')

/** Who speaks of these sells something all the same: "your site is not on page one, we boost your traffic". */
const isReach = /\b(?:traffic|rank\w*|seo|followers|google|boost|grow|services|we\s+(?:can|will|build|fix|offer))\b/i

/** What customers have reason to speak of, too: names of what they bought, sums, links and numbers. */
const ordinary = new Set([
  'it has small print',
  'it is worded as an advertisement',
  'it promotes itself',
  'it claims trouble with an account',
  'it offers something for nothing',
  'it names a sum',
  'it gives a phone number',
  'it has a link',
  'it says little besides a link',
  'it shouts',
  'it exclaims',
  'it presses',
])
/** What a question may name. A link or a number in it leads away. */
const askedAbout = new Set([
  'it is worded as an advertisement',
  'it promotes itself',
  'it offers something for nothing',
  'it names a sum',
])
const hindering = new Set([...ordinary, 'it sells followers or reach'])
/** What somebody was asked for is answered by these and few words. */
const given = new Set(['it has a link', 'it says little besides a link', 'it gives a phone number', 'it exclaims'])
const mostWordsBeside = 10

/** What the model finds is a likeness, and no reason by itself. */
export const wordedLikeSpam = 'spam is worded like this'
/** Just too little for spam. */
const excused = 0.49

const isOf = (reasons: readonly Reason[], allowed: ReadonlySet<string>): boolean =>
  reasons.every(({ because }) => because === wordedLikeSpam || allowed.has(because))

/**
 * Takes back that a text is spam where it says what customers say, or gives in a talk what was asked for: a link, a
 * number. What promises, sells or leads away stays spam.
 * @param inChat it stands in a talk with us, where links and numbers are answers; under posts strangers leave them
 */
export function excuseCustomers(text: string, spam: Spam, words: number, inChat: boolean): Spam {
  if (!spam.isSpam) return spam
  const said = text.replaceAll('’', "'")
  const asksForThemselves =
    (wish.test(said) && isOf(spam.reasons, ordinary)) ||
    (asking.test(said) && isOf(spam.reasons, askedAbout)) ||
    (trouble.test(said) && isOf(spam.reasons, hindering) && !isReach.test(said))
  const givesWhatWasAsked = inChat && words <= mostWordsBeside && isOf(spam.reasons, given)
  return asksForThemselves || givesWhatWasAsked
    ? { ...spam, score: Math.min(spam.score, excused), isSpam: false }
    : spam
}
