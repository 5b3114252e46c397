import type { IncomingKind } from '@/lib/platforms/platform'
import { intentInWords } from '../schema'
import type { Factor, Scored, TriageFactors } from '../schema'

/** What a score is made from. Sentiment is -1 to 1; null where it was not measured, which moves nothing. */
export type Seen = {
  readonly kind: IncomingKind
  readonly sentiment: number | null
  readonly intent: string
  readonly followers: number
  readonly isToxic: boolean
  readonly isSpam: boolean
  readonly rating: number | null
  readonly recommends: boolean | null
  readonly isKnownLead: boolean
}

/** The rules a workspace begins with. Each can be changed, and each says why it moved a score. */
export const defaultFactors: TriageFactors = {
  base: 50,
  veryNegativeBelow: -0.5,
  veryNegative: 30,
  veryPositiveAbove: 0.7,
  veryPositive: 10,
  // What is about law is urgent by that alone.
  intents: { legal: 30, complaint: 25, support_request: 25, purchase_inquiry: 25, refund_request: 25, spam: -45 },
  influentialFollowers: 10_000,
  influential: 15,
  toxic: 10,
  lowRating: 20,
  kinds: { dm: 5, review: 5, reaction: -40, share: -20 },
  lead: { purchase_inquiry: 60, question: 20, praise: 10, influential: 10, known: 20 },
}

const held = (value: number, min: number, max: number) => Math.min(max, Math.max(min, Math.round(value)))

/** Priority 1 to 100 with the factors that made it. Pure: the same words under the same rules weigh the same. */
export function priorityOf(seen: Seen, rules: TriageFactors): Scored {
  const factors: Factor[] = [{ name: 'base', label: 'Everything begins with', points: rules.base }]
  const add = (name: string, label: string, points: number | undefined) => {
    if (points) factors.push({ name, label, points })
  }
  const { sentiment } = seen
  if (sentiment !== null && sentiment < rules.veryNegativeBelow)
    add('veryNegative', 'Very negative words', rules.veryNegative)
  else if (sentiment !== null && sentiment > rules.veryPositiveAbove)
    add('veryPositive', 'Very positive words', rules.veryPositive)
  add(`intent.${seen.intent}`, `It looks like a ${intentInWords(seen.intent)}`, rules.intents[seen.intent])
  if (seen.followers >= rules.influentialFollowers)
    add('influential', `${seen.followers.toLocaleString('en')} people follow the author`, rules.influential)
  if (seen.isToxic) add('toxic', 'Offensive words', rules.toxic)
  if (seen.rating !== null && seen.rating <= 2) add('lowRating', `A review of ${seen.rating} out of 5`, rules.lowRating)
  if (seen.recommends === false) add('lowRating', 'A review that does not recommend us', rules.lowRating)
  add(`kind.${seen.kind}`, `It is a ${seen.kind === 'dm' ? 'direct message' : seen.kind}`, rules.kinds[seen.kind])
  const sum = factors.reduce((total, { points }) => total + points, 0)
  return { score: held(sum, 1, 100), factors }
}

/** Lead score 0 to 100, likewise. */
export function leadScoreOf(seen: Seen, { lead, influentialFollowers }: TriageFactors): Scored {
  if (seen.isSpam) return { score: 0, factors: [{ name: 'spam', label: 'It looks like spam', points: 0 }] }
  const factors: Factor[] = []
  const add = (name: string, label: string, points: number | undefined) => {
    if (points) factors.push({ name, label, points })
  }
  add(`intent.${seen.intent}`, `It looks like a ${intentInWords(seen.intent)}`, lead[seen.intent])
  if (factors.length > 0 && seen.followers >= influentialFollowers)
    add('influential', `${seen.followers.toLocaleString('en')} people follow the author`, lead.influential)
  if (seen.isKnownLead) add('known', 'A lead already', lead.known)
  return {
    score: held(
      factors.reduce((total, { points }) => total + points, 0),
      0,
      100,
    ),
    factors,
  }
}
