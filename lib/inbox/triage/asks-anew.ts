import { bandsOfText, understand } from '@/lib/language'
import type { IntentName } from '@/lib/language/schema'
import type { Incoming } from '@/lib/platforms'
import { mattersIn } from './matters'

/** What words want of us, as far as it tells one wording from the next. It holds none of them. */
export type Need = {
  /** Hash of their letters and stars: with the same, nothing but signs was changed. */
  readonly letters: number
  /** 0: nothing that is asked for; 1: an answer; 2: that something is put right. */
  readonly asks: number
  readonly questions: number
  readonly isBad: boolean
  /** How many words on law, money back or harm. */
  readonly matters: number
  /** Ours says what it wants: its language is measured. */
  readonly isRead: boolean
  /** Where copies of it land together. */
  readonly bands: readonly number[]
}

const asked: Readonly<Record<IntentName, number>> = {
  refund_request: 2,
  complaint: 2,
  support_request: 1,
  purchase_inquiry: 1,
  question: 1,
  praise: 0,
  feedback: 0,
  spam: 0,
  other: 0,
}

export function needOf({
  text,
  kind,
  language,
  rating,
  recommends,
}: Pick<Incoming, 'text' | 'language' | 'rating' | 'recommends'> & Partial<Pick<Incoming, 'kind'>>): Need {
  const { intent, sentiment, toxicity, isMeasured } = understand(text, { language, inChat: kind === 'dm' })
  const isLow = (typeof rating === 'number' && rating <= 2) || recommends === false
  return {
    letters: hash(`${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')} ${rating ?? ''} ${recommends ?? ''}`),
    asks: asked[intent.label],
    questions: text.match(/[?？؟՞፧]+/gu)?.length ?? 0,
    isBad: isLow || toxicity.isToxic || sentiment.label === 'negative',
    matters: mattersIn(text).length,
    isRead: isMeasured,
    bands: bandsOfText(text),
  }
}

/** FNV-1a, 32 bits: of two wordings of one message that have it in common nothing depends but whether one is news. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let n = 0; n < text.length; n++) sum = Math.imul(sum ^ text.charCodeAt(n), 0x01000193)
  return sum >>> 0
}

/**
 * Whether words that took the place of others want something that those did not: praise that became a complaint, a question
 * that was added, stars that were taken back, or another matter altogether. Where nobody here reads the language, another
 * matter is told by its words alone. A slip that was mended wants nothing new.
 */
export function asksAnew(before: Need, after: Need): boolean {
  if (after.letters === before.letters) return false
  const wants = after.asks > 0 || after.questions > 0 || after.isBad || after.matters > 0
  if (!wants && after.isRead) return false
  const isOther = !after.bands.some((band) => before.bands.includes(band))
  return (
    isOther ||
    after.asks > before.asks ||
    after.questions > before.questions ||
    (after.isBad && !before.isBad) ||
    after.matters > before.matters
  )
}
