import { emotionWords } from './emotion-words'
import { isFiller } from './filler-words'
import { intentCues } from './intent-cues'
import { listed } from './phrase-list'
import { spamWords } from './spam-rules'
import { toxicWords } from './toxic-words'
import englishFile from './vader/english.json'
import { lexicon } from './vader/lexicon'

const lists = [intentCues.sure, intentCues.likely, emotionWords, spamWords, toxicWords]
const phrases = lists.flatMap((list) => Object.values(list).flat())
/** Words that English texts are made of: those of texts that were rated, and all that our own lists know. */
const english = new Set([
  ...englishFile,
  ...lexicon.keys(),
  ...phrases.flatMap((phrase) => phrase.split(' ')).filter((word) => /^[a-z']+$/.test(word)),
])
const others = ['de', 'fr', 'es', 'it', 'pt', 'nl'] as const

/**
 * Words of other languages that customers write beside few others, so that English words that they look like are not
 * taken for English: "Finger weg", "Bad kaputt", "pain rassis". Those that English has as well are left out.
 */
const foreign = new Set(
  listed(`
  weg, kaputt, defekt, schlecht, schlechte, schlechter, schlechtes, gute, guter, gutes, leider, nie, niemals, nichts, falsch, falsche, teuer, billig, tot, kalt, schnell, langsam, bestellt, geliefert,
  gekommen, angekommen, bekommen, verschickt, storniert, gesucht, genug, voll, ganz, echt, wirklich, lieferung, bestellung, versand, ware, paket, rechnung, geld, preis, qualitaet,
  karte, farbe, tasse, kaffee, brot, kunde, kunden, danke, bitte, frech, peinlich, katastrophe, katastrophal, unfreundlich, enttaeuscht, schade, betrug, abzocke, dreck, dumm, nervt, reicht,
  mauvais, mauvaise, bonne, nul, nulle, rassis, mort, perdu, perdue, colis, commande, livraison, produit, retard, jamais, toujours, trop, rien, vide,
  malo, mala, bueno, buena, roto, nunca, nada, pedido, envio, paquete, producto, servicio, tarde, mal, calidad, pesimo, sirve, funciona, llega, llego,
  brutto, rotto, rotta, buono, buona, mai, niente, pacco, ordine, spedizione, prodotto, servizio, troppo, tardi, scaduto,
  ruim, bom, boa, quebrado, quebrada, chegou, produto, encomenda, entrega, atrasado, pessimo,
  slecht, slechte, goed, goede, kapot, nooit, niets, altijd, pakket, bestelling, levering, duur, geld, laat, jammer`),
)

/**
 * English words that are others elsewhere: sold out in Swedish, dirty in French, bright, thick and red in German. Beside what is on none of our lists they show no language: "Slut i lager", "Chambre sale", "Sofa hell".
 */
const alike = new Set(
  listed(`
  slut, god, fart, fag, mad, sex, gift, barn, puss, fan, sale, sales, pain, fade, large, rape, dire, hell, dick, rot, fat, fest, gross, kind, lose, toll, bitter, mist,
  brief, mail, arm, rat, brand, stark, brat, list, lot`),
)
/** Words that others took from English, or that are theirs as well, and show as little: "bra service", "film slut". */
const shared = new Set(
  listed(`
  service, support, super, app, shop, design, film, video, team, hotel, restaurant, display, monitor, internet, online, website, email, info, menu, show, start, band,
  personal, normal, total, extra, for, over, under, her, at, by`),
)

const isFillerElsewhere = (word: string): boolean => others.some((language) => isFiller(word, language))

/**
 * `both`: a word of English and of others that says nothing of which it is: "no", "in", "so". `unknown`: a name, or a
 * thing that our lists do not have: "mug". `alike` and `shared`: as above.
 */
function kindOf(word: string): 'english' | 'both' | 'elsewhere' | 'unknown' | 'alike' | 'shared' {
  const own = alike.has(word) ? 'alike' : shared.has(word) ? 'shared' : 'english'
  if (isFiller(word, 'en')) return isFillerElsewhere(word) ? 'both' : own
  // A German "die" is no death, and a Spanish "con" no fraud.
  if (isFillerElsewhere(word) || foreign.has(word)) return 'elsewhere'
  if (isKnown(word)) return own
  return /^[a-z']+$/.test(word) ? 'unknown' : 'elsewhere'
}

/** Shorter ones are other words elsewhere, as "bad" is a bath in German; "terrible" in French means the same. */
const complaining = new Set(
  [...intentCues.sure.complaint, ...intentCues.likely.complaint].filter((phrase) => /^[a-z]{5,}$/.test(phrase)),
)

function isKnown(word: string): boolean {
  if (english.has(word) || english.has(word.replace(/(?:'s|s)$/, ''))) return true
  const [once, twice] = [word.replace(/(.)\1+/g, '$1'), word.replace(/(.)\1{2,}/g, '$1$1')]
  if (english.has(once) || english.has(twice)) return true
  // "Scammers" and "leaking" are of "scam" and "leak".
  const stem = /^(.+(.))\2(?:ed|ing|ers?)$/.exec(word)?.[1] ?? /^(.{4,})(?:ed|ing)$/.exec(word)?.[1]
  return stem !== undefined && english.has(stem)
}

/** What follows "die" where somebody is told to: "die in hell". A German article has what it stands for behind it. */
const afterDie = new Set(listed(`you, u, already, now, slowly, alone, please, bitch, bitches, motherfucker, scum`))

/** "Go die" and "die in hell" are English; "und die" and "die Tasse" are not. */
function isEnglishDeath(words: readonly string[], at: number): boolean {
  if (words[at] !== 'die') return false
  const [before, after] = [words[at - 1], words.slice(at + 1, at + 3).join(' ')]
  const isTold = before !== undefined && kindOf(before) === 'english' && after === ''
  return isTold || /^in (?:hell|pain|an?)$/.test(after) || afterDie.has(words[at + 1] ?? '')
}

/** How many words of what somebody said are English, known of another language, or on none of our lists. */
export function englishIn(said: string): {
  readonly english: number
  /** Words that are English and others' as well, where they show nothing by themselves. */
  readonly shared: number
  readonly elsewhere: number
  readonly unknown: number
  /** Whether one of the English words complains. */
  readonly isComplaint: boolean
} {
  const words =
    said
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? []
  const kinds = words.map((word, at) => (isEnglishDeath(words, at) ? 'english' : kindOf(word)))
  const count = (...some: readonly string[]) => kinds.filter((one) => some.includes(one)).length
  // "Slut!" by itself and "you slut" are English all the same, as nothing of them is unknown.
  const isDoubtful = count('unknown') > 0 || (count('alike') > 0 && count('shared') > 0)
  return {
    english: isDoubtful ? count('english') : count('english', 'alike', 'shared'),
    shared: isDoubtful ? count('shared') : 0,
    elsewhere: count('elsewhere'),
    unknown: isDoubtful ? count('unknown', 'alike') : count('unknown'),
    isComplaint: words.some((word) => complaining.has(word)),
  }
}
