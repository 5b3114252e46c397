import { z } from 'zod'

/** How we know that something is at the network. */
export const Proof = z.object({
  by: z.enum(['answer', 'own_key', 'read_back', 'webhook', 'person']),
  at: z.string(),
  note: z.string().optional(),
})
export type Proof = z.infer<typeof Proof>

/** What became of one try at something, as ledgers keep it; null while nobody knows. */
export type Outcome =
  | 'accepted'
  | 'duplicate'
  | 'refused'
  | 'unknown'
  | 'not_sent'
  | 'parked'
  | 'found'
  | 'absent'
  | 'unreadable'
  | 'died'
