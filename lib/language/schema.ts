import { z } from 'zod'

export { gistOf, sayAlike, type Gist } from './near-duplicates'

export const feelings = ['negative', 'neutral', 'positive'] as const
export const emotions = ['joy', 'love', 'anger', 'sadness', 'fear', 'disgust', 'surprise'] as const
export const intents = [
  'refund_request',
  'complaint',
  'support_request',
  'purchase_inquiry',
  'question',
  'praise',
  'feedback',
  'spam',
  'other',
] as const
export const toxicKinds = ['insult', 'profanity', 'slur', 'threat', 'sexual'] as const
const piiKinds = ['email', 'phone', 'card', 'iban', 'address'] as const

/** Places are in UTF-16 units of the text as given, `end` exclusive. */
const span = { start: z.number().int().nonnegative(), end: z.number().int().nonnegative() }
const share = z.number().min(0).max(1)

/**
 * A piece of the text that a score was made of. `by` the lexicon: its valence where it stands, about -6 to 6. By the
 * model: what it adds to the score, in logits. By a rule: the rule's weight, of emoji and set phrases as in the lexicon.
 */
const Evidence = z.object({
  text: z.string(),
  ...span,
  weight: z.number(),
  by: z.enum(['lexicon', 'model', 'rule']),
})
/** Why, in words for people; with a place where the reason is one. */
const Reason = z.object({
  because: z.string(),
  text: z.string().optional(),
  start: span.start.optional(),
  end: span.end.optional(),
  weight: z.number(),
})

const Sentiment = z.object({
  label: z.enum(feelings),
  /** -1 to 1: how much likelier good is than bad. */
  score: z.number().min(-1).max(1),
  probabilities: z.record(z.enum(feelings), share),
  /** VADER's compound score, -1 to 1, by words and emoticons alone, without emoji and set phrases. */
  lexicon: z.number().min(-1).max(1),
  tokens: z.array(Evidence),
})
const Emotion = z.object({
  /** The strongest; null when no word shows one. */
  label: z.enum(emotions).nullable(),
  scores: z.record(z.enum(emotions), share),
  tokens: z.array(Evidence.extend({ emotion: z.enum(emotions) })),
})
const Intent = z.object({
  label: z.enum(intents),
  /** How far ahead of the others it is. A rule of thumb, not a probability. */
  confidence: share,
  reasons: z.array(Reason.extend({ intent: z.enum(intents) })),
})
const Toxicity = z.object({
  /** How likely people call it offensive. */
  score: share,
  isToxic: z.boolean(),
  kinds: z.array(z.enum(toxicKinds)),
  tokens: z.array(Evidence.extend({ kind: z.enum(toxicKinds).optional() })),
})
const Spam = z.object({ score: share, isSpam: z.boolean(), reasons: z.array(Reason) })
const Language = z.object({
  /** ISO 639-1; null when the text says too little to tell. */
  code: z.string().nullable(),
  /** `told`: by the network. `seen`: by the text. `unknown`: by neither; it may be read as English all the same. */
  by: z.enum(['told', 'seen', 'unknown']),
})
const Keyword = z.object({ text: z.string(), score: z.number().nonnegative() })
const Pii = z.object({ kind: z.enum(piiKinds), ...span })

/** What a text says. Plain JSON, to be stored with a message. */
export const Understanding = z.object({
  /** Raised when the same text may be understood differently; what was kept stands as it was read. */
  version: z.union([z.literal(1), z.literal(2)]),
  language: Language,
  /** The scores were measured on English (docs/language.md). In other languages only emoji, links and numbers are read. */
  isMeasured: z.boolean(),
  sentiment: Sentiment,
  emotion: Emotion,
  intent: Intent,
  toxicity: Toxicity,
  spam: Spam,
  keywords: z.array(Keyword),
  pii: z.array(Pii),
})

export type Emotion = z.infer<typeof Emotion>
export type EmotionName = (typeof emotions)[number]
export type Evidence = z.infer<typeof Evidence>
export type Intent = z.infer<typeof Intent>
export type IntentName = (typeof intents)[number]
export type Keyword = z.infer<typeof Keyword>
export type Language = z.infer<typeof Language>
export type Pii = z.infer<typeof Pii>
export type Reason = z.infer<typeof Reason>
export type Sentiment = z.infer<typeof Sentiment>
export type Spam = z.infer<typeof Spam>
export type ToxicKind = (typeof toxicKinds)[number]
export type Toxicity = z.infer<typeof Toxicity>
export type Understanding = z.infer<typeof Understanding>
