import type { Evidence } from './schema'

/**
 * Phrases that do not feel what their words do, taken word by word. Written for Posthorn; English. `praise` praises by a
 * denial, `blame` complains by one, `longing` takes a strong word for a liking, and `plain` answers, refuses or excuses
 * without a feeling.
 */
export type SetPhraseKind = 'praise' | 'longing' | 'blame' | 'plain'
export type SetPhrase = Evidence & { readonly kind: SetPhraseKind }

/** On the scale of the lexicon's words. */
const feels: Readonly<Record<SetPhraseKind, number>> = { praise: 2.8, longing: 1.5, blame: -1.5, plain: 0 }

const cannot = `(?:can'?t|can ?not|could ?n'?t|could not)`
/** Words that may stand between. */
const some = String.raw`(?:[\p{L}']+\s+){0,3}?`
/** Where a clause begins and ends. The first look, ahead, keeps the second from going back over every blank of a text. */
const begins = String.raw`(?=[nmtw])(?<=^\W*|[,.!?;:…\n]\s*|\b(?:sorry|oh|ok|okay|no)\s+)`
const ends = String.raw`(?=\s*(?:$|[^\s\p{L}\p{N}]))`
const better = String.raw`(?:happier|better|nicer|more\s+(?:pleased|satisfied|impressed|delighted|helpful|beautiful|delicious|grateful))`

/** What is owed to a customer is not longed for: "I would kill for an answer". "Your cakes and delivery" are no one thing. */
const owed = String.raw`(?!\s+(?:an?\s+|the\s+|my\s+|our\s+|some\s+|any\s+|one\s+|your\s+|this\s+){0,2}(?:(?:written|e-?mail|honest|quick|fast|prompt|straight|clear|real|actual|proper|decent|simple|single|full|human|working|damn|fucking|bloody|customer|phone|status|tracking)\s+)?(?:answers?|repl(?:y|ies)|response|refund|money|parcel|package|order|delivery|human|person|call|callback|help|support|update|information)(?![\p{L}\p{N}]))`
/** What is done to complaints, and never to one: "No complaint was ever answered". "None were made" praises. */
const be = String.raw`(?:was|were|is|are|has|have|had|ever|even|get|gets|got|being|been)`
const ignored = String.raw`(?:(?:${be}\s+){0,3}(?:answered|handled|heard|resolved|addressed|acknowledged|taken\s+(?:seriously|up|care|into|on))|(?:${be}\s+){1,3}(?:investigated|processed|escalated|followed\s+up|solved|fixed|ignored|read|dealt|taken))(?![\p{L}\p{N}])`
const spell = String.raw`(?:(?:(?:\d+|an?|another|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:more\s+)?(?:hour|day|week|month|year)s?|days|weeks|months|years|hours|ages|that\s+long)\b)`
/** A holiday, of which many weeks are a joy. */
const spent = String.raw`(?=\s+(?:at|of|in|with|off|away)\b(?!\s+(?:no|this|total|silence|vain|nothing|limbo|delays?|waiting)\b))`

const phrases: Readonly<Record<SetPhraseKind, readonly string[]>> = {
  praise: [
    // "Never had a better reason to leave" is none.
    String.raw`never\s+${some}(?:been|felt|had|seen|tasted|tried|eaten|known)\s+${some}${better}(?!\s+(?:reasons?|causes?|excuses?|argument)\b)`,
    String.raw`${cannot}\s+(?:possibly\s+)?(?:be|have\s+been)\s+(?:any\s+)?${better}`,
    // "My cough doesn't get better" is no praise.
    String.raw`(?:does ?n'?t|does\s+not|never|${cannot})\s+gets?\s+(?:any\s+|much\s+)?better\s+than\s+(?:this|that|these|here|it)`,
    String.raw`${cannot}\s+(?:have\s+)?(?:ask|wish|hope)(?:ed)?\s+for\s+(?:anything\s+)?(?:more|better)`,
    // "I can't recommend this" is the opposite.
    String.raw`${cannot}\s+(?:recommend|praise|thank)\s+${some}(?:enough|too\s+highly|more\s+highly|highly\s+enough|more${ends})`,
    String.raw`${cannot}\s+go\s+wrong(?:\s+with)?`,
    String.raw`${cannot}\s+fault\s+(?:it|them|this|you|the)`,
    String.raw`${cannot}\s+complain${ends}`,
    String.raw`(?:no|zero|not\s+a\s+single)\s+complaints?(?!\s+(?:${ignored}|(?:department|form|procedure)\b))`,
    String.raw`nothing\s+(?:bad\s+to\s+say|to\s+complain\s+about)`,
    String.raw`(?:no|not\s+a\s+single|zero)\s+regrets?`,
    String.raw`second\s+to\s+none`,
  ],
  longing: [
    String.raw`(?:would|could|\p{L}{1,5}'d)\s+(?:literally\s+|honestly\s+)?(?:kill|die)\s+for${owed}`,
    String.raw`(?:dying|to\s+die)\s+for${owed}`,
    // What is to die for asks for nothing: "to die for and my order came early".
    String.raw`(?=to\s)(?<!\b(?:have|has|had|need|got|going|supposed)\s+)to\s+die\s+for(?!\s+(?:an?|any|one|some|my)\s+(?:answer|reply|response|refund)(?![\p{L}\p{N}]))`,
    String.raw`dying\s+to\s+(?:(?:try|taste|see|go|visit|know)|(?:get|have)${owed})`,
    // "I can't wait any longer" is none.
    String.raw`can(?:'?t|\s?not)\s+wait(?!\s+(?:any|for\s?ever|much|long|another|around|that|until|till?\b|all\s+day|\d|for\s+${spell}))`,
    String.raw`can(?:'?t|\s?not)\s+wait\s+for\s+${spell}${spent}`,
    String.raw`can(?:'?t|\s?not)\s+wait\s+(?:any|much)\s+longer\s+to\s+(?:(?:try|taste|visit|wear|meet|watch|play)|see(?=\s+(?:it|this|them|these|you)${ends}))\b`,
  ],
  blame: [
    String.raw`(?:no|zero|not\s+a\s+single)\s+complaints?\s+${ignored}`,
    String.raw`can(?:'?t|\s?not)\s+wait\s+(?:any\s+(?:more|longer)|for\s?ever|(?:that|much)\s+long(?:er)?|for\s+${spell})`,
  ],
  plain: [
    // Mostly said with joy; who needs it now does not.
    String.raw`can(?:'?t|\s?not)\s+wait\s+(?:un)?till?\b(?![^.!?\n]{0,80}\b(?:need|needs|needed|refund(?:ed)?|money|asap|urgent(?:ly)?|now|already|cancel|answer|reply|late)\b)`,
    String.raw`(?:no+|nope|nah),?\s+(?:thanks?(?:\s+you)?|thx|ty|problems?|prob|worries|worry|rush|hurry|need|stress|pressure)`,
    String.raw`(?:no+|nope|nah),?\s+(?:it'?s|i'?m|i\s+am|all)\s+(?:fine|good|ok(?:ay)?)`,
    String.raw`miss\s+(?:you|u|ya|this|these|the|your|that)|missing\s+(?:you|u|ya)`,
    String.raw`${begins}(?:not\s+yet|nothing\s+(?:else|more)|(?:that\s+is|that'?s)\s+(?:all|it))${ends}`,
    String.raw`${begins}(?:my\s+(?:mistake|bad|fault)|wrong\s+(?:chat|number|person|thread|window|conversation))${ends}`,
    String.raw`never\s?mind|forget\s+(?:about\s+)?it${ends}`,
    String.raw`sorry\s+(?:to\s+(?:bother|disturb|ask)|for\s+(?:the\s+|my\s+)?(?:late|typo|bothering|confusion|trouble))`,
  ],
}

const kinds = Object.entries(phrases).map(([kind, list]) => ({
  // The keys of the record are the kinds.
  kind: kind as SetPhraseKind,
  at: new RegExp(String.raw`(?<![\p{L}\p{N}'])(?:${list.join('|')})(?![\p{L}\p{N}])`, 'giu'),
}))

/** One of these words is in each of the phrases: a text without is asked no more. */
const hint =
  /n'?t\b|\b(?:no+|nope|nah|not|nothing|never(?:mind)?|zero|cannot|second|would|could|dying|die|miss|missing|forget|that'?s|my|wrong|sorry)\b|\w'd\b|that is/i

/** The set phrases of an English text, in its order, none within another. */
export function setPhrasesIn(given: string): readonly SetPhrase[] {
  const text = given.replaceAll('’', "'")
  if (!hint.test(text)) return []
  const found: SetPhrase[] = []
  for (const { kind, at } of kinds)
    for (const { index: start, 0: said } of text.matchAll(at)) {
      const end = start + said.length
      if (found.some((one) => start < one.end && end > one.start)) continue
      found.push({ kind, text: given.slice(start, end), start, end, weight: feels[kind], by: 'rule' })
    }
  return found.toSorted((a, b) => a.start - b.start)
}
