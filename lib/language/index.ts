export { emotionOf } from './emotion'
export { feltIn } from './felt'
export { intentOf } from './intent'
export { keywordsOf } from './keywords'
export { languageOf } from './language'
export {
  areAlike,
  bandsOfText,
  createDuplicateIndex,
  likeness,
  type DuplicateIndex,
  type NearDuplicate,
} from './near-duplicates'
export { maskPii, piiIn } from './pii'
export { sentimentOf } from './sentiment'
export { spamOf } from './spam'
export { toxicityOf } from './toxicity'
export { understand } from './understand'
export { lexiconSentiment, type LexiconSentiment } from './vader'
