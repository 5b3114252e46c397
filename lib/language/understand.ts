import { excuseCustomers } from './customers-words'
import { emotionOf } from './emotion'
import { intentOf } from './intent'
import { keywordsOf } from './keywords'
import { isReadAsEnglish, languageOf, wordless } from './language'
import { piiIn } from './pii'
import { feltPieces, saidIn } from './said'
import type { Understanding } from './schema'
import { sentimentOf, sentimentOfSigns } from './sentiment'
import { spamByRules, spamOf } from './spam'
import { inoffensive, toxicityOf } from './toxicity'

/** What comes after this many UTF-16 units is not read: no network has longer comments, and it bounds the time. */
export const readTo = 20_000

type Besides = {
  readonly language?: string | undefined
  /** It was said in a chat with us and not in public. */
  readonly inChat?: boolean
}

/**
 * What a text says: plain JSON, to be stored with a message. The same text gives the same answer. Never throws, and
 * asks nobody. `language` is an ISO 639-1 or BCP 47 code where the network told it.
 */
export function understand(given: string, { language: told, inChat = false }: Besides = {}): Understanding {
  const text = given.slice(0, readTo)
  const language = languageOf(text, told)
  const isMeasured = isReadAsEnglish(text, language)
  // Of another language only emoji, links and numbers are read: English word lists would find what is not there.
  const read = isMeasured ? text : wordless(text)
  const said = saidIn(read, isMeasured)
  const sentiment = isMeasured ? sentimentOf(read, said) : sentimentOfSigns(said)
  const judged = isMeasured ? spamOf(read) : spamByRules(read)
  const spam = excuseCustomers(read, judged, said.words, inChat)
  return {
    version: 2,
    language,
    isMeasured,
    sentiment,
    emotion: emotionOf(read, feltPieces(said)),
    intent: intentOf(read, { sentiment: sentiment.score, isSpam: spam.isSpam }, said),
    toxicity: isMeasured ? toxicityOf(read, said) : inoffensive,
    spam,
    keywords: [...keywordsOf(text, language.code)],
    pii: [...piiIn(text)],
  }
}
