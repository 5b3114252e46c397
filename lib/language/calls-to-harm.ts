import { listed, type Found } from './phrase-list'
import type { ToxicKind } from './schema'
import { groups, namesOfPeople, peopleBesideNames } from './toxic-words'

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
/** As far back as a lead may begin. */
const looksBack = 12

/**
 * Calls to harm people for who they are, and threats to a place, by how they are worded. Names of people weigh nothing
 * to the model, so that nobody offends by being named, and without them "hang the refugees" is about a coat. Written
 * for Posthorn; English.
 */
export function callsToHarm(given: string): readonly Found<ToxicKind>[] {
  if (!hint.test(given)) return []
  const text = given.replaceAll('’', "'")
  return Array.from(text.matchAll(call))
    .filter(({ index, groups: by }) => {
      const before = text.slice(Math.max(0, index - looksBack), index)
      if (by?.['who']) return !denies.test(before)
      if (by?.['told']) return begins.test(before)
      if (by?.['work']) return leads.test(before)
      return leads.test(before) || (by?.['harm'] === undefined && by?.['blast'] === undefined) || wants.test(before)
    })
    .map(({ 0: phrase, index }) => ({ kind: 'threat' as const, phrase, start: index, end: index + phrase.length }))
}
