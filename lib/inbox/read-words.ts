import { understand } from '@/lib/language'
import type { Understanding } from '@/lib/language/schema'
import type { Incoming } from '@/lib/platforms'
import type { Work } from '@/lib/workspace'
import type { Scored, TriageFactors } from './schema'
import { leadScoreOf, priorityOf } from './score'

export type Read = { readonly understanding: Understanding; readonly priority: Scored; readonly lead: Scored }

/** What a message says and how much it weighs, by the workspace's rules. */
export async function readWords(
  { db }: Work,
  factors: TriageFactors,
  { kind, text, author, rating }: Incoming,
  contactId: string | undefined,
): Promise<Read> {
  const understanding = understand(text)
  const contact = contactId
    ? await db.contact.findUnique({ where: { id: contactId }, select: { leadStage: true } })
    : null
  const seen = {
    kind,
    sentiment: understanding.sentiment.score,
    intent: understanding.intent.label,
    followers: author.followers ?? 0,
    isToxic: understanding.toxicity.isToxic,
    isSpam: understanding.spam.isSpam,
    rating: rating ?? null,
    isKnownLead: contact !== null && contact.leadStage !== 'none' && contact.leadStage !== 'lost',
  }
  return { understanding, priority: priorityOf(seen, factors), lead: leadScoreOf(seen, factors) }
}
