import { emotionOf } from './emotion'
import { intentOf } from './intent'
import { keywordsOf } from './keywords'
import { isReadAsEnglish, languageOf, wordless } from './language'
import { piecesOf } from './model/tokens'
import { piiIn } from './pii'
import type { Toxicity, Understanding } from './schema'
import { byLexicon, sentimentOf } from './sentiment'
import { spamByRules, spamOf } from './spam'
import { toxicityOf } from './toxicity'
import { lexiconSentiment } from './vader'

/** What comes after this many UTF-16 units is not read: no network has longer comments, and it bounds the time. */
export const readTo = 20_000

/**
 * What a text says: plain JSON, to be stored with a message. The same text gives the same answer. Never throws, and
 * asks nobody. `language` is an ISO 639-1 or BCP 47 code where the network told it.
 */
export function understand(given: string, { language: told }: { readonly language?: string } = {}): Understanding {
  const text = given.slice(0, readTo)
  const language = languageOf(text, told)
  const isMeasured = isReadAsEnglish(language)
  // Of another language only emoji, links and numbers are read: English word lists would find what is not there.
  const read = isMeasured ? text : wordless(text)
  const pieces = piecesOf(read)
  const sentiment = isMeasured ? sentimentOf(read, pieces) : byLexicon(lexiconSentiment(read))
  const spam = isMeasured ? spamOf(read, pieces) : spamByRules(read, pieces)
  return {
    version: 1,
    language,
    isMeasured,
    sentiment,
    emotion: emotionOf(read, pieces),
    intent: intentOf(read, { sentiment: sentiment.score, isSpam: spam.isSpam }, pieces),
    toxicity: isMeasured ? toxicityOf(read, pieces) : untold,
    spam,
    keywords: [...keywordsOf(text, language.code)],
    pii: [...piiIn(text)],
  }
}

const untold: Toxicity = { score: 0, isToxic: false, kinds: [], tokens: [] }
