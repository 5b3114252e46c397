import { feltIn, understand } from '@/lib/language'
import type { Understanding } from '@/lib/language/schema'
import type { Incoming } from '@/lib/platforms'
import type { Scored, TriageFactors } from '../schema'
import { leadScoreOf, priorityOf } from '../triage/score'

export type Read = { readonly understanding: Understanding; readonly priority: Scored; readonly lead: Scored }

/** How a model reads it; it stands in the place of ours where ours is not measured. */
export type ModelRead = { readonly intent: string; readonly sentiment: number }

/** What a message says and how much it weighs, by the workspace's rules. `understanding`: where its text was read already. */
export function readWords(
  factors: TriageFactors,
  { kind, text, language, author, rating, recommends }: Incoming,
  leadStage: string | undefined,
  {
    understanding = understand(text, { language, inChat: kind === 'dm' }),
    model,
  }: { readonly understanding?: Understanding; readonly model?: ModelRead } = {},
): Read {
  const seen = {
    kind,
    sentiment: model?.sentiment ?? feltIn(text, understanding),
    intent: model?.intent ?? understanding.intent.label,
    followers: author.followers ?? 0,
    isToxic: understanding.toxicity.isToxic,
    isSpam: understanding.spam.isSpam,
    rating: rating ?? null,
    recommends: recommends ?? null,
    isKnownLead: leadStage !== undefined && leadStage !== 'none' && leadStage !== 'lost',
  }
  return { understanding, priority: priorityOf(seen, factors), lead: leadScoreOf(seen, factors) }
}
