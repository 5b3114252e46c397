import { listed, type Found } from './phrase-list'
import type { ToxicKind } from './schema'
import { alsoThings, customers, groups, namesOfPeople, peopleBesideNames } from './toxic-words'

const oneOf = (words: Iterable<string>): string => `(?:${[...words].join('|')})`
const name = oneOf(namesOfPeople)
const group = String.raw`(?:${name}\s+){0,2}?(?:${oneOf(groups)}|${name}\s+${oneOf(peopleBesideNames)})`
const one = String.raw`(?:every|each|any|that|this|the)\s+(?:fucking\s+|damn\s+)?(?:jew|muslim|gypsy|immigrant|migrant|refugee|foreigner|lesbian|homosexual)`
const all = String.raw`(?:(?:all|the|these|those|every|any|some|more|most|of|you|your|both|fucking|damn|dirty|filthy|stupid)\s+){0,3}`
const whom = String.raw`(?:${all}${group}|${one})`
const places = listed(`
  office, offices, shop, store, school, mosque, church, synagogue, temple, embassy, hospital, station, airport, building, place, hq, headquarters, town, city`)
const place = String.raw`(?:the|your|this|that|their)\s+(?:\p{L}+\s+)?${oneOf(places)}`
const done = oneOf(
  listed(`
  shot, killed, hanged, hung, die, burned, burnt, gassed, executed, murdered, raped, stabbed, lynched, beheaded, bombed, exterminated, eradicated, slaughtered`),
)
const owed = String.raw`(?:should|must|shall|ought\s+to|needs?\s+to|have\s+to|deserves?(?:\s+to)?|(?:had\s+)?better)`
/** "The Germans should hang it higher" and "shoot women outdoors" are no calls. */
const hangs = String.raw`(?:hang|burn|rot)(?=\s*(?:$|[^\s\p{L}\p{N}]|(?:in|for|at|and|too)\b))`
const ends = String.raw`(?=\s*(?:$|[^\s\p{L}\p{N}']|(?:please|now|too|and|from|by|who|already)\b))`

/** Pictures and clothes suffer what is `work`, too; `harm` is done to who lives. */
const calls = [
  String.raw`(?<harm>kill|lynch|murder|rape|stab|execute|gas|exterminate|eradicate|behead|slaughter|burn|bomb)\s+${whom}`,
  String.raw`(?<work>shoot|hang)\s+${whom}${ends}`,
  String.raw`(?<blast>bomb|blow\s+up|burn\s+down)\s+${place}`,
  String.raw`(?<who>${group})\s+(?:all\s+|just\s+|really\s+)?${owed}\s+(?:(?:all|just|be|get|really|only)\s+){0,3}(?:${done}|${hangs})`,
  String.raw`death\s+to\s+${whom}`,
  // "My plants just die" tells of it.
  String.raw`(?<told>(?:(?:please|pls|just|go|now|and)\s+){1,3}die|die,?\s+(?:in\s+(?:hell|pain|a\s+\p{L}+)|bitch(?:es)?|motherfuckers?|scum|slowly|already|alone|now|please|you\s+\p{L}+))(?=\s*(?:$|[^\s\p{L}\p{N}']|(?:in|you|u|bitch|and|already|now|slowly|alone|please)\b))`,
]
const call = new RegExp(String.raw`(?<![\p{L}\p{N}'])(?:${calls.join('|')})(?![\p{L}\p{N}'])`, 'giu')
/** One of these is in each of them: a text without is asked no more. */
const hint =
  /kill|lynch|murder|rape|stab|execut|gas|exterminat|eradicat|behead|slaughter|burn|bomb|shoot|shot|hang|hung|\bdie\b|\brot\b|blow|death/i

/** A call begins a clause, or follows what calls; who tells of it says who does it: "they kill women there". */
const leads =
  /(?:^|[^\p{L}\p{N}\s']|\n|\b(?:and|or|then|go|let'?s|lets|please|just|now|always|should|must)\s)\s{0,5}$/iu
const begins = /(?:^|[^\p{L}\p{N}\s']|\n)\s{0,5}$/u
const wants = /\b(?:want|wants|going|gonna|need|needs|have|like|love|time)\s(?:to\s)?$/iu
const denies = /\b(?:no|not|nor)\s$/iu
/** Poles and whites hang and burn, too. */
const isHung = /^(?:hang|hung|burn(?:ed|t)?|rot)$/
const hung: ReadonlySet<string> = new Set(['poles', 'whites'])
/** "Kill the blacks in the photo", "hang the blacks and let dry". */
const besideThings =
  /^\s+(?:(?:in|of|on|from)\s+(?:the|my|our|your|this|these|that)\s+(?:photo|picture|image|pic|video|frame|print|edit|wash|laundry)s?|and\s+(?:(?:let|leave)\s+(?:(?:them|it|to)\s+)*)?(?:dry|soak|air))\b/iu
/** Whites hang in the shade unharmed. */
const deadly =
  /^\s*(?:$|[^\s\p{L}\p{N}']|(?:dead|down|now|too|already|on\s+sight|like|at\s+dawn|in\s+(?:hell|the\s+(?:head|face|back|heart)))\b)/iu
const ofBeings = /^\s+(?:in\s+hell|alive)\b/iu
const ofThese = /\b(?:the|these|those)\s$/iu
/** Who is shot in soft light is not harmed, nor who burns the men candle: all else is taken for what it says. */
const pictured =
  /^\s+(?:in|at|with|by|on|from|against)\s+(?:\p{L}+\s+){0,3}(?:light|lighting|studio|shade|sun(?:light|set)?|flash|film|camera|lens|colou?r|backdrop|background|location|portrait|profile|photographer)s?\b/iu
const scented = /^\s+(?:candle|perfume|incense|oil|fragrance)s?\b/iu
/** What a shop is bombed with that harms nobody. */
const kindly =
  /^\s+with\s+(?:\p{L}+\s+){0,2}(?:orders?|reviews?|ratings?|stars|likes?|love|hearts?|messages?|mails?|e-?mails?|dms?|calls?|questions?|requests?|comments?|posts?|tags?|photos?|flowers?|confetti|glitter|stickers?)\b/iu

/** As far back as a lead may begin. */
const looksBack = 12
/** As far ahead as what it is said of may stand. */
const looksAhead = 60

/**
 * Calls to harm people for who they are, and threats to a place, by how they are worded. Names of people weigh nothing
 * to the model, so that nobody offends by being named, and without them "hang the refugees" is about a coat. Written
 * for Posthorn; English.
 */
export function callsToHarm(given: string): readonly Found<ToxicKind>[] {
  if (!hint.test(given)) return []
  const text = given.replaceAll('’', "'")
  return Array.from(text.matchAll(call))
    .filter((found) => {
      const { index, groups: by } = found
      const [before, end] = [text.slice(Math.max(0, index - looksBack), index), index + found[0].length]
      if (isOfThings(found, before, text.slice(end, end + looksAhead))) return false
      if (by?.['who']) return !denies.test(before)
      if (by?.['told']) return begins.test(before)
      if (by?.['work']) return leads.test(before)
      return leads.test(before) || (by?.['harm'] === undefined && by?.['blast'] === undefined) || wants.test(before)
    })
    .map(({ 0: phrase, index }) => ({ kind: 'threat' as const, phrase, start: index, end: index + phrase.length }))
}

/** Whether the words that call to harm people are said of things that are called so, too. */
function isOfThings({ 0: phrase, groups: by }: RegExpExecArray, before: string, after: string): boolean {
  if (by?.['blast']) return kindly.test(after)
  const words = phrase.toLowerCase().split(/\s+/)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (by?.['who']) {
    const who = by['who'].toLowerCase().split(/\s+/).at(-1) ?? ''
    if (hung.has(who) && isHung.test(last))
      return !ofBeings.test(after) && (ofThese.test(before) || !deadly.test(after))
    return last === 'shot' && (customers.has(who) || alsoThings.has(who)) && pictured.test(after)
  }
  if (customers.has(last)) return first === 'burn' && !words.includes('all') && scented.test(after)
  // Nobody says it of all poles.
  if (!alsoThings.has(last) || words.includes('all')) return false
  return (hung.has(last) && isHung.test(first)) || besideThings.test(after)
}
