import { readIntents } from '@/lib/ai/schema'
import { intents } from '@/lib/language/schema'
import type { EmotionName, Evidence, Intent, Keyword, Pii, Reason, Sentiment, ToxicKind } from '@/lib/language/schema'
import { z } from 'zod'

/** Kinds that somebody expects an answer to. */
export const wantsAnswer: readonly string[] = ['dm', 'review', 'mention', 'comment']

/** All that a message may be read to want: by our own reading, or by a model, which also knows what is about law. */
export const messageIntents = [...new Set([...readIntents, ...intents])] as const
export type MessageIntent = (typeof messageIntents)[number]
/** What a message wants, in words that “a” goes before: “refund request”. */
export const intentInWords = (intent: string): string =>
  intent === 'legal' ? 'legal matter' : intent.replaceAll('_', ' ')

const points = z.number().int().min(-100).max(100)

/** How a workspace weighs what comes in. Points are added to the base; -1 to 1 for bounds of sentiment. */
export const TriageFactors = z.object({
  base: z.number().int().min(1).max(100),
  veryNegativeBelow: z.number().min(-1).max(1),
  veryNegative: points,
  veryPositiveAbove: z.number().min(-1).max(1),
  veryPositive: points,
  intents: z.record(z.string().max(40), points),
  influentialFollowers: z.number().int().min(0),
  influential: points,
  toxic: points,
  lowRating: points,
  kinds: z.record(z.string().max(40), points),
  lead: z.record(z.string().max(40), points),
})
export type TriageFactors = z.infer<typeof TriageFactors>

/** One reason for a score, in words for people. */
export const Factor = z.object({ name: z.string(), label: z.string(), points: z.number() })
export type Factor = z.infer<typeof Factor>
export const Scored = z.object({ score: z.number(), factors: z.array(Factor) })
export type Scored = z.infer<typeof Scored>
/** What rules added to a conversation's priority, once each. */
export const Shifts = z.array(z.object({ ruleId: z.string(), name: z.string(), points: z.number() }))
export type Shifts = z.infer<typeof Shifts>
/**
 * What stands in the `reasons` of a conversation: of its priority, and of the last message’s lead score. `messageId` is
 * the message that gives the priority: the weightiest that waits for an answer, or the last where none does. A message has
 * reasons of its own, without it.
 */
export const Reasons = z.object({
  priority: Scored.optional(),
  lead: Scored.optional(),
  messageId: z.string().optional(),
})
export type Reasons = z.infer<typeof Reasons>

/** How the words that a conversation is weighed by were understood. Scores are -1 to 1; what was not measured is null. */
export type Understood = {
  /** What counts: of the words, or of a model where one reads a language that ours does not cover. */
  readonly score: number | null
  readonly byWords: number | null
  /** How a model read the message, where one did; `disagrees`: otherwise than we did, in what is wanted or felt. */
  readonly model: { readonly intent: string; readonly sentiment: number; readonly disagrees: boolean } | null
  /** What it wants, by its words. */
  readonly intentByWords: string
  /** False: the words are of a language of which emoji, links and numbers alone are read. */
  readonly isMeasured: boolean
  readonly words: readonly Pick<Evidence, 'text' | 'weight' | 'by'>[]
  /** ISO 639-1; null where the words say too little to tell. */
  readonly language: string | null
  /** The strongest first; shares are 0 to 1. */
  readonly emotions: readonly {
    readonly name: EmotionName
    readonly share: number
    readonly words: readonly string[]
  }[]
  /** What it is about, the weightiest first. */
  readonly keywords: readonly Keyword[]
  /** Shares are 0 to 1; what a word adds is in logits. */
  readonly toxicity: {
    readonly share: number | null
    readonly isToxic: boolean | null
    readonly kinds: readonly ToxicKind[]
    readonly words: readonly Pick<Evidence, 'text' | 'weight'>[]
  }
  readonly spam: {
    readonly share: number
    readonly isSpam: boolean
    readonly reasons: readonly Pick<Reason, 'because' | 'text' | 'weight'>[]
  }
  /** Personal data that they name: the kind, and how many of it. */
  readonly personal: readonly { readonly kind: Pii['kind']; readonly count: number }[]
}

/**
 * How the words of one message were understood, by themselves: where a model refined it, the message's own `sentiment`
 * and `intent` say so.
 */
export type Reading = Omit<Understood, 'score' | 'byWords' | 'words' | 'model' | 'intentByWords'> & {
  readonly sentiment: {
    readonly label: Sentiment['label'] | null
    readonly score: number | null
    readonly words: Understood['words']
  }
  readonly intent: Pick<Intent, 'label' | 'confidence'>
}
